// Fields that a command cannot do without, read out of an answer.

import type { AnswerBody } from './api-client.ts';
import { CliError, EXIT } from './failures.ts';
import { type Item, isItem } from './paging.ts';

export function answerText(answer: AnswerBody, name: string): string {
  const value = answer[name];
  if (typeof value === 'string' && value !== '') return value;
  throw incomplete(name);
}

export function answerObject(answer: AnswerBody, name: string): Item {
  const value = answer[name];
  if (isItem(value)) return value;
  throw incomplete(name);
}

function incomplete(name: string): CliError {
  return new CliError(EXIT.unreachable, `the answer has no ${name}: not a KMS control plane`);
}
