// The standard edition for the bench: two SoftHSM tokens behind two nodes of the built product over mutual TLS, an instance
// in front of them, and a process that works on the first token directly. The instance has the first core, as in the
// basic edition, and so has the raw process, whose turns alternate with the instance's; nodes and generator share the
// others.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SOFTHSM } from '../hsm-adapter/vendors/softhsm.ts';
import { softHsmModule } from '../test/support/softhsm.ts';
import { type LabToken, prepareLab, startNode } from '../tools/hsm-lab.mjs';
import { canPin, GENERATOR_CORE, PinnedProcess, SERVER_CORE } from './pinned-process.ts';
import { processTree } from './process-cost.ts';
import { type InstanceOptions, type InstanceServer, startInstance } from './servers.ts';

export interface StandardEdition {
  readonly kms: InstanceServer;
  readonly raw: PinnedProcess;
  stop(): Promise<void>;
}

/** @throws Error when SoftHSM is missing */
export async function startStandard({ root, program, settings }: InstanceOptions): Promise<StandardEdition> {
  const module = softHsmModule();
  if (module === undefined) throw new Error(`${SOFTHSM.name} is missing: apt-get install -y softhsm2`);
  const folder = await mkdtemp(join(tmpdir(), 'kms-bench-hsm-'));
  const stops: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const each of stops.reverse()) await each();
  };
  try {
    const built = (name: string) => [process.execPath, join(root, 'dist', `${name}.js`)];
    const { certificates, tokens } = prepareLab(folder, { module, program: built });
    const members: string[] = [];
    const pids: number[] = [];
    for (const token of tokens) {
      const node = await startNode({ certificates, program: (name) => onNodeCores(built(name)), token });
      stops.push(async () => {
        node.child.kill('SIGTERM');
        await node.ended;
      });
      members.push(`${token.name}=127.0.0.1:${node.port}`);
      if (node.child.pid !== undefined) pids.push(node.child.pid);
    }
    const server = await startInstance({
      root,
      program,
      settings: {
        ...settings,
        KMS_EDITION: 'standard',
        KMS_HSM_MEMBERS: members.join(','),
        KMS_HSM_CLIENT_FILE: certificates.client,
        KMS_HSM_PASSWORD_FILE: certificates.password,
        KMS_HSM_CA_FILE: certificates.ca,
      },
    });
    stops.push(() => server.stop());
    const raw = await startRaw(root, tokens);
    stops.push(() => raw.stop());
    return { kms: { ...server, hsmPids: pids.flatMap(processTree) }, raw, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function onNodeCores(command: readonly string[]): readonly string[] {
  return canPin ? ['taskset', '-c', String(GENERATOR_CORE), ...command] : command;
}

async function startRaw(root: string, [token]: readonly LabToken[]): Promise<PinnedProcess> {
  if (token === undefined) throw new Error('the bench has no token');
  const raw = new PinnedProcess({
    core: SERVER_CORE,
    args: ['--import', 'tsx', 'bench/raw-token.ts', token.module, token.label, token.pinFile],
    env: token.env,
    cwd: root,
  });
  await raw.answer();
  return raw;
}
