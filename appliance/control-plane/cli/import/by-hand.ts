// The air-gapped way: wrapping key and token into files, wrapped material from a file. What wraps it is somewhere else.

import { join } from 'node:path';
import type { CommandCall, Result } from '../command.ts';
import { readBytes } from '../input.ts';
import { reserveFiles } from '../new-files.ts';
import { describeTarget, expireUnixOf, getImportParameters, importKeyMaterial } from './import-calls.ts';
import { chooseWrapping } from './wrapping.ts';

export async function fetchImportParameters(call: CommandCall): Promise<Result> {
  const { keyId, spec } = await describeTarget(call);
  const wrapping = chooseWrapping(spec.material.type, call.value('--wrapping'));
  const { name: algorithm, wrappingKeySpec } = wrapping;
  const path = (name: string): string => join(call.value('--out') ?? '', name);
  const files = { der: path('public-key.der'), pem: path('public-key.pem'), token: path('import-token') };
  const output = await reserveFiles(Object.values(files));
  try {
    const { publicKey, token, expires } = await getImportParameters(keyId, wrapping, call);
    await output.write(files.der, publicKey);
    await output.write(files.pem, pemOf(publicKey));
    await output.write(files.token, token);
    const json = {
      KeyId: keyId,
      KeySpec: spec.name,
      WrappingAlgorithm: algorithm,
      WrappingKeySpec: wrappingKeySpec,
    };
    const fields = [
      ['key', keyId],
      ['spec', spec.name],
      ['wrapping', `${algorithm} under ${wrappingKeySpec}`],
      ['valid until', expires],
      ['wrapping key', `${files.der}, ${files.pem}`],
      ['import token', files.token],
    ] as const;
    return {
      json: { ...json, TokenExpireTime: expires, Files: files },
      show: ({ record }) => record(fields),
    };
  } catch (error) {
    await output.discard();
    throw error;
  }
}

export async function sendMaterial(call: CommandCall): Promise<Result> {
  const expireUnix = expireUnixOf(call);
  const keyId = call.value('--key-id') ?? '';
  const wrapped = await bytesOrBase64(call.value('--material') ?? '', call);
  const token = (await bytesOrBase64(call.value('--token') ?? '', call)).toString('base64');
  const body = await importKeyMaterial({ keyId, wrapped, token, expireUnix }, call);
  return { json: body, show: ({ line }) => line(`Key ${keyId} has its material.`) };
}

/** Tools write either. Ciphertext that happens to be all base64 characters does not occur: it has 97 bytes or more. */
async function bytesOrBase64(file: string, { host }: CommandCall): Promise<Buffer> {
  const content = await readBytes(file, host);
  const text = content.toString('latin1').replaceAll(/\s/g, '');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : content;
}

function pemOf(spki: Buffer): string {
  const lines = spki.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN PUBLIC KEY-----\n${lines.join('\n')}\n-----END PUBLIC KEY-----\n`;
}
