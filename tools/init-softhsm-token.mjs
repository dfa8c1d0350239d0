// Makes a SoftHSM token of the laptop cluster: `init-softhsm-token.mjs MODULE LABEL PIN_FILE`, in the environment that
// says where its tokens are. softhsm2-util would take the PINs from its command line, where others can read them.
// A process of its own, as everything that loads a PKCS#11 module.

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pkcs11js from 'pkcs11js';

const [module, label, pinFile] = process.argv.slice(2);
const OS_LOCKING_OK = 2;
const pin = readFileSync(pinFile, 'utf8').trim();
// Nobody needs it again: a token of the laptop cluster is emptied by removing its folder.
const soPin = randomBytes(16).toString('hex');

const library = new pkcs11js.PKCS11();
library.load(module);
library.C_Initialize({ flags: OS_LOCKING_OK });
const free = library
  .C_GetSlotList(true)
  .find((slot) => (library.C_GetTokenInfo(slot).flags & pkcs11js.CKF_TOKEN_INITIALIZED) === 0);
if (free === undefined) throw new Error('there is no free slot');
// The field has 32 characters, filled up with blanks.
library.C_InitToken(free, soPin, label.padEnd(32));
// Its slot has another number now.
const slot = library.C_GetSlotList(true).find((each) => library.C_GetTokenInfo(each).label.trim() === label);
const session = library.C_OpenSession(slot, pkcs11js.CKF_SERIAL_SESSION | pkcs11js.CKF_RW_SESSION);
library.C_Login(session, pkcs11js.CKU_SO, soPin);
library.C_InitPIN(session, pin);
library.C_CloseSession(session);
library.C_Finalize();
