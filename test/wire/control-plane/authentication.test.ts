// Both signature versions in every form clients use, and everything that makes a signature fail, over real HTTPS.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCESS_KEY, type ControlPlaneFixture, NOW, startControlPlane } from '../../support/control-plane.ts';
import { ramUser } from '../../support/ram-user.ts';
import { type CallOptions, FORMS } from '../../support/rpc-client.ts';

const ODD = 'a b*c~d!\'()/中+%&=?#"\\\n;,:@é🔑';
const MINUTE = 60_000;
const MISMATCH = 'Specified signature is not matched with our calculation. server string to sign is:';

let plane: ControlPlaneFixture;

beforeAll(async () => {
  plane = await startControlPlane();
});

afterAll(() => plane.close());

const list = (options: CallOptions) => plane.client.call('ListKeys', {}, options);

describe.each(FORMS)('a request of form %s', (form) => {
  test('with odd characters is authenticated and its values arrive unchanged', async () => {
    const created = await plane.client.call('CreateKey', { Description: ODD }, { form });
    expect(created.status).toBe(200);
    expect(created.body.KeyMetadata.Description).toBe(ODD);
    const { KeyId } = created.body.KeyMetadata;
    const described = await plane.client.call('DescribeKey', { KeyId }, { form });
    expect(described.body.KeyMetadata.Description).toBe(ODD);
  });

  test('signed with the wrong secret is told what the server signed, which is what the client signed', async () => {
    const answer = await plane.client.call('CreateKey', { Description: ODD }, { form, secret: 'wrong' });
    expect(answer.status).toBe(400);
    expect(answer.body.Code).toBe('SignatureDoesNotMatch');
    // Java core and Go compare this tail with their own string.
    expect(answer.body.Message).toBe(MISMATCH + answer.signedText);
  });

  test('sent again with the same nonce is refused', async () => {
    const options = { form, nonce: `again-${form}` };
    expect((await list(options)).status).toBe(200);
    const second = await list(options);
    expect([second.status, second.body.Code]).toEqual([400, 'SignatureNonceUsed']);
  });

  test('with a wrong signature does not use up its nonce', async () => {
    const options = { form, nonce: `forged-${form}` };
    expect((await list({ ...options, secret: 'wrong' })).body.Code).toBe('SignatureDoesNotMatch');
    expect((await list(options)).status).toBe(200);
  });

  test.each([-16, 16])('%i minutes off is refused', async (minutes) => {
    const answer = await list({ form, time: NOW + minutes * MINUTE });
    expect([answer.status, answer.body.Code]).toEqual([400, 'InvalidTimeStamp.Expired']);
  });

  test.each([-15, 15])('%i minutes off is accepted', async (minutes) => {
    expect((await list({ form, time: NOW + minutes * MINUTE })).status).toBe(200);
  });

  test.each(['2026-01-02 03:04:05', '2026-13-02T03:04:05Z', 'now', '1767323045'])(
    'with the time %s is refused as badly formatted',
    async (time) => {
      expect((await list({ form, time })).body.Code).toBe('InvalidTimeStamp.Format');
    },
  );

  test('with fractional seconds is accepted', async () => {
    expect((await list({ form, time: '2026-01-02T03:04:05.678Z' })).status).toBe(200);
  });

  test('of an unknown AccessKey is refused', async () => {
    for (const accessKeyId of ['LTAInobody', 'x'.repeat(3000), 'ä']) {
      const answer = await list({
        form,
        accessKeyId: form.startsWith('V3') ? encodeURI(accessKeyId) : accessKeyId,
      });
      expect([answer.status, answer.body.Code]).toEqual([404, 'InvalidAccessKeyId.NotFound']);
    }
  });
});

describe('signature version 1', () => {
  test('without a nonce is accepted once, its signature standing in for the nonce', async () => {
    const options = { nonce: null, time: NOW - MINUTE };
    expect((await list(options)).status).toBe(200);
    expect((await list(options)).body.Code).toBe('SignatureNonceUsed');
  });

  test('with an empty SignatureType is accepted, as one SDK signs it so', async () => {
    expect((await plane.client.call('ListKeys', { SignatureType: '' })).status).toBe(200);
  });

  test.each([
    ['SignatureType', 'BEARERTOKEN'],
    ['SignatureMethod', 'HMAC-SHA256'],
    ['SignatureVersion', '2.0'],
  ])('with %s %s is refused', async (name, value) => {
    expect((await plane.client.call('ListKeys', { [name]: value })).body.Code).toBe('IncompleteSignature');
  });

  test.each(['Timestamp', 'AccessKeyId', 'SignatureMethod', 'SignatureVersion'])(
    'without %s is refused',
    async (name) => {
      const { body } = await plane.client.call('ListKeys', { [name]: '' });
      expect(body.Code).toBe('MissingParameter');
      expect(body.Message).toContain(name);
    },
  );

  test('never takes the action from a header, which it does not cover', async () => {
    const { path } = plane.client.prepare('', {}, { form: 'V1 POST query' });
    const answer = await plane.client.send('POST', path, { headers: { 'x-acs-action': 'ListKeys' } });
    expect(answer.body.Code).toBe('MissingParameter');
  });

  test('ignores a header that differs from the parameter Action', async () => {
    const answer = await plane.client.call('ListKeys', {}, { headers: { 'x-acs-action': 'createKey' } });
    expect(answer.body.Keys).toBeDefined();
  });

  test('covers every parameter: one that is added later breaks it', async () => {
    const { path } = plane.client.prepare('ListKeys', {}, { form: 'V1 POST query' });
    expect((await plane.client.send('POST', `${path}&PageSize=5`, {})).body.Code).toBe(
      'SignatureDoesNotMatch',
    );
  });

  test('covers the method', async () => {
    const { path } = plane.client.prepare('ListKeys', {}, { form: 'V1 POST query' });
    expect((await plane.client.send('GET', path, {})).body.Code).toBe('SignatureDoesNotMatch');
  });
});

