// What an application gets: the Client Key file, its password, the authorities of the instance. Names and contents are
// those of the instance's own quickstart. Source: control-plane specification 2.6.3 (client key file), 2.7.

import { randomBase36 } from '../../core/ids.ts';
import { answerObject, answerText } from './answer-fields.ts';
import type { AnswerBody } from './api-client.ts';
import type { CommandCall } from './command.ts';
import { itemsAt } from './paging.ts';

const PASSWORD_CHARACTERS = 28;

/** The service asks for two kinds of characters and 8 to 64 of them. */
export function newPassword({ host }: CommandCall): string {
  return `Kms-${randomBase36(PASSWORD_CHARACTERS, host.randomBytes)}`;
}

/** The JSON file the SDKs read. */
export function clientKeyFile(answer: AnswerBody): string {
  const id = answerText(answer, 'ClientKeyId');
  return `${JSON.stringify({ KeyId: id, PrivateKeyData: answerText(answer, 'PrivateKeyData') })}\n`;
}

/** The id that was given, or that of the only instance there is. */
export async function instanceId(call: CommandCall): Promise<string> {
  const given = call.value('--instance');
  if (given !== undefined) return given;
  const [first] = itemsAt(await call.api('ListKmsInstances'), ['KmsInstances', 'KmsInstance']);
  return answerText(first ?? {}, 'KmsInstanceId');
}

export async function instanceFields(call: CommandCall): Promise<AnswerBody> {
  const answer = await call.api('GetKmsInstance', { KmsInstanceId: await instanceId(call) });
  return answerObject(answer, 'KmsInstance');
}
