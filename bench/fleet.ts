// A fleet of many instances on a simulated clock: the live core, shared logs, session checks and budget shares of src/ over a
// simulated Redis that counts commands and bytes. It compares them with what docs/scaling.md computes on paper, kills an
// instance, and starts Redis again.
import { parseArgs } from 'node:util';
import { paperOf, type Paper } from './fleet/paper.ts';
import { World } from './fleet/world.ts';
import { printTable } from './stage.ts';

/** The line of this benchmark in the command's help. */
export const about =
  '100 instances and 20,000 rooms on a simulated clock: polls, takeovers, commands to Redis';
/** See Benchmark. */
export const hasOptions = true;

const HELP = `Usage: npm run bench fleet [-- options]

  --instances N      100 by default
  --rooms N          20,000 by default
  --live SHARE       the part of the rooms that is live, 0.1 by default
  --watchers N       each room is watched on 1 to N instances, 3 by default
  --budget N         REST calls a second of all instances (UPSTREAM_RPS), 1,000 by default
  --change-every S   seconds between two changes of a live room, 20 by default
  --seconds N        simulated seconds that are measured, 60 by default
  --seed N           1 by default
`;

/** By how much a measured value may differ from the paper's. */
const TOLERANCE = 0.15;
/** Rates below this one are not compared: they are too few for a ratio. */
const LEAST_COMPARED = 1;
/** The longest time, in milliseconds, for which a room may have no leader after a kill: two poll intervals and 500 ms. */
const TAKEOVER_MS = 2500;
/** How long the warm-up may take, and the recovery after Redis has started, in simulated seconds. */
const SETTLE_S = 600;
const REDIS_AWAY_S = 5;
const STEP_MS = 10;

/** Prints tables. Rejects if a value differs too much from the paper's, or rooms stay without a leader. */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      instances: { type: 'string', default: '100' },
      rooms: { type: 'string', default: '20000' },
      live: { type: 'string', default: '0.1' },
      watchers: { type: 'string', default: '3' },
      budget: { type: 'string', default: '1000' },
      'change-every': { type: 'string', default: '20' },
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const world = new World({
    instances: Number(values.instances),
    rooms: Number(values.rooms),
    liveShare: Number(values.live),
    watchersMost: Number(values.watchers),
    changeEveryMs: Number(values['change-every']) * 1000,
    requestsPerSecond: Number(values.budget),
    peersInRoom: 10,
    seed: Number(values.seed),
  });
  const faults = [
    ...(await warmUp(world)),
    ...(await compare(world, Number(values.seconds))),
    ...(await takeover(world)),
    ...(await restart(world)),
  ];
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

/** Starts the fleet, and waits until each room has been read. */
async function warmUp(world: World): Promise<readonly string[]> {
  world.begin();
  const { rooms } = world.options;
  const seconds = await until(world, () => world.led === rooms);
  // Leads are balanced by then, and polls have found their pace.
  await world.clock.advance(20_000);
  const { instances } = world.options;
  console.log(` ${instances} instances, ${rooms} rooms, all read after ${seconds} s`);
  return seconds < SETTLE_S ? [] : [`After ${SETTLE_S} s only ${world.led} of ${rooms} rooms have a leader.`];
}

async function until(world: World, isDone: () => boolean): Promise<number> {
  let seconds = 0;
  for (; seconds < SETTLE_S && !isDone(); seconds += 1) await world.clock.advance(1000);
  return seconds;
}

async function compare(world: World, seconds: number): Promise<readonly string[]> {
  const { meter, upstream, options } = world;
  const before = { polls: upstream.polls, others: upstream.others };
  meter.reset();
  await world.clock.advance(seconds * 1000);
  const polls = (upstream.polls - before.polls) / seconds;
  const calls = polls + (upstream.others - before.others) / seconds;
  const paper = paperOf(options, world.watches);
  const rows = rowsOf(world, paper, seconds, { polls, calls });
  printTable([
    ['a second', 'measured', 'on paper', 'ratio', 'bytes in, each', 'bytes out, each'],
    ...rows.map(([name, measured, expected]) => [
      name,
      measured.toFixed(1),
      expected.toFixed(1),
      expected === 0 ? '-' : (measured / expected).toFixed(2),
      eachOf(world, name, 'bytesIn'),
      eachOf(world, name, 'bytesOut'),
    ]),
  ]);
  const [least, most] = spreadOf(world);
  console.log(`  budget ${options.requestsPerSecond} calls/s; leads of an instance: ${least} to ${most}`);
  const faults = rows.filter(isOff).map(([name]) => `${name} differs from the paper by more than 15 %.`);
  if (calls > options.requestsPerSecond * 1.02) faults.push('The calls are over the budget.');
  const mean = options.rooms / options.instances;
  if (most > 2 * mean || least < mean / 2) {
    faults.push('An instance leads more than twice its part of the rooms, or less than half of it.');
  }
  return faults;
}

