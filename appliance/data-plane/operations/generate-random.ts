// GenerateRandom (data-plane specification 4.6): 1 to 64 bytes for any caller from an admitted address.

import { KmsError } from '../../errors.ts';
import type { KeylessOperation } from '../operation.ts';

const MAX_LENGTH = 64;

export const generateRandom: KeylessOperation<'GenerateRandom'> = {
  api: 'GenerateRandom',
  target: null,
  execute({ randomBytes }, { Length }) {
    if (Length < 1 || Length > MAX_LENGTH) throw new KmsError('InvalidParameter');
    return { response: { Random: randomBytes(Length) }, versionId: '' };
  },
};
