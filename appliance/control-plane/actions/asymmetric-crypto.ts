// Calls on one version of an asymmetric key, named with the algorithm each time. Plaintext, digests and signatures are
// bytes in base64. Source: control-plane specification 2.8.

import { z } from 'zod';
import type { AsymmetricUse } from '../../core/asymmetric-service.ts';
import { type Action, type Answer, defineAction, type Json, type Services } from '../action.ts';
import { base64, name, oneOf } from '../parameter-types.ts';
import { KEY_CALL, PUBLIC_KEY_ALGORITHMS, versionUsed } from './crypto-call.ts';

const publicKeyAlgorithm = oneOf(PUBLIC_KEY_ALGORITHMS);
const signatureAlgorithm = oneOf(['RSA_PSS_SHA_256', 'RSA_PKCS1_SHA_256', 'ECDSA_SHA_256', 'SM2DSA']);

const byVersion = { KeyId: name, KeyVersionId: name };
const signing = { ...byVersion, Algorithm: signatureAlgorithm, Digest: base64 };

export const ASYMMETRIC_ACTIONS: readonly Action[] = [
  defineAction({
    name: 'AsymmetricEncrypt',
    ...KEY_CALL,
    parameters: z.object({ ...byVersion, Algorithm: publicKeyAlgorithm, Plaintext: base64 }),
    async run(input, services) {
      const use = useOf(input, services);
      const ciphertext = await services.asymmetric.encrypt(use, input.Plaintext);
      return answer({ CiphertextBlob: ciphertext.toString('base64') }, use);
    },
  }),
  defineAction({
    name: 'AsymmetricDecrypt',
    ...KEY_CALL,
    parameters: z.object({ ...byVersion, Algorithm: publicKeyAlgorithm, CiphertextBlob: base64 }),
    async run(input, services) {
      const use = useOf(input, services);
      const plaintext = await services.asymmetric.decrypt(use, input.CiphertextBlob);
      return answer({ Plaintext: plaintext.toString('base64') }, use);
    },
  }),
  defineAction({
    name: 'AsymmetricSign',
    ...KEY_CALL,
    parameters: z.object(signing),
    async run(input, services) {
      const use = useOf(input, services);
      const signature = await services.asymmetric.sign(use, input.Digest);
      return answer({ Value: signature.toString('base64') }, use);
    },
  }),
  defineAction({
    name: 'AsymmetricVerify',
    ...KEY_CALL,
    parameters: z.object({ ...signing, Value: base64 }),
    async run(input, services) {
      const use = useOf(input, services);
      return answer({ Value: await services.asymmetric.verify(use, input.Digest, input.Value) }, use);
    },
  }),
  defineAction({
    name: 'GetPublicKey',
    ...KEY_CALL,
    parameters: z.object(byVersion),
    run({ KeyId, KeyVersionId }, { keys, asymmetric }) {
      const key = keys.resolveKeyRef(KeyId);
      return answer({ PublicKey: asymmetric.publicKey(key, KeyVersionId) }, { key, versionId: KeyVersionId });
    },
  }),
];

interface Named {
  readonly KeyId: string;
  readonly KeyVersionId: string;
  readonly Algorithm: string;
}

function useOf({ KeyId, KeyVersionId, Algorithm }: Named, { keys }: Services): AsymmetricUse {
  return { key: keys.resolveKeyRef(KeyId), versionId: KeyVersionId, algorithm: Algorithm };
}

function answer(
  result: { readonly [name: string]: Json },
  { key, versionId }: Pick<AsymmetricUse, 'key' | 'versionId'>,
): Answer {
  return { body: { ...result, ...versionUsed({ keyId: key.id, versionId }) }, resource: key.id };
}
