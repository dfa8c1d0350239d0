// The table of docs/compatibility.md that says what keys can be made and what each does in which edition, from the tables
// of key specs, algorithms and editions.

import { EDITIONS, type Edition } from '../../appliance/core/editions.ts';
import { KEY_SPECS, type KeySpec, type KeyUsage } from '../../appliance/core/key-specs.ts';

const EDITION_NAMES = Object.keys(EDITIONS) as readonly Edition[];

export const KEY_SPECS_HEAD: readonly string[] = ['Key spec', 'KeyUsage', 'Algorithms', ...EDITION_NAMES];

/** One for each usage of each spec. */
export function keySpecRows(): readonly (readonly string[])[] {
  return [...KEY_SPECS.values()].flatMap((spec) =>
    spec.usages.map((usage) => {
      const algorithms = algorithmsOf(spec, usage).map((name) => described(spec, name));
      return [
        spec.name,
        usage,
        algorithms.join(', '),
        ...EDITION_NAMES.map((each) => offer(each, spec, usage)),
      ];
    }),
  );
}

function algorithmsOf(spec: KeySpec, usage: KeyUsage): readonly string[] {
  return usage === 'SIGN/VERIFY' ? spec.signature : [...spec.encryption, ...spec.openApiEncryption];
}

function described({ openApiEncryption }: KeySpec, name: string): string {
  return (openApiEncryption as readonly string[]).includes(name) ? `${name} (OpenAPI only)` : name;
}

/** `no`, `yes`, or of the algorithms those that the edition has. */
function offer(edition: Edition, spec: KeySpec, usage: KeyUsage): string {
  const { withheldSpecs, withheldEncryption } = EDITIONS[edition];
  if (withheldSpecs.has(spec.name)) return 'no';
  const withheld: ReadonlySet<string> = withheldEncryption;
  const all = algorithmsOf(spec, usage);
  const offered = all.filter((name) => !withheld.has(name));
  return offered.length === all.length ? 'yes' : offered.join(', ');
}
