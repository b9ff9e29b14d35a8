// Four gateways with Redis beside one without it, under the same load at the same time: polls, CPU time of a delivered event, by
// how much later others tell an event than the first gateway does, and what Redis does meanwhile. Two more groups run at that
// time. One gateway has the same rooms, but only as many subscribers as each of the four: against it, the fleet shows what
// growing from one instance to four costs. Four gateways share nothing, and each has a quarter of the rooms and subscribers: less
// than these take, no fleet can take.
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { findRedis, RedisServer } from '../test/support/redis-server.ts';
import { commitCosts } from './fleet-live/commit-cost.ts';
import { redisFigures, type RedisFigures } from './fleet-live/redis-figures.ts';
import { Side, together, type Window } from './fleet-live/side.ts';
import { pinSelf } from './peers/processes.ts';
import { printTable } from './stage.ts';
import { WATCH_PEERS } from './subscriptions/document.ts';
import type { Delivered, Workspace } from './subscriptions/messages.ts';

/** The line of this benchmark in the command's help. */
export const about =
  'four gateways with Redis beside one without it: polls, CPU of an event, delay, commands';
export const hasOptions = true;

/** See Benchmark. */
export function missing(): string | null {
  return findRedis('redis') === undefined ? 'there is no redis-server on this machine' : null;
}

const HELP = `Usage: npm run bench fleet-live [-- options]

  --gateways N     of the fleet, 4 by default
  --rooms N        live rooms, 100 by default
  --watchers N     subscribers of each room on each gateway of the fleet, 1 by default
  --changes N      changes a second in all rooms together, 20 by default
  --seconds N      how long each round is, and the time without clients before, 15 by default
  --warm-up N      seconds before, 30 by default
  --rounds N       5 by default
`;

/** By how much polls may differ from those of one instance. */
const POLLS_TOLERANCE = 0.05;
const MAX_LAG_P50_MS = 5;
/** Of the fleet to one gateway that has as many subscribers as each of it. */
const MAX_CPU_RATIO = 1.2;
/** The longest time in which a change reaches all clients: a poll, with reserve. */
const SETTLE_MS = 15_000;

/** Gateways under a load. */
interface Group {
  readonly sides: readonly Side[];
  /** Of the rooms and changes that each side has. */
  readonly share: number;
  /** Of the subscribers that each side has. */
  readonly subscribersShare: number;
}

/** One round: the groups and Redis over the same time. */
interface Round {
  readonly single: Window;
  readonly part: Window;
  readonly fleet: Window;
  readonly apart: Window;
  readonly before: RedisFigures;
  readonly after: RedisFigures;
}

