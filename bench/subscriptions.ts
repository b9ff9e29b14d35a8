// The cost of subscriptions: CPU time of a delivered event, memory of a subscription, delay. The gateway is kept to one core, with
// API keys, limits, points and metrics on; the upstream and the clients share the others. It is compared with a graphql-ws server
// without events (memory), with one that polls and sends changes with nothing but graphql-ws (CPU), and with the least that Node
// needs for the same writes.
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { pinSelf } from './peers/processes.ts';
import { printTable } from './stage.ts';
import { WATCH_PEERS } from './subscriptions/document.ts';
import { startFleet, type Fleet, type Target } from './subscriptions/fleet.ts';
import type { Delivered, Workspace } from './subscriptions/messages.ts';

/** The line of this benchmark in the command's help. */
export const about = 'CPU of an event, memory of a subscription, delay, for 1 to 20,000 subscriptions';
/** See Benchmark. */
export const hasOptions = true;

const HELP = `Usage: npm run bench subscriptions [-- options]

Without --sockets it measures the sizes of docs/performance.md, one after another.

  --targets LIST     of gateway, plain, quiet, floor
  --transport NAME   ws (default) or sse
  --sockets N        connections
  --each N           subscriptions of a socket, 1 by default
  --spread           those of one socket are to different rooms; default: to one room
  --rooms N          live rooms, 10 by default
  --changes N        changes a second in all rooms together, 20 by default
  --seconds N        how long to measure, 15 by default
  --warm-up N        seconds before, 10 by default: until then V8 compiles, in threads of its own
  --rounds N         rounds, of which the median is printed, 3 by default
`;

/** One size. */
interface Size {
  readonly targets: readonly Target[];
  readonly transport: 'ws' | 'sse';
  readonly sockets: number;
  readonly each: number;
  readonly rooms: number;
  readonly changes: number;
  readonly isSpread: boolean;
}

const PEERS_IN_ROOM = 10;
/** The longest time in which a change reaches all clients: the slowest poll, with reserve. */
const SETTLE_MS = 15_000;

const sizes: readonly Size[] = [
  ...[1, 10, 100, 1000].map((sockets) => sized({ sockets, each: 1 })),
  sized({ sockets: 10_000, each: 1, targets: ['gateway'] }),
  sized({ sockets: 500, each: 1, targets: ['gateway', 'plain', 'quiet', 'floor'] }),
  sized({ sockets: 5000, each: 4, rooms: 100, targets: ['gateway', 'quiet', 'floor'] }),
  sized({ sockets: 5000, each: 4, rooms: 100, targets: ['gateway'], isSpread: true }),
  sized({ sockets: 500, each: 1, transport: 'sse', targets: ['gateway', 'floor'] }),
  sized({ sockets: 5000, each: 1, rooms: 100, transport: 'sse', targets: ['gateway', 'floor'] }),
];

function sized(size: Partial<Size> & Pick<Size, 'sockets' | 'each'>): Size {
  return { targets: ['gateway', 'plain'], transport: 'ws', rooms: 10, changes: 20, isSpread: false, ...size };
}

/** The figures of one round. */
interface Round {
  readonly usPerFrame: number;
  readonly kbPerSubscription: number;
  readonly rssMb: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly core: number;
  readonly blockMs: number;
  readonly frames: number;
}

