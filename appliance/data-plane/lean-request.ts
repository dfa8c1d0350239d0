// A request without the object of parsed headers. Node builds it for every request only to look for `Expect`, and that
// costs more than all we do with headers: the pipeline reads them as they came, from `rawHeaders`.

import { type IncomingHttpHeaders, IncomingMessage } from 'node:http';

export class LeanRequest extends IncomingMessage {}

const EXPECT = 'expect';
const NONE = Object.freeze({});
type Getter = (this: IncomingMessage) => IncomingHttpHeaders;
const { get: parsedHeaders } = Object.getOwnPropertyDescriptor(IncomingMessage.prototype, 'headers') as {
  readonly get: Getter;
};

// Not as an accessor of the class, because Node's types know the property of the base class as a field.
Object.defineProperty(LeanRequest.prototype, 'headers', {
  get(this: IncomingMessage) {
    return expectsSomething(this.rawHeaders) ? parsedHeaders.call(this) : NONE;
  },
});

function expectsSomething(rawHeaders: readonly string[]): boolean {
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === EXPECT.length && name.toLowerCase() === EXPECT) return true;
  }
  return false;
}
