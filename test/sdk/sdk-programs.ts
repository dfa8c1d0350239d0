// The programs that use the instance's cryptography through the official SDKs, each language's quickstart and
// conformance program.

import { join } from 'node:path';
import { type Command, type CommandOf, prepareGo, prepareJava, preparePython } from './toolchains.ts';

export interface Programs {
  readonly language: string;
  readonly quickstart: Command;
  readonly conformance: Command;
}

interface Folders {
  readonly examples: string;
  readonly cache: string;
  /** Exists; for what is compiled. */
  readonly build: string;
}

/** Downloads what is not in the cache yet and builds. */
export async function prepareSdkPrograms({ examples, cache, build }: Folders): Promise<Programs[]> {
  const folders = (language: string) => ({
    source: join(examples, language),
    cache,
    build: join(build, language),
  });
  const programs = (
    language: string,
    command: CommandOf,
    [quickstart, conformance]: readonly [string, string],
  ): Programs => ({ language, quickstart: command(quickstart), conformance: command(conformance) });
  const [python, go, java] = await Promise.all([
    preparePython(folders('python')),
    prepareGo(folders('go'), ['./quickstart', './conformance']),
    prepareJava(folders('java')),
  ]);
  return [
    programs('python', python, ['quickstart.py', 'conformance.py']),
    programs('go', go, ['quickstart', 'conformance']),
    programs('java', java, ['Quickstart', 'conformance.Conformance']),
  ];
}