/** Prints tables. Rejects if a bound is exceeded, or a subscription missed or doubled an event. */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      gateways: { type: 'string', default: '4' },
      rooms: { type: 'string', default: '100' },
      watchers: { type: 'string', default: '1' },
      changes: { type: 'string', default: '20' },
      seconds: { type: 'string', default: '15' },
      'warm-up': { type: 'string', default: '30' },
      rounds: { type: 'string', default: '5' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  pinSelf();
  const [gateways, rooms] = [Number(values.gateways), Number(values.rooms)];
  const roundMs = Number(values.seconds) * 1000;
  await using server = await RedisServer.start();
  await using resources = new AsyncDisposableStack();
  const groups = await startGroups(gateways, server.url, resources);
  const workspaceOf = ({ share }: Group, changes: number): Workspace => {
    return { rooms: rooms * share, peers: 10, changesPerSecond: changes * share, joinsPerSecond: 0 };
  };
  const change = (changes: number) =>
    Promise.all(
      groups.flatMap((group) => group.sides.map((side) => side.change(workspaceOf(group, changes)))),
    );
  const figures = async () =>
    Promise.all(
      groups.map(async ({ sides }) => together(await Promise.all(sides.map((side) => side.figures())))),
    );
  await change(0);
  await figures();
  await wait(roundMs);
  const idle = await figures();
  // Each room has a subscriber on each gateway of the fleet, and as many on the single one.
  const sockets = gateways * rooms * Number(values.watchers);
  const watching = { transport: 'ws', each: 1, isSpread: false, document: WATCH_PEERS } as const;
  for (const { sides, share, subscribersShare } of groups) {
    const own = { ...watching, sockets: sockets * subscribersShare, rooms: rooms * share };
    await Promise.all(sides.map((side) => side.subscribe(own)));
  }
  await change(Number(values.changes));
  await wait(Number(values['warm-up']) * 1000);
  await figures();
  const rounds: Round[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const before = await redisFigures(server);
    await wait(roundMs);
    const [single, part, fleet, apart] = await figures();
    if (single === undefined || part === undefined || fleet === undefined || apart === undefined) break;
    rounds.push({ single, part, fleet, apart, before, after: await redisFigures(server) });
  }
  const faults = [...report(rounds, gateways, idle), ...(await missed(groups, change))];
  printRedis(rounds);
  printTable(await commitCosts());
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

/** One gateway, one with a part of the subscribers, a fleet, and as many gateways that share nothing; `resources` ends them. */
async function startGroups(
  gateways: number,
  redisUrl: string,
  resources: AsyncDisposableStack,
): Promise<readonly Group[]> {
  const single = resources.use(await Side.start(1, null));
  const part = resources.use(await Side.start(1, null));
  const fleet = resources.use(await Side.start(gateways, redisUrl));
  const apart: Side[] = [];
  for (let index = 0; index < gateways; index += 1) {
    apart.push(resources.use(await Side.start(1, null)));
  }
  return [
    { sides: [single], share: 1, subscribersShare: 1 },
    { sides: [part], share: 1, subscribersShare: 1 / gateways },
    { sides: [fleet], share: 1, subscribersShare: 1 },
    { sides: apart, share: 1 / gateways, subscribersShare: 1 / gateways },
  ];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

const usPerFrame = ({ cpuMs, delivered }: Window) => (cpuMs * 1000) / delivered.frames;

const coreOf = ({ cpuMs, wallMs }: Window) => (cpuMs / wallMs) * 100;

/** Prints what the groups did. `idle`: what they did without clients. Returns the bounds that are exceeded. */
function report(rounds: readonly Round[], gateways: number, idle: readonly Window[]): readonly string[] {
  const rowOf = (name: string, windows: readonly Window[]) => {
    const of = (value: (window: Window) => number) => median(windows.map(value));
    return [
      name,
      of(({ pollsPerSecond }) => pollsPerSecond).toFixed(1),
      `${of(usPerFrame).toFixed(0)} us`,
      `${of(coreOf).toFixed(1)} %`,
      `${of(({ delivered }) => delivered.p50Ms).toFixed(0)} ms`,
      `${of(({ delivered }) => delivered.p99Ms).toFixed(0)} ms`,
      `${of(({ delivered }) => delivered.lagP50Ms).toFixed(1)} ms`,
      `${of(({ delivered }) => delivered.lagP99Ms).toFixed(1)} ms`,
      `${of(({ rssBytes }) => Math.max(...rssBytes) / 1e6).toFixed(0)} MB`,
    ];
  };
  printTable([
    ['gateways', 'polls/s', 'CPU/event', 'core', 'p50', 'p99', 'lag p50', 'lag p99', 'RSS, largest'],
    rowOf(
      '1 without Redis',
      rounds.map(({ single }) => single),
    ),
    rowOf(
      `1 with 1/${gateways} of the subscribers`,
      rounds.map(({ part }) => part),
    ),
    rowOf(
      `${gateways} with Redis`,
      rounds.map(({ fleet }) => fleet),
    ),
    rowOf(
      `${gateways} that share nothing`,
      rounds.map(({ apart }) => apart),
    ),
  ]);
  const cpu = rounds.map(({ single, fleet }) => usPerFrame(fleet) / usPerFrame(single));
  const growth = median(rounds.map(({ part, fleet }) => usPerFrame(fleet) / usPerFrame(part)));
  const apart = median(rounds.map((round) => usPerFrame(round.apart) / usPerFrame(round.single)));
  const polls = median(rounds.map(({ single, fleet }) => fleet.pollsPerSecond / single.pollsPerSecond));
  const lag = median(rounds.map(({ fleet }) => fleet.delivered.lagP50Ms));
  const range = `${Math.min(...cpu).toFixed(2)} to ${Math.max(...cpu).toFixed(2)}`;
  console.log(`  fleet to single: polls ${polls.toFixed(3)}, CPU/event ${median(cpu).toFixed(2)} (${range})`);
  console.log(`  fleet to one with as many subscribers as each of it: CPU/event ${growth.toFixed(2)}`);
  console.log(`  gateways that share nothing to single: CPU/event ${apart.toFixed(2)}`);
  console.log(`  core without clients: ${idle.map((window) => `${coreOf(window).toFixed(2)} %`).join(', ')}`);
  return [
    Math.abs(polls - 1) > POLLS_TOLERANCE ? 'The fleet polls more or less often than one gateway.' : '',
    lag > MAX_LAG_P50_MS
      ? `Others tell an event ${lag.toFixed(1)} ms later than the first gateway (p50).`
      : '',
    growth > MAX_CPU_RATIO
      ? `An event costs ${growth.toFixed(2)} times the CPU time of one gateway with as many subscribers as each has.`
      : '',
  ].filter((fault) => fault !== '');
}

/** Waits until all changes are told. Returns what subscriptions missed or got twice. */
async function missed(
  groups: readonly Group[],
  change: (changes: number) => Promise<readonly Readonly<Record<string, number>>[]>,
): Promise<readonly string[]> {
  const made = await change(0);
  const sides = groups.flatMap((group) => group.sides);
  const deadline = performance.now() + SETTLE_MS;
  for (;;) {
    await wait(500);
    const delivered = await Promise.all(sides.map((side) => side.delivered()));
    const faults = delivered.flatMap((of, at) => (isWhole(of, made[at] ?? {}) ? [] : [`side ${at + 1}`]));
    if (faults.length === 0 || performance.now() > deadline) {
      return faults.map((side) => `Subscriptions of ${side} missed changes or got them twice.`);
    }
  }
}

function isWhole({ counts }: Delivered, made: Readonly<Record<string, number>>): boolean {
  return Object.entries(counts).every(([roomId, [least, most, leastSum, mostSum]]) => {
    const changes = made[roomId] ?? 0;
    const sum = (changes * (changes + 1)) / 2;
    return least === changes && most === changes && leastSum === sum && mostSum === sum;
  });
}

function printRedis(rounds: readonly Round[]): void {
  const [first, last] = [rounds[0]?.before, rounds.at(-1)?.after];
  if (first === undefined || last === undefined) return;
  const seconds = rounds.reduce((sum, { fleet }) => sum + fleet.wallMs, 0) / 1000;
  const rows = [...last.commands]
    .map(([name, { calls, us }]) => {
      const before = first.commands.get(name) ?? { calls: 0, us: 0 };
      return { name, calls: calls - before.calls, us: us - before.us };
    })
    .filter(({ calls }) => calls > rounds.length * 2)
    .sort((a, b) => b.us - a.us);
  printTable([
    ['Redis', 'calls/s', 'us each'],
    ...rows.map(({ name, calls, us }) => [name, (calls / seconds).toFixed(1), (us / calls).toFixed(1)]),
  ]);
  const kbPerSecond = (from: number, to: number) => ((to - from) / seconds / 1000).toFixed(0);
  const core = ((last.cpuMs - first.cpuMs) / seconds / 10).toFixed(1);
  console.log(
    `  Redis: ${core} % of a core, ${kbPerSecond(first.bytesIn, last.bytesIn)} kB/s in, ` +
      `${kbPerSecond(first.bytesOut, last.bytesOut)} kB/s out, ${(last.memoryBytes / 1e6).toFixed(0)} MB. ` +
      'Commands that scripts call are counted too, and their time is in that of evalsha.',
  );
}
