// tsc does not emit the generated protobuf codecs, because it resolves their .d.ts; the build copies them.
import { cpSync } from 'node:fs';

cpSync('proto/generated', 'dist/proto/generated', { recursive: true });
