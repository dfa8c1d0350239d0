// The software key store under the contract of key stores. The HSM's runs in test/hsm, on real tokens.

import { EDITIONS } from '../../appliance/core/editions.ts';
import { softwareKeyStore, TESTED_SPECS, versionOf } from '../support/software-keys.ts';
import { keyStoreContract } from './key-store.ts';

const { withheldSpecs, withheldEncryption } = EDITIONS.basic;

keyStoreContract({
  name: 'SoftwareKeyStore',
  specs: TESTED_SPECS.filter(({ name }) => !withheldSpecs.has(name)),
  lacks: withheldEncryption,
  open: () => {
    const store = softwareKeyStore();
    return Promise.resolve({
      store,
      again: () => softwareKeyStore(),
      versionOf: (...given) => Promise.resolve(versionOf(...given)),
      close: () => store.close(),
    });
  },
});
