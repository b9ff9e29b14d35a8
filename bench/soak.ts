// A long run with faults: clients that come, go and lose their connections watch busy rooms, while the REST API fails in random
// ways. Between the faults, everything is quiet for some seconds; then the state of each client must equal its room. The gateway
// is a process of its own, as its users start it.
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startSandbox, type Sandbox } from '../src/sandbox/sandbox.ts';
import { prepareGateway } from './peers/gateway.ts';
import { missingProc, residentMb } from './peers/processes.ts';
import { startTarget, type Target } from './peers/targets.ts';
import { printTable } from './stage.ts';
import { Asking } from './soak/asking.ts';
import { Crowd } from './soak/crowd.ts';
import { addFault, breakAll } from './soak/faults.ts';
import { between, oneOf, randomFrom, type Random } from './soak/random.ts';
import { Watcher } from './soak/watcher.ts';

/** The line of this benchmark in the command's help. */
export const about = 'minutes of random faults with 200 subscribers; runs only when it is named';
/** See Benchmark. */
export const hasOptions = true;

const HELP = `Usage: npm run bench soak [-- options]

  --minutes N      how long, 10 by default
  --subscribers N  clients at a time, 200 by default, two of three over server-sent events
  --rooms N        20 by default
  --seed N         repeats the same changes and faults; by default another one each time
`;

/** The length of the two parts of a round, in milliseconds. */
const TROUBLE_MS = 12_000;
const OUTAGE_MS = 8000;
/**
 * The longest time until all clients have the true state, in milliseconds: the longest pause of a breaker, then the slowest poll.
 */
const RECOVERY_MS = 30_000;
/** The highest permitted ratio of the resident memory in the last quarter of the run to that in the second quarter. */
const MOST_GROWTH = 1.1;
/** The gateway's metrics that must be 0 when all have left. */
const LEFT_OVERS = ['hms_live_subscribers', 'hms_live_watched_rooms', 'hms_websockets', 'hms_subscriptions'];

/** The longest message about a fault, in characters. */
const LONGEST_FAULT = 300;

/** All parts of a run. */
interface Soak {
  readonly sandbox: Sandbox;
  readonly target: Target;
  readonly crowd: Crowd;
  readonly asking: Asking;
  readonly random: Random;
  readonly watchers: Watcher[];
  readonly faults: string[];
  /** Adds a client. */
  readonly come: () => void;
}

/** What this benchmark needs and lacks here; null if it can run. */
export function missing(): string | null {
  if (!process.argv.includes('soak')) return 'it takes ten minutes; name it to run it';
  return missingProc();
}

