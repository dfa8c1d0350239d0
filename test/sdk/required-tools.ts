// The programs that the SDK tests stand on. What is missing fails the run with how to install it; only PHP can be left
// out, and only by saying so (SDK_WITHOUT_PHP=1), because its SDK package is not part of the test anyway.

import { runProgram } from './child.ts';

const QUESTION_DEADLINE_MS = 60_000;

interface Tool {
  readonly name: string;
  /** Ends with 0 where the tool is good enough. */
  readonly question: readonly string[];
  readonly purpose: string;
  readonly install: string;
}

const PHP: Tool = {
  name: 'php',
  question: [
    '-r',
    'exit(PHP_VERSION_ID >= 80100 && extension_loaded("curl") && extension_loaded("openssl") ? 0 : 1);',
  ],
  purpose: "the PHP SDK's protocol; 8.1 or newer with the extensions curl and openssl",
  install: 'apt-get install php-cli php-curl (or leave PHP out: SDK_WITHOUT_PHP=1)',
};

const TOOLS: readonly Tool[] = [
  {
    name: 'python3',
    question: ['-c', 'import venv, ensurepip'],
    purpose: 'the Python SDK; with venv',
    install: 'apt-get install python3 python3-venv',
  },
  {
    name: 'go',
    question: ['version'],
    purpose: 'the Go SDK; 1.22 or newer',
    install: 'the archive of https://go.dev/dl, unpacked, its bin folder on the path',
  },
  {
    name: 'javac',
    question: ['--release', '17', '-version'],
    purpose: 'the Java SDK; a JDK, 17 or newer',
    install: 'apt-get install openjdk-17-jdk-headless',
  },
  {
    name: 'openssl',
    question: ['genpkey', '-algorithm', 'SM2', '-out', '/dev/null'],
    purpose: 'the documented ways to import keys; 3.0 or newer',
    install: 'apt-get install openssl',
  },
  {
    name: 'softhsm2-util',
    question: ['--version'],
    purpose: 'the standard edition, whose keys are in an HSM',
    install: 'apt-get install softhsm2',
  },
  { name: 'mvn', question: ['-v'], purpose: 'the Java SDK', install: 'apt-get install maven' },
];

export function phpIsLeftOut(): boolean {
  return process.env['SDK_WITHOUT_PHP'] === '1';
}

/** Throws one error that names every missing tool and how to install it. */
export async function requireTools(): Promise<void> {
  const wanted = phpIsLeftOut() ? TOOLS : [...TOOLS, PHP];
  const answers = await Promise.all(
    wanted.map(({ name, question }) => runProgram(name, question, { deadline: QUESTION_DEADLINE_MS })),
  );
  const missing = wanted.filter((_, index) => answers[index]?.code !== 0);
  if (missing.length === 0) return;
  const lines = missing.map(({ name, purpose, install }) => `  ${name} (for ${purpose}): ${install}`);
  throw new Error(`these programs are missing or too old:\n${lines.join('\n')}`);
}
