// Counts and prints checks, and has the assertions they are made of.

import assert from 'node:assert/strict';

const print = (line) => process.stdout.write(`${line}\n`);

export class Report {
  #passed = 0;
  #failed = 0;

  /** Runs one check; whatever it throws is the reason why it failed. */
  async check(name, body) {
    try {
      await body();
      this.#passed += 1;
      print(`ok ${name}`);
    } catch (error) {
      this.#failed += 1;
      print(`FAIL ${name}: ${String(error.message).replace(/\s+/g, ' ')}`);
    }
  }

  /** Prints the count; the exit code. */
  finish() {
    print(`${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed === 0 ? 0 : 1;
  }
}

/** The call must fail with exactly this code, and with a message and a request id. */
export async function refused(code, call) {
  const error = await call.then(
    () => assert.fail(`the call succeeded; ${code} was expected`),
    (reason) => reason,
  );
  assert.equal(error.data?.Code, code, error.message);
  assert.ok(error.data.Message, 'the error has a message');
  assert.ok(error.data.RequestId, 'the error has a request id');
}