type Row = readonly [name: string, measured: number, paper: number];

function rowsOf(
  { meter }: World,
  paper: Paper,
  seconds: number,
  { polls, calls }: { readonly polls: number; readonly calls: number },
): readonly Row[] {
  const kinds = new Set([...Object.keys(paper.commands), ...meter.kinds.keys()]);
  const all = [...meter.kinds.values()];
  const rate = (key: 'bytesIn' | 'bytesOut') =>
    all.reduce((sum, traffic) => sum + traffic[key], 0) / seconds / 1000;
  return [
    ['polls of peers', polls, paper.polls],
    ['all REST calls', calls, paper.calls],
    ...Array.from(kinds, (kind): Row => {
      return [kind, (meter.kinds.get(kind)?.count ?? 0) / seconds, paper.commands[kind] ?? 0];
    }),
    ['kB to Redis', rate('bytesIn'), paper.bytesIn / 1000],
    ['kB from Redis', rate('bytesOut'), paper.bytesOut / 1000],
  ];
}

function eachOf({ meter }: World, kind: string, key: 'bytesIn' | 'bytesOut'): string {
  const traffic = meter.kinds.get(kind);
  return traffic === undefined ? '' : (traffic[key] / traffic.count).toFixed(0);
}

/** Whether a value differs too much from the paper's. Kinds that the paper does not have must be rare. */
function isOff([, measured, paper]: Row): boolean {
  if (Math.max(measured, paper) < LEAST_COMPARED) return false;
  return Math.abs(measured - paper) > TOLERANCE * paper;
}

function spreadOf(world: World): readonly [least: number, most: number] {
  return [Math.min(...world.leads), Math.max(...world.leads)];
}

async function takeover(world: World): Promise<readonly string[]> {
  let rooms = world.kill();
  const count = rooms.length;
  const waits: number[] = [];
  for (let ms = 0; rooms.length > 0 && ms < 10 * TAKEOVER_MS; ms += STEP_MS) {
    await world.clock.advance(STEP_MS);
    const open = world.leaderless(rooms);
    for (let taken = open.length; taken < rooms.length; taken += 1) waits.push(ms + STEP_MS);
    rooms = open;
  }
  const worst = rooms.length > 0 ? Number.POSITIVE_INFINITY : (waits.at(-1) ?? 0);
  const middle = waits[waits.length >> 1] ?? 0;
  console.log(`  killed: ${count} rooms had no leader for ${middle} ms (p50), ${worst} ms at most`);
  await world.clock.advance(20_000);
  const [least, most] = spreadOf(world);
  console.log(`  20 s later the others lead ${least} to ${most} rooms`);
  return worst <= TAKEOVER_MS ? [] : [`Rooms had no leader for more than ${TAKEOVER_MS} ms.`];
}

async function restart(world: World): Promise<readonly string[]> {
  const { redis, meter, options } = world;
  redis.stop();
  const before = world.upstream.polls;
  await world.clock.advance(REDIS_AWAY_S * 1000);
  const polls = (world.upstream.polls - before) / REDIS_AWAY_S;
  redis.start();
  meter.reset();
  await world.clock.advance(1000);
  const first = [...meter.kinds.values()].reduce(
    (sum, { count, bytesIn, bytesOut }) => ({
      count: sum.count + count,
      bytes: sum.bytes + bytesIn + bytesOut,
    }),
    { count: 0, bytes: 0 },
  );
  const seconds = 1 + (await until(world, () => world.led === options.rooms));
  const [least, most] = spreadOf(world);
  console.log(
    `  Redis away for ${REDIS_AWAY_S} s: ${polls.toFixed(1)} polls/s; back: ${first.count} commands and messages and ` +
      `${(first.bytes / 1e6).toFixed(1)} MB in the first second, all rooms led after ${seconds} s, ${least} to ${most} each`,
  );
  return seconds < SETTLE_S ? [] : ['Rooms have no leader after Redis has started again.'];
}
