// Keys for the tests that drive every action: each with aliases and with what was made with it while it was enabled.

import type { Key } from '../../appliance/core/key.ts';
import { adminCalls, type Texts } from './admin-calls.ts';
import type { ControlPlaneFixture } from './control-plane.ts';
import type { DataCalls } from './data-calls.ts';
import { present } from './present.ts';
import { IMPORT_WAY, type Subject, type SubjectKind } from './state-rows.ts';
import { sourceKey, wrap } from './wrapping-side.ts';

export interface Subjects {
  /** A new key with all that a row may want of it; a symmetric one unless said otherwise. */
  newSubject(kind?: SubjectKind): Promise<Subject>;
  /** The key as it is now. */
  stored(keyId: string): Key;
}

const EMPTY = new Uint8Array(0);
const NOTHING = {
  sealed: { ciphertext: EMPTY, iv: EMPTY, blob: EMPTY },
  signature: EMPTY,
  openApiBlob: '',
  materialImport: {},
} as const;

export function subjectsOf(plane: () => ControlPlaneFixture, data: () => DataCalls): Subjects {
  const { createKey, answer } = adminCalls(plane);
  let subjects = 0;

  const stored = (keyId: string): Key => {
    plane().store.refresh();
    return present(plane().store.records.keys.get(keyId));
  };

  const importTo = async (KeyId: string): Promise<Texts> => {
    const { ImportToken, PublicKey } = await answer('GetParametersForImport', { KeyId, ...IMPORT_WAY });
    const spki = Buffer.from(PublicKey, 'base64');
    const wrapped = wrap(spki, IMPORT_WAY.WrappingAlgorithm, sourceKey('Aliyun_AES_256').material);
    const material = { ImportToken: String(ImportToken), EncryptedKeyMaterial: wrapped.toString('base64') };
    await answer('ImportKeyMaterial', { KeyId, ...material });
    return material;
  };

  const withAliases = async ({ spec, usage, external }: SubjectKind) => {
    subjects += 1;
    const [alias, otherAlias] = [`alias/subject-${subjects}`, `alias/other-${subjects}`];
    const keyId = await createKey({
      KeySpec: spec,
      KeyUsage: usage,
      ...(external && { Origin: 'EXTERNAL' }),
    });
    const materialImport = external ? await importTo(keyId) : {};
    const otherKeyId = await createKey();
    await answer('CreateAlias', { KeyId: keyId, AliasName: alias });
    await answer('CreateAlias', { KeyId: otherKeyId, AliasName: otherAlias });
    const versionId = stored(keyId).initialVersionId;
    return { keyId, alias, otherKeyId, otherAlias, versionId, materialImport };
  };

  const signatureBy = async (keyId: string): Promise<Uint8Array> => {
    const message = { Message: Buffer.alloc(32, 1), MessageType: 'DIGEST' };
    return present((await data().call('Sign', { KeyId: keyId, ...message })).body['Signature']);
  };

  const sealedBy = async (keyId: string): Promise<Subject['sealed']> => {
    const fields = { KeyId: keyId, Plaintext: Buffer.from('plaintext') };
    const { body } = await data().call('Encrypt', fields);
    const advance = await data().call('AdvanceEncrypt', fields);
    return {
      ciphertext: present(body['CiphertextBlob']),
      iv: present(body['Iv']),
      blob: present(advance.body['CiphertextBlob']),
    };
  };

  return {
    stored,
    async newSubject(kind = { spec: 'Aliyun_AES_256', usage: 'ENCRYPT/DECRYPT' }) {
      const { spec, usage } = kind;
      const common = { ...NOTHING, ...(await withAliases(kind)) };
      const { keyId, versionId } = common;
      if (usage === 'SIGN/VERIFY') return { ...common, signature: await signatureBy(keyId) };
      const Plaintext = 'dGV4dA==';
      if (spec !== 'Aliyun_AES_256') {
        const use = { KeyId: keyId, KeyVersionId: versionId, Algorithm: 'RSAES_OAEP_SHA_256' };
        const { CiphertextBlob } = await answer('AsymmetricEncrypt', { ...use, Plaintext });
        return { ...common, openApiBlob: CiphertextBlob };
      }
      const { CiphertextBlob } = await answer('Encrypt', { KeyId: keyId, Plaintext });
      return { ...common, sealed: await sealedBy(keyId), openApiBlob: CiphertextBlob };
    },
  };
}