describe('signature version 3', () => {
  const resend = async (headers: Record<string, string>, path?: string) => {
    const prepared = plane.client.prepare('ListKeys', {}, { form: 'V3 query' });
    const changed = { ...prepared.headers, ...headers };
    return (await plane.client.send('POST', path ?? prepared.path, { headers: changed })).body.Code;
  };

  test('accepts the fields of Authorization in any order and with spaces', async () => {
    const { headers } = plane.client.prepare('ListKeys', {}, { form: 'V3 query' });
    const [algorithm, fields = ''] = String(headers['authorization']).split(' ');
    const reversed = fields.split(',').reverse().join(' , ');
    const sent = { ...headers, authorization: `${algorithm} ${reversed}` };
    expect((await plane.client.send('POST', '/', { headers: sent })).status).toBe(200);
  });

  test('does not insist on the header host, which one SDK does not sign', async () => {
    expect((await list({ form: 'V3 query', unsigned: ['host'] })).status).toBe(200);
  });

  test.each(['x-acs-date', 'x-acs-content-sha256', 'x-acs-signature-nonce', 'x-acs-action', 'x-acs-version'])(
    'insists that %s is signed',
    async (name) => {
      expect((await list({ form: 'V3 query', unsigned: [name] })).body.Code).toBe('IncompleteSignature');
    },
  );

  test('lets the parameter Action win over the header', async () => {
    const answer = await plane.client.call('createKey', { Action: 'ListKeys' }, { form: 'V3 query' });
    expect(answer.body.Keys).toBeDefined();
  });

  test('covers the query, the signed headers and the body', async () => {
    expect(await resend({ 'x-acs-date': '2026-01-02T03:04:06Z' })).toBe('SignatureDoesNotMatch');
    expect(await resend({}, '/?PageSize=5')).toBe('SignatureDoesNotMatch');
    const { headers, path } = plane.client.prepare('ListKeys', { PageSize: '5' }, { form: 'V3 body' });
    const tampered = await plane.client.send('POST', path, { headers, body: 'PageSize=6' });
    expect(tampered.body.Code).toBe('SignatureDoesNotMatch');
  });

  test.each([
    'ACS4-HMAC-SHA256 Credential=a/20260102/center/Kms/aliyun_v4_request,SignedHeaders=host,Signature=0',
    'ACS3-HMAC-SM3 Credential=a,SignedHeaders=host,Signature=0',
    'ACS3-RSA-SHA256 Credential=a,SignedHeaders=host,Signature=0',
    'ACS3-HMAC-SHA256',
    'ACS3-HMAC-SHA256 ',
    'ACS3-HMAC-SHA256 Credential=a,Signature=0',
    'ACS3-HMAC-SHA256 Credential=a,Credential=a,SignedHeaders=host,Signature=0',
    'ACS3-HMAC-SHA256 Credential=a,SignedHeaders=ho st,Signature=0',
  ])('refuses the header Authorization %j', async (authorization) => {
    expect(await resend({ authorization })).toBe('IncompleteSignature');
  });

  test('wins when a request carries both', async () => {
    const { headers, path } = plane.client.prepare('ListKeys', { Signature: 'x' }, { form: 'V3 query' });
    expect((await plane.client.send('POST', path, { headers })).status).toBe(200);
  });
});

test('a request without any signature is refused', async () => {
  const answer = await plane.client.send('GET', '/?Action=ListKeys&Version=2016-01-20', {});
  expect([answer.status, answer.body.Code]).toEqual([400, 'IncompleteSignature']);
});

test('a disabled AccessKey is refused on the next request', async () => {
  const own = await startControlPlane();
  try {
    expect((await own.client.call('ListKeys')).status).toBe(200);
    await own.store.transact(({ accessKeys }) =>
      accessKeys.put(ACCESS_KEY.id, { ...ACCESS_KEY, status: 'Inactive' }),
    );
    const answer = await own.client.call('ListKeys');
    expect([answer.status, answer.body.Code]).toEqual([403, 'InvalidAccessKeyId.Inactive']);
  } finally {
    await own.close();
  }
});

test('an AccessKey without permissions that used up its nonces keeps nobody else out', async () => {
  const own = await startControlPlane({ nonces: { maxNoncesEach: 10 } });
  try {
    const [mallory, alice] = [
      await ramUser(own, 'mallory'),
      await ramUser(own, 'alice', { Action: 'kms:ListKeys' }),
    ];
    own.clock.now += 31 * MINUTE;
    for (let count = 0; count < 10; count += 1) expect((await mallory.call('ListKeys')).status).toBe(403);
    const refused = await mallory.call('ListKeys');
    expect([refused.status, refused.body.Code]).toEqual([400, 'Throttling']);
    expect((await alice.call('ListKeys')).status).toBe(200);
    expect((await own.client.call('ListKeys')).status).toBe(200);
  } finally {
    await own.close();
  }
});

test('a full nonce cache refuses with Throttling until entries have aged', async () => {
  const own = await startControlPlane({ nonces: { maxNoncesEach: 2 } });
  try {
    await own.client.call('ListKeys');
    await own.client.call('ListKeys');
    const answer = await own.client.call('ListKeys');
    expect([answer.status, answer.body.Code]).toEqual([400, 'Throttling']);
    own.clock.now += 31 * MINUTE;
    expect((await own.client.call('ListKeys')).status).toBe(200);
  } finally {
    await own.close();
  }
});
