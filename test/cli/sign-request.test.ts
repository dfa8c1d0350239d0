// Vector C of control-plane specification 1.4, cross-checked there with the official SDK, against the client's half.

import { expect, test } from 'vitest';
import { signedHeaders } from '../../appliance/control-plane/cli/sign-request.ts';

test('the client signs vector C as the specification prints it', () => {
  const headers = signedHeaders(
    {
      host: 'kms.example.internal:8443',
      action: 'CreateKey',
      version: '2016-01-20',
      query: [
        ['DKMSInstanceId', 'kst-x'],
        ['Description', "a b*c~d!'()+"],
        ['KeySpec', 'EC_SM2'],
        ['KeyUsage', 'SIGN/VERIFY'],
      ],
      body: '',
      date: '2026-01-02T03:04:05Z',
      nonce: '3156853299f313e23d1673dc12e1703d',
    },
    { id: 'testid', secret: 'testsecret' },
  );
  expect(headers['authorization']).toBe(
    'ACS3-HMAC-SHA256 Credential=testid,' +
      'SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,' +
      'Signature=40088537112ecb391dce19c4100fa3839402e1d1bea7d39e260906ca2a9000fc',
  );
});
