// Writes docs/compatibility.md from the tables of the code: `npm run docs`.

import { writeFileSync } from 'node:fs';
import { compatibilityDocument } from '../test/sdk/compatibility.ts';

writeFileSync(new URL('../docs/compatibility.md', import.meta.url), compatibilityDocument());
