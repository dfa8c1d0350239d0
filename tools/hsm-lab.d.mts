// Types of hsm-lab.mjs, for the bench.

import type { ChildProcess } from 'node:child_process';

export interface LabToken {
  readonly name: string;
  readonly label: string;
  readonly module: string;
  readonly pinFile: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: string;
}

export interface LabCertificates {
  readonly server: string;
  readonly client: string;
  readonly clientPem: string;
  readonly ca: string;
  readonly password: string;
}

type Program = (name: string) => readonly string[];

export function prepareLab(
  folder: string,
  options: { readonly module: string; readonly program: Program },
): { readonly certificates: LabCertificates; readonly tokens: readonly LabToken[] };

export function startNode(options: {
  readonly certificates: LabCertificates;
  readonly program: Program;
  readonly token: LabToken;
}): Promise<{ readonly child: ChildProcess; readonly port: number; readonly ended: Promise<unknown> }>;
