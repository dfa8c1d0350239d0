// The HSM key store under the contract of key stores: two SoftHSM tokens with one domain key, over mutual TLS.

import { EDITIONS } from '../../appliance/core/editions.ts';
import { KEY_SPECS } from '../../appliance/core/key-specs.ts';
import { HsmKeyStore } from '../../appliance/keystore/hsm-key-store.ts';
import type { Hsm } from '../../hsm-adapter/index.ts';
import { keyStoreContract } from '../contract/key-store.ts';
import { createHsmRig } from '../support/hsm-rig.ts';
import { newIdentity, SEALING } from '../support/software-keys.ts';

keyStoreContract({
  name: 'HsmKeyStore',
  specs: [...KEY_SPECS.values()],
  lacks: EDITIONS.standard.withheldEncryption,
  open: async () => {
    const rig = await createHsmRig({ members: 2, args: ['--processes', '1'] });
    const over = (hsm: Hsm) => new HsmKeyStore({ ...SEALING, hsm });
    const store = over(rig.cluster);
    return {
      store,
      again: () => over(rig.cluster),
      versionOf: async (name, material) => {
        const { cluster } = rig;
        // A cluster that makes keys of the given material, so that the store keeps them as it keeps its own.
        const importing: Hsm = {
          ...cluster,
          capabilities: () => cluster.capabilities(),
          generate: (spec) => cluster.importKey(spec, material),
        };
        const identity = newIdentity(name);
        const importer = over(importing);
        const stored = await importer.generate(identity);
        await importer.close();
        return { ...identity, createdAt: 0, ...stored };
      },
      close: async () => {
        await store.close();
        await rig.close();
      },
    };
  },
});
