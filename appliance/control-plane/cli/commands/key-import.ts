// `kms key import …`: key material of your own into a key of origin EXTERNAL. `import` does both sides in one run;
// `import-parameters` and `import-material` are the service's side alone, for sources that no network reaches.
// Source: control-plane specification 2.4 and 3.4.

import type { Command, Option } from '../command.ts';
import { fetchImportParameters, sendMaterial } from '../import/by-hand.ts';
import { importKey } from '../import/import-key.ts';
import { ENCODINGS } from '../import/source-key.ts';
import { WRAPPING_NAMES } from '../import/wrapping.ts';

const KEY_ID: Option = {
  flag: '--key-id',
  value: 'KEY_ID',
  required: true,
  description: 'the key, made with --origin EXTERNAL: id or ARN',
};
const WRAPPING: Option = {
  flag: '--wrapping',
  value: 'ALGORITHM',
  choices: WRAPPING_NAMES,
  description: 'how the material is wrapped; by default the best that the key takes',
};
const EXPIRE: Option = {
  flag: '--expire',
  value: 'TIME',
  description: 'when the material expires, YYYY-MM-DDThh:mm:ssZ or seconds since 1970; never',
};

export const KEY_IMPORT_COMMANDS: readonly Command[] = [
  {
    path: 'key import',
    summary: 'import your own key: wrap it on this machine, send it, check that the service uses it',
    examples: [
      'key import --key-id key-kms6937… --in private.pem',
      'key import --key-id key-kms6937… --in aes-256.hex --encoding hex --expire 2031-01-01T00:00:00Z',
      'key import --key-id key-kms6937… --in - < private.der',
    ],
    options: [
      KEY_ID,
      {
        flag: '--in',
        value: 'FILE',
        required: true,
        description: 'private key, PEM or DER, or the bytes of a symmetric key (- for standard input)',
      },
      {
        flag: '--encoding',
        value: 'ENCODING',
        choices: ENCODINGS,
        fallback: 'raw',
        description: 'how the file writes a symmetric key',
      },
      {
        flag: '--passphrase-file',
        value: 'FILE',
        description: 'passphrase of an encrypted private key; asked for on the terminal when missing',
      },
      WRAPPING,
      EXPIRE,
    ],
    connects: true,
    json: true,
    run: importKey,
  },
  {
    path: 'key import-parameters',
    summary: 'get a wrapping key and an import token, to wrap key material elsewhere',
    examples: ['key import-parameters --key-id key-kms6937… --out import'],
    options: [
      KEY_ID,
      {
        flag: '--out',
        value: 'DIR',
        required: true,
        description: 'folder for public-key.der, public-key.pem, import-token',
      },
      WRAPPING,
    ],
    connects: true,
    json: true,
    run: fetchImportParameters,
  },
  {
    path: 'key import-material',
    summary: 'import key material that was wrapped elsewhere',
    examples: [
      'key import-material --key-id key-kms6937… --material import/material --token import/import-token',
    ],
    options: [
      KEY_ID,
      {
        flag: '--material',
        value: 'FILE',
        required: true,
        description: 'wrapped key material, as bytes or in base64 (- for standard input)',
      },
      {
        flag: '--token',
        value: 'FILE',
        required: true,
        description: 'the import token that came with the wrapping key',
      },
      EXPIRE,
    ],
    connects: true,
    json: true,
    run: sendMaterial,
  },
];
