// The test vectors of control-plane specification 1.3 (A, B) and 1.4 (C), secret `testsecret`. B and C were
// cross-checked there with the official SDK's signature functions.

import { describe, expect, test } from 'vitest';
import { signV1, stringToSignV1 } from '../../appliance/control-plane/signature-v1.ts';
import { canonicalRequestV3, signV3 } from '../../appliance/control-plane/signature-v3.ts';
import { present } from '../support/present.ts';

const SECRET = 'testsecret';
const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const V1_VECTORS = [
  {
    name: 'A',
    method: 'GET',
    parameters: {
      AccessKeyId: 'testid',
      Action: 'CreateKey',
      Format: 'json',
      SignatureMethod: 'HMAC-SHA1',
      SignatureVersion: '1.0',
      Timestamp: '2016-03-28T03:13:08Z',
      Version: '2016-01-20',
    },
    stringToSign:
      'GET&%2F&AccessKeyId%3Dtestid%26Action%3DCreateKey%26Format%3Djson%26SignatureMethod%3DHMAC-SHA1%26SignatureVersion%3D1.0%26Timestamp%3D2016-03-28T03%253A13%253A08Z%26Version%3D2016-01-20',
    signature: '41wk2SSX1GJh7fwnc5eqOfiJPFg=',
  },
  {
    name: 'B',
    method: 'POST',
    parameters: {
      AccessKeyId: 'testid',
      Action: 'CreateKey',
      DKMSInstanceId: 'kst-x',
      Description: "a b*c~d!'()+",
      Format: 'JSON',
      KeySpec: 'EC_SM2',
      KeyUsage: 'SIGN/VERIFY',
      SignatureMethod: 'HMAC-SHA1',
      SignatureNonce: '3156853299f313e23d1673dc12e1703d',
      SignatureVersion: '1.0',
      Timestamp: '2026-01-02T03:04:05Z',
      Version: '2016-01-20',
    },
    stringToSign:
      'POST&%2F&AccessKeyId%3Dtestid%26Action%3DCreateKey%26DKMSInstanceId%3Dkst-x%26Description%3Da%2520b%252Ac~d%2521%2527%2528%2529%252B%26Format%3DJSON%26KeySpec%3DEC_SM2%26KeyUsage%3DSIGN%252FVERIFY%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3D3156853299f313e23d1673dc12e1703d%26SignatureVersion%3D1.0%26Timestamp%3D2026-01-02T03%253A04%253A05Z%26Version%3D2016-01-20',
    signature: '3iZo2nsoaanuzO9v31pr/KCSLDk=',
  },
];

describe('signature version 1', () => {
  for (const { name, method, parameters, stringToSign, signature } of V1_VECTORS) {
    test(`vector ${name} has the published string to sign and signature`, () => {
      const computed = stringToSignV1(method, Object.entries(parameters).reverse());
      expect(computed).toBe(stringToSign);
      expect(signV1(SECRET, computed)).toBe(signature);
    });
  }

  test('the parameter Signature is not part of what is signed', () => {
    const vector = present(V1_VECTORS[0]);
    const parameters = { ...vector.parameters, Signature: vector.signature };
    expect(stringToSignV1('GET', Object.entries(parameters))).toBe(vector.stringToSign);
  });
});

describe('signature version 3', () => {
  test('vector C has the published canonical request and signature', () => {
    const headers = {
      host: 'kms.example.internal:8443',
      'x-acs-action': 'CreateKey',
      'x-acs-content-sha256': EMPTY_SHA256,
      'x-acs-date': '2026-01-02T03:04:05Z',
      'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
      'x-acs-version': '2016-01-20',
    };
    const canonicalRequest = canonicalRequestV3({
      method: 'POST',
      query: Object.entries({
        KeyUsage: 'SIGN/VERIFY',
        KeySpec: 'EC_SM2',
        Description: "a b*c~d!'()+",
        DKMSInstanceId: 'kst-x',
      }),
      headers,
      signedHeaders: Object.keys(headers).reverse(),
      payloadHash: EMPTY_SHA256,
    });
    expect(canonicalRequest).toBe(
      [
        'POST',
        '/',
        'DKMSInstanceId=kst-x&Description=a%20b%2Ac~d%21%27%28%29%2B&KeySpec=EC_SM2&KeyUsage=SIGN%2FVERIFY',
        'host:kms.example.internal:8443',
        'x-acs-action:CreateKey',
        `x-acs-content-sha256:${EMPTY_SHA256}`,
        'x-acs-date:2026-01-02T03:04:05Z',
        'x-acs-signature-nonce:3156853299f313e23d1673dc12e1703d',
        'x-acs-version:2016-01-20',
        '',
        'host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version',
        EMPTY_SHA256,
      ].join('\n'),
    );
    expect(signV3(SECRET, canonicalRequest)).toBe(
      '40088537112ecb391dce19c4100fa3839402e1d1bea7d39e260906ca2a9000fc',
    );
  });
});
