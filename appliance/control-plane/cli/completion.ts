// Completion scripts made of the table of commands: which words can follow, and which options a command has. The zsh
// script is bash's, through zsh's own emulation of bash completion.

import type { Command } from './command.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

export interface CompletionTable {
  readonly commands: readonly Command[];
  /** Flags of a command, those it shares with others included. */
  readonly flagsOf: (command: Command) => readonly { readonly flag: string; readonly takesValue: boolean }[];
}

export function completionScript(shell: Shell, table: CompletionTable): string {
  return SCRIPTS[shell](table);
}

const SCRIPTS: Readonly<Record<Shell, (table: CompletionTable) => string>> = {
  bash: bashScript,
  zsh: (table) => `#compdef kms\nautoload -U +X bashcompinit && bashcompinit\n${bashScript(table)}`,
  fish: fishScript,
};

/** `''` → start, config, key …; `key` → create, list, …; of a whole command: its flags. */
function wordsByPath({ commands, flagsOf }: CompletionTable): ReadonlyMap<string, ReadonlySet<string>> {
  const words = new Map<string, Set<string>>();
  const add = (path: string, word: string): void => {
    words.set(path, (words.get(path) ?? new Set()).add(word));
  };
  for (const command of commands) {
    const parts = command.path.split(' ');
    for (const [index, part] of parts.entries()) add(parts.slice(0, index).join(' '), part);
    for (const word of (command.args ?? []).flatMap(({ choices = [] }) => choices)) add(command.path, word);
    for (const { flag } of flagsOf(command)) add(command.path, flag);
  }
  return words;
}

function bashScript(table: CompletionTable): string {
  const cases = Array.from(
    wordsByPath(table),
    ([path, words]) => `    '${path}') words='${[...words].join(' ')}' ;;`,
  );
  return `# kms completion: source <(kms completion bash)
_kms_words() {
  local words=''
  case "$1" in
${cases.join('\n')}
    *) return 1 ;;
  esac
  printf '%s' "$words"
}
_kms() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path='' next word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    next="\${path:+$path }$word"
    _kms_words "$next" > /dev/null && path="$next"
  done
  COMPREPLY=( $(compgen -W "$(_kms_words "$path")" -- "$current") )
}
complete -o default -F _kms kms
`;
}

function fishScript({ commands, flagsOf }: CompletionTable): string {
  const lines = new Set<string>();
  for (const command of commands) {
    const parts = command.path.split(' ');
    parts.forEach((part, index) => {
      const path = parts.slice(0, index).join(' ');
      const summary = index === parts.length - 1 ? ` -d '${command.summary.replaceAll("'", "\\'")}'` : '';
      lines.add(`complete -c kms -n "__kms_at '${path}'" -a ${part}${summary}`);
    });
    for (const { flag, takesValue } of flagsOf(command)) {
      const kind = takesValue ? ' -r' : '';
      lines.add(`complete -c kms -n "__kms_in '${command.path}'" -l ${flag.slice(2)}${kind}`);
    }
  }
  return `# kms completion: kms completion fish | source
function __kms_path
  set -l words (commandline -opc)
  set -e words[1]
  string match -v -- '-*' $words | string join ' '
end
function __kms_at
  test (__kms_path) = "$argv[1]"
end
function __kms_in
  string match -q -- "$argv[1]*" (__kms_path)
end
complete -c kms -f
${[...lines].join('\n')}
`;
}
