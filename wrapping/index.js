// Key material that comes from outside: taking it out of its wrapping and making sure that it is a key, on bytes alone.
// Plain JavaScript that imports packages and sm/ only, because it runs in worker threads, which inherit no TypeScript
// loader, and beside the tokens of an HSM. Whatever is wrong with material is null, and nothing more is told.
// Source: control-plane specification 3.4.2 and 3.4.3.

export { checkedEcKey } from './ec-key.js';
export { openAesEnvelope, openSm4Envelope } from './envelope.js';
export { openPkcs1 } from './pkcs1.js';
export { checkedRsaKey } from './rsa-key.js';
export { checkedSm2Key } from './sm2-key.js';
