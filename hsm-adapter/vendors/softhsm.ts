// SoftHSM 2: a token in files, for laptops and tests. It lists CKM_RSA_PKCS_OAEP but takes SHA-1 only, so OAEP with
// SHA-256 is decoded beside the token. Source: HSM specification, section A (measured with 2.6.1; 2.7.0 the same).

import type { Vendor } from './vendor.ts';

export const SOFTHSM: Vendor = {
  name: 'SoftHSM',
  manufacturer: 'SoftHSM project',
  libraries: [
    '/usr/lib/softhsm/libsofthsm2.so',
    '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
    '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so',
    '/usr/lib64/pkcs11/libsofthsm2.so',
    '/opt/homebrew/lib/softhsm/libsofthsm2.so',
  ],
  refused: ['oaep'],
};