/** Prints a row for each size and target. Rejects if a subscription missed or doubled an event. */
export async function run(options: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...options],
    options: {
      targets: { type: 'string' },
      transport: { type: 'string', default: 'ws' },
      sockets: { type: 'string' },
      each: { type: 'string', default: '1' },
      rooms: { type: 'string', default: '10' },
      changes: { type: 'string', default: '20' },
      spread: { type: 'boolean', default: false },
      seconds: { type: 'string', default: '15' },
      'warm-up': { type: 'string', default: '10' },
      rounds: { type: 'string', default: '3' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  pinSelf();
  const asked = sized({
    sockets: Number(values.sockets),
    each: Number(values.each),
    rooms: Number(values.rooms),
    changes: Number(values.changes),
    transport: values.transport === 'sse' ? 'sse' : 'ws',
    isSpread: values.spread,
  });
  const targets = values.targets?.split(',').filter(isTarget);
  for (const size of values.sockets === undefined ? sizes : [asked]) {
    await measureSize({ ...size, targets: targets ?? size.targets }, Number(values.rounds), {
      seconds: Number(values.seconds),
      warmUpSeconds: Number(values['warm-up']),
    });
  }
}

function isTarget(name: string): name is Target {
  return ['gateway', 'plain', 'quiet', 'floor'].includes(name);
}

/** Whether a target sends the changes that the upstream makes. The others send none, or their own. */
function isPolling(target: Target): boolean {
  return target === 'gateway' || target === 'plain';
}

/** How long each target is measured, and how long it runs before. */
interface Times {
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

async function measureSize(size: Size, rounds: number, times: Times): Promise<void> {
  const { sockets, each, rooms, changes, transport, isSpread } = size;
  const spread = isSpread ? ', spread over rooms' : '';
  console.log(` ${sockets} x ${each} over ${transport}, ${rooms} rooms, ${changes} changes/s${spread}`);
  const measured = new Map<Target, Round[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const target of size.targets) {
      const all = measured.get(target) ?? [];
      measured.set(target, [...all, await measure(target, size, times)]);
    }
  }
  printTable([
    ['target', 'CPU/frame', 'RSS/subscription', 'RSS', 'p50', 'p99', 'core', 'longest block', 'frames'],
    ...[...measured].map(([target, of]) => {
      const median = (key: keyof Round) =>
        of.map((round) => round[key]).sort((a, b) => a - b)[of.length >> 1] ?? 0;
      return [
        target,
        median('frames') === 0 ? '-' : `${median('usPerFrame').toFixed(1)} us`,
        `${median('kbPerSubscription').toFixed(1)} kB`,
        `${median('rssMb').toFixed(0)} MB`,
        `${median('p50Ms').toFixed(0)} ms`,
        `${median('p99Ms').toFixed(0)} ms`,
        `${median('core').toFixed(0)} %`,
        `${median('blockMs').toFixed(0)} ms`,
        String(median('frames')),
      ];
    }),
  ]);
}

async function measure(target: Target, size: Size, { seconds, warmUpSeconds }: Times): Promise<Round> {
  const { sockets, each, rooms, changes, transport, isSpread } = size;
  const workspace: Workspace = { rooms, peers: PEERS_IN_ROOM, changesPerSecond: 0, joinsPerSecond: 0 };
  await using fleet = await startFleet(target, [], { rooms, changesPerSecond: changes });
  await fleet.change(workspace);
  const subscribing = { transport, sockets, each, rooms, isSpread, document: WATCH_PEERS };
  const { rssBytes: idle } = await fleet.figures();
  await fleet.subscribe(subscribing);
  if (isPolling(target)) await fleet.change({ ...workspace, changesPerSecond: changes });
  // After this, the polls have found their pace, memory of the start is freed, and most of the code is compiled.
  await wait(warmUpSeconds * 1000);
  await fleet.delivered();
  await fleet.figures();
  await wait(seconds * 1000);
  const figures = await fleet.figures();
  const delivered = await fleet.delivered();
  if (isPolling(target)) await checkAll(target, fleet, workspace);
  return {
    usPerFrame: (figures.cpuMs * 1000) / delivered.frames,
    kbPerSubscription: (figures.rssBytes - idle) / 1000 / (sockets * each),
    rssMb: figures.rssBytes / 1e6,
    p50Ms: delivered.p50Ms,
    p99Ms: delivered.p99Ms,
    core: (figures.cpuMs / figures.wallMs) * 100,
    blockMs: figures.blockMs,
    frames: delivered.frames,
  };
}

/**
 * Waits until all changes are told. Rejects unless each subscription got each change of its room once, also where the target or
 * the clients could not keep up.
 */
async function checkAll(target: Target, fleet: Fleet, workspace: Workspace): Promise<void> {
  const deadline = performance.now() + SETTLE_MS;
  const made = await fleet.change(workspace);
  let fault = '';
  do {
    await wait(500);
    fault = faultIn(await fleet.delivered(), made);
  } while (fault !== '' && performance.now() < deadline);
  if (fault !== '') throw new Error(`Some subscriptions to ${target} ${fault}`);
}

function faultIn({ counts, folds }: Delivered, made: Readonly<Record<string, number>>): string {
  if (folds > 0) return `got ${folds} snapshots in place of changes.`;
  for (const [roomId, [least, most, leastSum, mostSum]] of Object.entries(counts)) {
    const changes = made[roomId] ?? 0;
    const sum = (changes * (changes + 1)) / 2;
    if (least !== changes || most !== changes || leastSum !== sum || mostSum !== sum) {
      return `got ${least} to ${most} of ${changes} changes of a room.`;
    }
  }
  return '';
}
