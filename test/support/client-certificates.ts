// Certificates for clients of the control plane, and the authority that vouches for them.

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createAuthority } from '../../certs-tool/index.ts';
import { issueP256Certificate, toPem } from '../../certs-tool/p256-certificate.ts';

const HOUR = 60 * 60 * 1000;

export interface ClientCertificates {
  readonly caPem: string;
  issue(): Promise<{ readonly cert: string; readonly key: string }>;
}

export async function clientCertificates(): Promise<ClientCertificates> {
  const now = new Date(Date.now() - HOUR);
  const { root } = await createAuthority({ instanceId: 'clients', now });
  const issuer = {
    certificate: new X509Certificate(root.certificatePem),
    privateKey: createPrivateKey(root.privateKeyPem),
  };
  return {
    caPem: root.certificatePem,
    async issue() {
      const profile = {
        commonName: 'administrator',
        now,
        notAfter: new Date(now.getTime() + 24 * HOUR),
        keyUsage: ['digitalSignature'] as const,
        basicConstraints: { ca: false },
      };
      const { certificatePem, privateKeyPem } = toPem(await issueP256Certificate(profile, issuer));
      return { cert: certificatePem, key: privateKeyPem };
    },
  };
}
