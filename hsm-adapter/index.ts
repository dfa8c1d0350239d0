// Public face of the HSM adapter: the cluster, what it is made of and what it answers.

export {
  type HsmCluster,
  type HsmClusterOptions,
  type HsmClusterStatus,
  type HsmMember,
  openHsmCluster,
} from './cluster.ts';
export type { SyncOutcome, SyncReport } from './domain-sync.ts';
export type { Endpoint, ProcessEndpoint, TlsEndpoint, UnixEndpoint } from './endpoint.ts';
export type {
  Hsm,
  HsmCapabilities,
  HsmCipher,
  HsmDecryptInput,
  HsmEncryptInput,
  HsmEncryptOutput,
  HsmImportedKey,
  HsmKey,
  HsmSignature,
  HsmWrapping,
  OaepCipher,
  SymmetricCipher,
  WrappedMaterial,
} from './hsm.ts';
export { HsmError, type HsmErrorCode } from './hsm-error.ts';
export type { HsmKeySpec } from './key-specs.ts';
export { localNode, probeLocalToken } from './local-node.ts';
export type { OperationName, OperationSupport } from './mechanisms.ts';
export type { MemberState, MemberStatus } from './member-status.ts';
export type { ProbedSpeed, ProbeReport } from './probe.ts';
export { readSecretFile } from './secret-file.ts';
