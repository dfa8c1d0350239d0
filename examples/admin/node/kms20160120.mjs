// Administers an instance with the generated SDK @alicloud/kms20160120 1.2.0, the newest on npm: signature V1, POST,
// parameters in the query. It has no method for the newer actions (access points, instances, policies); those go through
// its own `doRequest`, as they also do in programs that need a time or a nonce of their own.

import Kms, * as models from '@alicloud/kms20160120';
import { Config } from '@alicloud/rpc-client';
import { RuntimeOptions } from '@alicloud/tea-util';
import { run } from './run.mjs';
import { walk } from './walk.mjs';

const { default: Client, ...requests } = { ...models, ...Kms };
/** Making a Client Key takes seconds on a busy machine; the SDK's own limit is three. */
const PATIENT = { autoretry: false, connectTimeout: 60_000, readTimeout: 60_000 };
const lowerFirst = (text) => text[0].toLowerCase() + text.slice(1);
const upperFirst = (text) => text[0].toUpperCase() + text.slice(1);

function connector({ endpoint }) {
  return ({ id, secret }) => {
    const client = new Client(
      new Config({
        type: 'access_key',
        accessKeyId: id,
        accessKeySecret: secret,
        endpoint,
        protocol: 'HTTPS',
        regionId: 'local',
      }),
    );
    const runtime = new RuntimeOptions(PATIENT);
    return async (action, parameters, { time, nonce } = {}) => {
      const Request = requests[`${action}Request`];
      if (Request === undefined || time !== undefined || nonce !== undefined) {
        const common = { ...(time && { Timestamp: time }), ...(nonce && { SignatureNonce: nonce }) };
        return client.doRequest(
          action,
          'HTTPS',
          'POST',
          '2016-01-20',
          'AK',
          { ...parameters, ...common },
          null,
          runtime,
        );
      }
      const fields = Object.entries(parameters).map(([name, value]) => [lowerFirst(name), value]);
      return pascal(
        await client[`${lowerFirst(action)}Ex`](new Request(Object.fromEntries(fields)), runtime),
      );
    };
  };
}

/** The SDK's answers spell the API's names with a small first letter. */
function pascal(value) {
  if (Array.isArray(value)) return value.map(pascal);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [upperFirst(name), pascal(inner)]));
}

await run((report, scenario) => walk(report, scenario, connector(scenario)));
