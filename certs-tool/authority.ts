// The two-level CA of an instance: a Root that signs one Sub CA, and a Sub CA that signs server certificates only.
// Invariant: both pass the strict profile of RFC 5280 (Python 3.13 and later), the Sub CA can sign no further CA.
// Source: data-plane specification 2.2.

import { type CertificateAndKey, issueP256Certificate, toPem } from './p256-certificate.ts';

const ROOT_YEARS = 20;
const SUB_YEARS = 15;
const INSTANCE_ID = /^[A-Za-z0-9-]{1,40}$/;
const CA_KEY_USAGE = ['digitalSignature', 'keyCertSign', 'cRLSign'] as const;

export interface AuthorityRequest {
  /** `kst-…`, 1 to 40 letters, digits and hyphens; becomes part of the Sub CA's name. */
  readonly instanceId: string;
  readonly now: Date;
}

export interface Authority {
  readonly root: CertificateAndKey;
  readonly sub: CertificateAndKey;
}

/** @throws Error on an instance id that does not fit a name. */
export async function createAuthority({ instanceId, now }: AuthorityRequest): Promise<Authority> {
  if (!INSTANCE_ID.test(instanceId)) throw new Error('The instance id does not fit a certificate name.');
  const root = await issueP256Certificate({
    commonName: 'Private KMS Root CA',
    now,
    notAfter: yearsAfter(now, ROOT_YEARS),
    keyUsage: CA_KEY_USAGE,
    basicConstraints: { ca: true },
  });
  const sub = await issueP256Certificate(
    {
      commonName: `Private KMS ${instanceId} Second CA`,
      now,
      notAfter: yearsAfter(now, SUB_YEARS),
      keyUsage: CA_KEY_USAGE,
      basicConstraints: { ca: true, pathLength: 0 },
    },
    root,
  );
  return { root: toPem(root), sub: toPem(sub) };
}

function yearsAfter(date: Date, years: number): Date {
  const later = new Date(date);
  later.setUTCFullYear(date.getUTCFullYear() + years);
  return later;
}