/** Prints a line for each round. Rejects if a client got wrong data, or if the gateway still has state at the end. */
export async function run(options: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...options],
    options: {
      minutes: { type: 'string', default: '10' },
      subscribers: { type: 'string', default: '200' },
      rooms: { type: 'string', default: '20' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  console.log(` seed ${values.seed}`);
  const random = randomFrom(Number(values.seed));
  await using sandbox = await startSandbox({ data: 'empty', accessKey: 'bench', secret: 'bench-secret' });
  const crowd = new Crowd(sandbox, Number(values.rooms), random);
  await using target = await startTarget(prepareGateway(), 'gateway', sandbox.url);
  const soak = prepare(sandbox, target, crowd, random);
  for (let count = 0; count < Number(values.subscribers); count += 1) soak.come();
  const memory = await runRounds(soak, Number(values.minutes) * 60_000);
  await end(soak);
  report(soak, memory);
}

function prepare(sandbox: Sandbox, target: Target, crowd: Crowd, random: Random): Soak {
  const faults: string[] = [];
  const onFault = (fault: string) => {
    faults.push(fault.slice(0, LONGEST_FAULT));
    if (faults.length <= 10) console.log(`  WRONG: ${faults.at(-1)}`);
  };
  const authorization = target.headers['authorization'] ?? '';
  const watchers: Watcher[] = [];
  let come = 0;
  return {
    sandbox,
    target,
    crowd,
    random,
    watchers,
    faults,
    asking: new Asking(target.url, authorization, crowd, onFault),
    come() {
      come += 1;
      // A caller may have 100 WebSockets.
      const transport = come % 3 === 0 ? 'ws' : 'sse';
      const roomId = oneOf(random, crowd.roomIds);
      watchers.push(new Watcher({ url: target.url, authorization, transport, roomId, crowd, onFault }));
    },
  };
}

/** Returns the memory after each round, in MB. */
async function runRounds(soak: Soak, lengthMs: number): Promise<readonly number[]> {
  const { sandbox, target, crowd, watchers, faults } = soak;
  const memory: number[] = [];
  const until = performance.now() + lengthMs;
  for (let round = 1; performance.now() < until; round += 1) {
    await trouble(soak, TROUBLE_MS, () => addFault(sandbox, soak.random));
    sandbox.faults.clear();
    const afterTrouble = await settled(soak);
    breakAll(sandbox);
    await trouble(soak, OUTAGE_MS, () => undefined);
    const unaware = watchers.filter(({ stale }) => stale === false).length;
    if (unaware > 0) faults.push(`${unaware} clients were not told of an outage of ${OUTAGE_MS} ms`);
    sandbox.faults.clear();
    const afterOutage = await settled(soak);
    memory.push(residentMb(target.pid));
    const left = Math.max(0, until - performance.now()) / 60_000;
    console.log(
      `  round ${round}: true after ${afterTrouble} and ${afterOutage} ms, ${crowd.changes} changes, ` +
        `${memory.at(-1)?.toFixed(0)} MB, ${faults.length} wrong, ${left.toFixed(1)} minutes left`,
    );
  }
  return memory;
}

/** Makes changes, lets clients come and go, sends queries, and calls `add`, several times a second. */
async function trouble(soak: Soak, lengthMs: number, add: () => void): Promise<void> {
  const { random, crowd, watchers, asking, come } = soak;
  const until = performance.now() + lengthMs;
  const asked: Promise<void>[] = [];
  for (let step = 0; performance.now() < until; step += 1) {
    crowd.change();
    if (step % 2 === 0) asked.push(asking.ask(random));
    if (step % 3 === 0) oneOf(random, watchers).drop(between(random, 0, 2000));
    if (step % 5 === 0) add();
    if (step % 10 === 0) {
      const [gone] = watchers.splice(between(random, 0, watchers.length - 1), 1);
      if (gone !== undefined) void gone.leave();
      come();
    }
    await wait(100);
  }
  await Promise.all(asked);
}

/** Waits until the state of each client equals its room. Returns how long that took, in milliseconds. */
async function settled({ watchers, faults }: Soak): Promise<number> {
  const from = performance.now();
  let different: readonly string[] = [];
  do {
    await wait(100);
    different = watchers.flatMap((watcher) => watcher.difference() ?? []);
  } while (different.length > 0 && performance.now() < from + RECOVERY_MS);
  const tookMs = Math.round(performance.now() - from);
  if (different.length > 0) {
    const one = different[0]?.slice(0, LONGEST_FAULT);
    faults.push(`${different.length} clients after ${tookMs} ms of quiet; one ${one}`);
    console.log(`  WRONG: ${faults.at(-1)}`);
  }
  return tookMs;
}

/** Ends all clients. Reports what should not remain: state in the gateway, polls, errors in its log. */
async function end({ sandbox, target, watchers, faults }: Soak): Promise<void> {
  await Promise.all(watchers.splice(0).map((watcher) => watcher.leave()));
  await wait(5000);
  const metrics = await (await fetch(`${target.url}/metrics`)).text();
  for (const name of LEFT_OVERS) {
    const value = new RegExp(`^${name}(?:\\{.*\\})? (.+)$`, 'm').exec(metrics)?.[1] ?? '0';
    if (value !== '0') faults.push(`${name} is ${value} when all have left`);
  }
  sandbox.ledger.clear();
  await wait(15_000);
  const calls = sandbox.ledger.lines();
  if (calls.length > 0) faults.push(`${calls.length} REST calls for nobody, such as ${calls[0]}`);
  const log = readFileSync(`/proc/${target.pid}/fd/1`, 'utf8').split('\n');
  const errors = log.filter((line) => /^\{"level":[56]0/.test(line));
  if (errors.length > 0) faults.push(`${errors.length} errors in the log, such as ${errors[0]}`);
}

function report({ asking, faults }: Soak, memory: readonly number[]): void {
  const quarter = Math.max(1, Math.floor(memory.length / 4));
  const second = median(memory.slice(quarter, 2 * quarter + 1));
  const last = median(memory.slice(-quarter));
  if (memory.length >= 4 && last > second * MOST_GROWTH) {
    faults.push(`the memory grew from ${second.toFixed(0)} to ${last.toFixed(0)} MB`);
  }
  printTable([
    ['query', 'answers'],
    ...[...asking.outcomes].map(([outcome, count]) => [outcome, String(count)]),
  ]);
  console.log(`  memory ${second.toFixed(0)} MB in the second quarter, ${last.toFixed(0)} MB in the last`);
  if (faults.length > 0) throw new Error(`${faults.length} wrong:\n${faults.slice(0, 20).join('\n')}`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
