// Administers an instance with @alicloud/pop-core: any action by its name, signature V1, everything in the form body. The
// one client that calls every action of both APIs, RAM's too; what the walk of all clients leaves out follows it.

import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import PopCore from '@alicloud/pop-core';
import { access } from './every-access-action.mjs';
import { crypto } from './every-crypto-action.mjs';
import { keys } from './every-key-action.mjs';
import { run } from './run.mjs';
import { walk } from './walk.mjs';

const TIMEOUT_MS = 60_000;

function connector({ endpoint, caFile }, apiVersion) {
  const agent = new Agent({ ca: readFileSync(caFile, 'utf8'), keepAlive: true });
  return ({ id, secret }) => {
    const client = new PopCore({
      accessKeyId: id,
      accessKeySecret: secret,
      endpoint: `https://${endpoint}`,
      apiVersion,
      opts: { agent, method: 'POST', timeout: TIMEOUT_MS },
    });
    return (action, parameters, { time, nonce } = {}) =>
      client.request(action, {
        ...parameters,
        ...(time && { Timestamp: time }),
        ...(nonce && { SignatureNonce: nonce }),
      });
  };
}

await run(async (report, scenario) => {
  const kms = connector(scenario, '2016-01-20');
  await walk(report, scenario, kms);
  const call = kms(scenario.accessKey);
  await keys(report, scenario, call);
  await crypto(report, call);
  await access(report, scenario, { call, ram: connector(scenario, '2015-05-01')(scenario.accessKey) });
});
