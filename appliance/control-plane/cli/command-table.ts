// All commands. To add one, write its row in the group's file; a new group also needs a line here (and, for its help, a
// line in GROUPS).

import type { Command } from './command.ts';
import { ACCESS_POINT_COMMANDS } from './commands/access-points.ts';
import { ALIAS_COMMANDS } from './commands/aliases.ts';
import { API } from './commands/api.ts';
import { AUDIT_COMMANDS } from './commands/audit.ts';
import { CERTIFICATE_COMMANDS } from './commands/certs.ts';
import { CLIENT_KEY_COMMANDS } from './commands/client-keys.ts';
import { HSM_COMMANDS } from './commands/hsm.ts';
import { HSM_PROBE } from './commands/hsm-probe.ts';
import { INSTANCE_COMMANDS } from './commands/instances.ts';
import { KEY_IMPORT_COMMANDS } from './commands/key-import.ts';
import { KEY_LIST } from './commands/key-list.ts';
import { KEY_COMMANDS } from './commands/keys.ts';
import { NETWORK_RULE_COMMANDS } from './commands/network-rules.ts';
import { POLICY_COMMANDS } from './commands/policies.ts';
import { PROCESS_COMMANDS } from './commands/process.ts';
import { QUICK_CREATE } from './commands/quick-create.ts';
import { RAM_POLICY_COMMANDS } from './commands/ram-policies.ts';
import { RAM_USER_COMMANDS } from './commands/ram-users.ts';
import { RELOAD } from './commands/reload.ts';
import { completionScript, SHELLS } from './completion.ts';
import { flagsOf } from './flags.ts';

const COMPLETION: Command = {
  path: 'completion',
  summary: 'print a completion script for a shell',
  examples: ['completion bash > /etc/bash_completion.d/kms', 'completion fish | source'],
  args: [{ name: 'shell', description: SHELLS.join(', '), choices: SHELLS }],
  connects: false,
  json: false,
  run(call) {
    const shell = SHELLS.find((each) => each === call.value('shell')) ?? 'bash';
    const script = completionScript(shell, { commands: COMMANDS, flagsOf });
    return { show: ({ raw }) => raw(script) };
  },
};

export const COMMANDS: readonly Command[] = [
  ...PROCESS_COMMANDS,
  RELOAD,
  KEY_LIST,
  ...KEY_COMMANDS,
  ...KEY_IMPORT_COMMANDS,
  ...ALIAS_COMMANDS,
  ...NETWORK_RULE_COMMANDS,
  ...POLICY_COMMANDS,
  QUICK_CREATE,
  ...ACCESS_POINT_COMMANDS,
  ...CLIENT_KEY_COMMANDS,
  ...RAM_USER_COMMANDS,
  ...RAM_POLICY_COMMANDS,
  ...INSTANCE_COMMANDS,
  ...HSM_COMMANDS,
  HSM_PROBE,
  ...AUDIT_COMMANDS,
  ...CERTIFICATE_COMMANDS,
  API,
  COMPLETION,
];

/** Commands that only hold others, by their path. */
export const GROUPS: Readonly<Record<string, string>> = {
  config: 'settings of an instance',
  key: 'keys and their life',
  'key rotation': 'automatic rotation of a key',
  'key policy': 'who may use and administer a key',
  alias: 'names of keys',
  'network-rule': 'addresses that permission policies are open to',
  policy: 'permission policies of application access points',
  aap: 'application access points: what applications connect through',
  'client-key': 'credentials of application access points',
  ram: 'administrators: users, AccessKeys, RAM policies',
  'ram user': 'users of the control plane',
  'ram access-key': 'AccessKeys that sign control-plane requests',
  'ram policy': 'what users may do',
  instance: 'the instance itself',
  hsm: 'the HSM cluster of the standard edition',
  audit: 'the audit log',
  certs: 'certificate files',
};
