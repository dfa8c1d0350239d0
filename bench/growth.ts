// How the cost of Encrypt grows: for each axis of the table instances or loads that differ in that one thing, measured in
// turn in one run and judged by the smallest. Adding an axis is adding a row.

import { fillStore, type StoreSize } from './fill-store.ts';
import { type Contender, type ContenderFigures, measureInTurn } from './in-turn.ts';
import { signedBytes, windowOf } from './measurement.ts';
import type { PinnedProcess } from './pinned-process.ts';
import { encryption } from './scenarios.ts';
import { type InstanceServer, startInstance } from './servers.ts';

const POOL = 1024;
const CONNECTIONS = 64;
const PAYLOAD = 32;
const SMALL: StoreSize = { keys: 10, versions: 1, accessPoints: 0, networkRules: 0 };

interface Axis {
  readonly title: string;
  readonly points: readonly number[];
  /** What a point changes. */
  readonly store?: (point: number) => Partial<StoreSize>;
  readonly connections?: (point: number) => number;
  readonly bytes?: (point: number) => number;
}

export const AXES = {
  keys: { title: 'keys', points: [10, 1000, 100_000], store: (keys) => ({ keys }) },
  versions: {
    title: 'versions of a key',
    points: [1, 10, 100, 1000],
    store: (versions) => ({ keys: 1, versions }),
  },
  'access-points': {
    title: 'application access points',
    points: [1, 100, 10_000],
    store: (accessPoints) => ({ accessPoints }),
  },
  'network-rules': {
    title: 'network rules',
    points: [1, 100, 10_000],
    store: (networkRules) => ({ networkRules }),
  },
  connections: {
    title: 'connections',
    points: [1, 4, 16, 64, 256],
    connections: (connections) => connections,
  },
  size: { title: 'bytes of plaintext', points: [32, 256, 1024, 4096], bytes: (bytes) => bytes },
} as const satisfies Record<string, Axis>;

export type AxisName = keyof typeof AXES;

export interface GrowthOptions {
  readonly seconds: number;
  readonly rounds: number;
}

interface FilledInstance {
  readonly server: InstanceServer;
  readonly keys: readonly string[];
}

/** The figures of an axis; each point is named by its number. */
export async function measureAxis(
  root: string,
  generator: PinnedProcess,
  name: AxisName,
  options: GrowthOptions,
): Promise<ContenderFigures[]> {
  const axis: Axis = AXES[name];
  const instances: FilledInstance[] = [];
  try {
    const contenders: Contender[] = [];
    for (const point of axis.points) {
      const present = axis.store === undefined ? instances[0] : undefined;
      const instance = present ?? (await startFilled(root, { ...SMALL, ...axis.store?.(point) }));
      if (instance !== present) instances.push(instance);
      contenders.push(contenderOf(instance, axis, point, options.seconds));
    }
    return await measureInTurn(generator, contenders, options.rounds);
  } finally {
    for (const { server } of instances.reverse()) await server.stop();
  }
}

function contenderOf(
  { server, keys }: FilledInstance,
  axis: Axis,
  point: number,
  seconds: number,
): Contender {
  const bytes = axis.bytes?.(point) ?? PAYLOAD;
  const connections = axis.connections?.(point) ?? CONNECTIONS;
  const requests = Array.from({ length: POOL }, (_, number) => {
    // Spread over all keys, as far as the requests go.
    const key = keys[Math.floor((number * Math.max(1, keys.length / POOL)) % keys.length)] ?? '';
    return signedBytes(server, encryption(key, bytes)(number));
  });
  const load = (round: number) => ({
    ...windowOf({ scenario: 'encrypt', connections, seconds }, round),
    requests,
  });
  return { name: String(point), server, load };
}

async function startFilled(root: string, size: StoreSize): Promise<FilledInstance> {
  let keys: readonly string[] = [];
  const server = await startInstance({
    root,
    program: ['dist/appliance/main.js'],
    settings: { KMS_LIMITS_KEYS: String(size.keys + 1000), KMS_LIMITS_KEY_VERSIONS: '10000' },
    prepare: async (dataDirectory) => {
      keys = await fillStore(dataDirectory, size);
    },
  });
  return { server, keys };
}
