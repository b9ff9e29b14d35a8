// A room with as many peers as the vendor allows, and many clients with the same subscription: their first snapshots, and many
// joins.
import { setTimeout as wait } from 'node:timers/promises';
import { pinSelf } from './peers/processes.ts';
import { printTable } from './stage.ts';
import { WATCH_PEERS } from './subscriptions/document.ts';
import { startFleet } from './subscriptions/fleet.ts';

/** The line of this benchmark in the command's help. */
export const about = 'watchers of a room of 10,000 and 20,000 peers, and 80 joins a second into it';

const JOIN_SECONDS = 10;
const JOINS_PER_SECOND = 80;
/** How long the last joins may take to reach the watchers, in milliseconds. */
const SETTLE_MS = 5000;

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

/** Prints both tables. Rejects if a watcher missed a join, or got a snapshot in place of joins. */
export async function run(): Promise<void> {
  pinSelf();
  const rows = [['peers', 'watchers', 'heap limit', 'all have it', 'CPU', 'longest block', 'peak RSS']];
  for (const [peers, heapMb] of [
    [10_000, null],
    [20_000, 1024],
  ] as const) {
    rows.push(await firstSnapshots(peers, 100, heapMb));
  }
  printTable(rows);
  printTable([['joins', 'watchers', 'told', 'p50', 'p99', 'core', 'longest block'], await joins(10_000, 50)]);
}

async function firstSnapshots(peers: number, sockets: number, heapMb: number | null): Promise<string[]> {
  await using fleet = await startFleet('gateway', heapMb === null ? [] : [`--max-old-space-size=${heapMb}`]);
  const workspace = { rooms: 2, peers, changesPerSecond: 0, joinsPerSecond: 0 };
  await fleet.change({ ...workspace, peers: 10 });
  const watching = { transport: 'ws', each: 1, isSpread: false, document: WATCH_PEERS } as const;
  // A small room first, so that code is compiled and connections are open.
  await fleet.subscribe({ ...watching, sockets: 2, rooms: 2 });
  await fleet.change(workspace);
  await wait(2000);
  await fleet.figures();
  const startedAt = performance.now();
  await fleet.subscribe({ ...watching, sockets, rooms: 1, atOnce: sockets });
  const wallMs = performance.now() - startedAt;
  const { cpuMs, blockMs, peakRssBytes } = await fleet.figures();
  return [
    String(peers),
    String(sockets),
    heapMb === null ? '-' : `${heapMb} MB`,
    `${wallMs.toFixed(0)} ms`,
    `${cpuMs.toFixed(0)} ms`,
    `${blockMs.toFixed(0)} ms`,
    megabytes(peakRssBytes),
  ];
}

async function joins(peers: number, sockets: number): Promise<string[]> {
  await using fleet = await startFleet('gateway');
  const workspace = { rooms: 1, peers, changesPerSecond: 0, joinsPerSecond: 0 };
  await fleet.change(workspace);
  await fleet.subscribe({
    transport: 'ws',
    each: 1,
    isSpread: false,
    document: WATCH_PEERS,
    sockets,
    rooms: 1,
  });
  await wait(2000);
  await fleet.delivered();
  await fleet.figures();
  await fleet.change({ ...workspace, joinsPerSecond: JOINS_PER_SECOND });
  await wait(JOIN_SECONDS * 1000);
  const { cpuMs, wallMs, blockMs } = await fleet.figures();
  const made = Object.values(await fleet.change(workspace)).reduce((sum, of) => sum + of, 0);
  await wait(SETTLE_MS);
  const { folds, counts, p50Ms, p99Ms } = await fleet.delivered();
  const told = Object.values(counts);
  if (folds > 0) throw new Error(`${folds} snapshots came in place of joins.`);
  if (told.some(([least, most]) => least !== made || most !== made)) {
    throw new Error(`Not every watcher was told of all ${made} joins: ${JSON.stringify(counts)}`);
  }
  return [
    String(made),
    String(sockets),
    'each',
    `${p50Ms.toFixed(0)} ms`,
    `${p99Ms.toFixed(0)} ms`,
    `${((cpuMs / wallMs) * 100).toFixed(0)} %`,
    `${blockMs.toFixed(0)} ms`,
  ];
}
