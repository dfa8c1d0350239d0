// Administers an instance with the generic callApi of @alicloud/openapi-client: signature V3, parameters in the form
// body, GET where the generated SDK uses it.

import { readFileSync } from 'node:fs';
import openapi, { Config, OpenApiRequest, Params } from '@alicloud/openapi-client';
import { RuntimeOptions } from '@alicloud/tea-util';
import { run } from './run.mjs';
import { walk } from './walk.mjs';

/** Making a Client Key takes seconds on a busy machine; the SDK's own limit is three. */
const PATIENT = { autoretry: false, connectTimeout: 60_000, readTimeout: 60_000 };
const GET_ACTIONS = new Set(['GetClientKey', 'ListClientKeys']);

function connector({ endpoint, caFile }) {
  const ca = readFileSync(caFile, 'utf8');
  return ({ id, secret }) => {
    const client = new openapi.default(
      new Config({ accessKeyId: id, accessKeySecret: secret, endpoint, protocol: 'HTTPS', ca }),
    );
    return async (action, parameters, { time, nonce } = {}) => {
      const get = GET_ACTIONS.has(action);
      const params = new Params({
        action,
        version: '2016-01-20',
        protocol: 'HTTPS',
        pathname: '/',
        method: get ? 'GET' : 'POST',
        authType: 'AK',
        style: 'RPC',
        reqBodyType: 'formData',
        bodyType: 'json',
      });
      const headers = {
        ...(time && { 'x-acs-date': time }),
        ...(nonce && { 'x-acs-signature-nonce': nonce }),
      };
      const request = new OpenApiRequest({
        headers,
        ...(get ? { query: parameters } : { body: parameters }),
      });
      const answer = await client.callApi(params, request, new RuntimeOptions(PATIENT));
      return answer.body;
    };
  };
}

await run((report, scenario) => walk(report, scenario, connector(scenario)));
