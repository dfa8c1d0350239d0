// The bench's requests against the string to sign of data-plane specification 1.3, and its reader of Client Key files.

import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readCredential } from '../../../bench/client-key.ts';
import { requestBytes, signedHeaders } from '../../../bench/signed-request.ts';
import { createClientKey } from '../../../certs-tool/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it('a request of the bench carries a signature over what the specification names', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const headers = signedHeaders(
    'localhost:1',
    { keyId: 'KAAP.1', privateKey },
    { api: 'Sign', body: Buffer.alloc(0) },
  );
  const emptyHash = 'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855';
  const stringToSign =
    `POST\n${emptyHash}\napplication/x-protobuf\n${headers['date']}\nx-kms-acccesskeyid:KAAP.1\n` +
    'x-kms-apiname:Sign\nx-kms-apiversion:dkms-gcs-0.2\nx-kms-signaturemethod:RSA_PKCS1_SHA_256\n/';
  const signature = Buffer.from(headers['authorization']?.slice('Bearer '.length) ?? '', 'base64');
  expect(verify('sha256', Buffer.from(stringToSign), publicKey, signature)).toBe(true);
});

it('request bytes are a request line, the headers and the body', () => {
  expect(requestBytes({ host: 'a', date: 'b' }, Buffer.from('body')).toString()).toBe(
    'POST / HTTP/1.1\r\nhost: a\r\ndate: b\r\n\r\nbody',
  );
});

it('the credential of a Client Key file holds the private key of its certificate', async () => {
  const password = 'Abcd 1234!~';
  const file = await createClientKey({
    subject: { commonName: 'bench' },
    password,
    notBefore: new Date('2026-01-01'),
    notAfter: new Date('2027-01-01'),
  });
  const path = (name: string): string => join(folder, name);
  const folder = temporaryFolder();
  writeFileSync(path('key.json'), JSON.stringify({ KeyId: 'KAAP.1', PrivateKeyData: file.pkcs12Base64 }));
  writeFileSync(path('password'), password);
  const { keyId, privateKey } = await readCredential(path('key.json'), path('password'));
  const message = Buffer.from('message');
  const publicKey = { key: file.publicKeyDer, format: 'der', type: 'spki' } as const;
  expect(keyId).toBe('KAAP.1');
  expect(verify('sha256', message, publicKey, sign('sha256', message, privateKey))).toBe(true);
});
