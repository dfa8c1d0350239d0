// Actions on Client Keys. CreateClientKey's answer is the only place where the private key ever appears.
// Source: control-plane specification 2.6.3.

import type { ClientKey } from '../../core/access.ts';
import { isoSeconds } from '../../core/ids.ts';
import type { Answer, Services } from '../action.ts';
import { done } from './answers.ts';

const KEY_ALGORITHM = 'RSA_2048';

interface CreateClientKeyInput {
  readonly AapName: string;
  readonly Password: string;
  readonly NotBefore?: number | undefined;
  readonly NotAfter?: number | undefined;
}

export async function createClientKey(input: CreateClientKeyInput, { access }: Services): Promise<Answer> {
  const { clientKey, privateKeyData } = await access.createClientKey({
    accessPoint: input.AapName,
    password: input.Password,
    notBefore: input.NotBefore,
    notAfter: input.NotAfter,
  });
  const body = {
    ClientKeyId: clientKey.id,
    KeyAlgorithm: KEY_ALGORITHM,
    PrivateKeyData: privateKeyData,
    NotBefore: isoSeconds(clientKey.notBefore),
    NotAfter: isoSeconds(clientKey.notAfter),
  };
  return { body, resource: clientKey.id };
}

export function getClientKey(
  { ClientKeyId }: { readonly ClientKeyId: string },
  { access }: Services,
): Answer {
  const clientKey = access.describeClientKey(ClientKeyId);
  return { body: clientKeyFields(clientKey), resource: clientKey.id };
}

/** A flat array, without paging. */
export function listClientKeys(
  { AapName }: { readonly AapName?: string | undefined },
  { access }: Services,
): Answer {
  return {
    body: { ClientKeys: access.listClientKeys(AapName).map(clientKeyFields) },
    resource: AapName ?? '',
  };
}

export async function deleteClientKey(
  { ClientKeyId }: { readonly ClientKeyId: string },
  { access }: Services,
): Promise<Answer> {
  await access.deleteClientKey(ClientKeyId);
  return done(ClientKeyId);
}

function clientKeyFields(clientKey: ClientKey) {
  return {
    ClientKeyId: clientKey.id,
    AapName: clientKey.accessPoint,
    CreateTime: isoSeconds(clientKey.createdAt),
    KeyAlgorithm: KEY_ALGORITHM,
    KeyOrigin: 'KMS_PROVIDED',
    NotBefore: isoSeconds(clientKey.notBefore),
    NotAfter: isoSeconds(clientKey.notAfter),
    PublicKeyData: clientKey.certificatePem,
  };
}
