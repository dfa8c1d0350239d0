// A sealed blob opens under its own identity and undamaged, or not at all. Source: design section 4.

import { createDecipheriv, createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeyId, KeyVersionId, WrappingKeyId } from '../../../appliance/core/ids.ts';
import type { MaterialIdentity } from '../../../appliance/core/ports/key-store.ts';
import { KmsError } from '../../../appliance/errors.ts';
import { KeyMaterial } from '../../../appliance/keystore/key-material.ts';
import { openMaterial, sealMaterial } from '../../../appliance/keystore/sealing.ts';
import { changed } from '../../support/present.ts';
import { newIdentity, SEALING } from '../../support/software-keys.ts';

const identity = newIdentity('Aliyun_AES_256');
const seal = (bytes: Buffer) => sealMaterial(SEALING, identity, new KeyMaterial(bytes));
const opened = (blob: Buffer, of: MaterialIdentity = identity) =>
  openMaterial(SEALING, of, blob).use(Buffer.from);

function failure(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** A plain Error: the data plane answers InternalFailure. */
function expectFault(work: () => unknown): void {
  const error = failure(work);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(KmsError);
}

describe('sealed key material', () => {
  it('opens under its identity', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4096 }), (bytes) => {
        expect(opened(seal(Buffer.from(bytes)))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('opens under no other identity, whichever part differs', () => {
    const blob = seal(Buffer.alloc(32, 1));
    const others: MaterialIdentity[] = [
      { ...identity, id: newIdentity('Aliyun_AES_256').id },
      { ...identity, keyId: newIdentity('Aliyun_AES_256').keyId },
      { ...identity, spec: 'EC_P256' },
      { ...identity, origin: 'EXTERNAL' },
    ];
    for (const other of others) expectFault(() => opened(blob, other));
    expectFault(() => openMaterial({ ...SEALING, instanceId: 'kst-kms00000000000000001' }, identity, blob));
    const otherKey = createSecretKey(Buffer.alloc(32, 8));
    expectFault(() => openMaterial({ ...SEALING, sealingKey: otherKey }, identity, blob));
  });

  it('of a wrapping key opens as no version of the same name, nor the other way about', () => {
    const { keyId } = identity;
    const wrapping = { keyId, id: identity.id as string as WrappingKeyId, spec: 'RSA_2048' } as const;
    const version: MaterialIdentity = { ...identity, spec: 'RSA_2048' };
    const ofWrapping = sealMaterial(SEALING, wrapping, new KeyMaterial(Buffer.alloc(32, 1)));
    const ofVersion = sealMaterial(SEALING, version, new KeyMaterial(Buffer.alloc(32, 1)));
    expect(openMaterial(SEALING, wrapping, ofWrapping).use(Buffer.from)).toEqual(Buffer.alloc(32, 1));
    expectFault(() => openMaterial(SEALING, version, ofWrapping));
    expectFault(() => openMaterial(SEALING, wrapping, ofVersion));
  });

  it('does not confuse identities whose fields run together alike', () => {
    const left = { ...identity, keyId: 'ab' as KeyId, id: 'c' as KeyVersionId };
    const right = { ...identity, keyId: 'a' as KeyId, id: 'bc' as KeyVersionId };
    const blob = sealMaterial(SEALING, left, new KeyMaterial(Buffer.alloc(32)));
    expectFault(() => opened(blob, right));
  });

  it('does not open when any byte is changed or any byte is missing', () => {
    const blob = seal(Buffer.alloc(32, 1));
    for (let index = 0; index < blob.length; index += 1) {
      expectFault(() => opened(changed(blob, index)));
      expectFault(() => opened(blob.subarray(0, index)));
    }
  });

  it('draws a new IV each time', () => {
    expect(seal(Buffer.alloc(32))).not.toEqual(seal(Buffer.alloc(32)));
  });

  it('has the documented layout: version, IV, ciphertext, tag, identity as additional data', () => {
    const blob = seal(Buffer.alloc(32, 9));
    const decipher = createDecipheriv('aes-256-gcm', SEALING.sealingKey, blob.subarray(1, 13));
    const fields = [
      SEALING.instanceId,
      'key-material',
      identity.keyId,
      identity.id,
      identity.spec,
      identity.origin,
    ];
    const aad = fields.map((field) => {
      const length = Buffer.of(0, 0, 0, field.length);
      return Buffer.concat([length, Buffer.from(field)]);
    });
    decipher.setAAD(Buffer.concat([Buffer.of(1), ...aad]));
    decipher.setAuthTag(blob.subarray(-16));
    const bytes = Buffer.concat([decipher.update(blob.subarray(13, -16)), decipher.final()]);
    expect(blob[0]).toBe(1);
    expect(bytes).toEqual(Buffer.alloc(32, 9));
  });
});
