// Counts checks over all programs. A conformance program reports one `ok <name>` or `FAIL <name>: why` a check and
// `N passed, N failed` last; a program that dies, hangs or miscounts is a failure of its own.

import type { Finished } from './child.ts';

const CHECK_LINE = /^(ok|FAIL) (.+)$/;
const LAST_LINE = /^(\d+) passed, (\d+) failed$/;

export class Tally {
  readonly #print: (line: string) => void;
  #passed = 0;
  #failed = 0;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  get failed(): number {
    return this.#failed;
  }

  /** One check of the runner itself; `why` is printed when it failed. */
  check(name: string, passed: boolean, why: string): void {
    this.#add(passed ? 1 : 0, passed ? 0 : 1);
    this.#print(passed ? `ok ${name}` : `FAIL ${name}: ${why}`);
  }

  /** A program that counts as one check: it must end with 0. */
  program(name: string, { code, output }: Finished): void {
    this.check(name, code === 0, `${ending(code)}; it printed:\n${output}`);
  }

  /** A conformance program: counts its checks and returns their names. */
  suite(name: string, { code, output }: Finished): ReadonlySet<string> {
    const lines = output.trimEnd().split('\n');
    const checks = lines.flatMap((line) => {
      const match = CHECK_LINE.exec(line);
      return match?.[2] === undefined ? [] : [{ passed: match[1] === 'ok', text: match[2] }];
    });
    const passed = checks.filter((check) => check.passed).length;
    const failed = checks.length - passed;
    const claim = LAST_LINE.exec(lines.at(-1) ?? '');
    const honest = Number(claim?.[1]) === passed && Number(claim?.[2]) === failed;
    const ended = code === (failed === 0 ? 0 : 1);
    const broken = !honest || !ended || passed === 0;
    this.#add(passed, failed + (broken ? 1 : 0));
    if (broken || failed > 0) this.#print(output.trimEnd());
    const remark = broken ? `, and it did not end properly: ${ending(code)}` : '';
    this.#print(
      `${broken || failed > 0 ? 'FAIL' : 'ok'} ${name}: ${passed} passed, ${failed} failed${remark}`,
    );
    return new Set(checks.map(({ passed: ok, text }) => (ok ? text : text.replace(/: .*$/, ''))));
  }

  summary(): string {
    return `${this.#passed} passed, ${this.#failed} failed`;
  }

  #add(passed: number, failed: number): void {
    this.#passed += passed;
    this.#failed += failed;
  }
}

function ending(code: number | null): string {
  return code === null ? 'it was killed or could not be started' : `it ended with ${code}`;
}
