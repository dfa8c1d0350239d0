// The one answer to ciphertext that does not decrypt, whatever is wrong with it.

export class Undecryptable extends Error {
  /** @override */
  name = 'Undecryptable';

  constructor() {
    super('the ciphertext does not decrypt');
  }
}
