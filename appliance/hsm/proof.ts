// Whether a cluster may be connected: a member can be used, and members hold the domain key that they say they hold. Its check value is no secret, so anybody's
// server can say it: what a member can decrypt shows it. Each is asked alone, so that a good one does not speak for others.

import { type Hsm, type HsmCluster, type HsmMember, openHsmCluster } from '../../hsm-adapter/index.ts';
import { KmsError } from '../errors.ts';
import { HsmSettingsError } from './hsm-settings-error.ts';
import { isUsable } from './hsm-state.ts';

/** Rejects unless the candidate can use what only the instance's domain key opens. */
export type Proof = (candidate: Hsm) => Promise<void>;

/** @throws KmsError Rejected.StateModifiedFailed when no member can be used */
export function requireUsable(cluster: HsmCluster): void {
  if (cluster.status().members.some(isUsable)) return;
  throw new KmsError(
    'Rejected.StateModifiedFailed',
    'No member of that cluster can be used: the connection stays as it is.',
  );
}

/** Of every member that the cluster would use. @throws HsmSettingsError */
export async function requireProof(
  cluster: HsmCluster,
  members: readonly HsmMember[],
  prove: Proof,
): Promise<void> {
  const { domainCheckValue, members: states } = cluster.status();
  const usable = new Set(states.filter(isUsable).map(({ name }) => name));
  const asked = members.filter(({ name }) => usable.has(name));
  await Promise.all(asked.map((member) => requireProofOf(member, domainCheckValue, prove)));
}

async function requireProofOf(
  member: HsmMember,
  domainCheckValue: string | null,
  prove: Proof,
): Promise<void> {
  const alone = openHsmCluster({ members: [member], domainCheckValue });
  try {
    await alone.firstContact();
    await prove(alone);
  } catch (cause) {
    throw new HsmSettingsError(
      'Members',
      `${member.name} did not prove that it holds the domain key of this instance: the connection stays as it is`,
      { cause },
    );
  } finally {
    alone.close();
  }
}
