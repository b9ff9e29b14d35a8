// Each fault of the upstream, under queries and subscriptions: what clients are told, what the upstream is asked meanwhile,
// how much memory it takes, and how soon all is well again. `npm run test:faults` runs all cases, `npm test` a few.
import type { LookupFunction } from 'node:net';
import { Agent } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock, type Clock } from '../../src/clock.ts';
import { BREAKER_PERIOD_MS } from '../../src/rest/client/breaker.ts';
import { figures } from '../support/figures.ts';
import { faultCases, type FaultCase } from './cases.ts';
import { FaultStage, type StageOptions } from './stage.ts';

const isLong = process.env['FAULTS'] === 'all';
const FAMILIES = ['rooms', 'templates', 'sessions'];
/** A call has 5 s; the rest is for a busy machine. */
const LONGEST_ANSWER_MS = 5000 + 1500;
/** For timers, polls and a busy machine, beyond the period of a breaker. */
const RECOVERY_SLACK_MS = 2500;
/** What had been sent when the breaker opened arrives within this time. */
const ON_THE_WAY_MS = 250;
const MOST_MEMORY = 150_000_000;

const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The most memory that the process has taken since the start, in bytes. */
function watchMemory() {
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
  return () => {
    clearInterval(timer);
    return most - before;
  };
}

/** When the breaker of each family was first seen open, by `performance.now()`. Looks for `ms` milliseconds. */
function watchBreakers(url: string, ms: number): ReadonlyMap<string, number> {
  const opened = new Map<string, number>();
  const until = performance.now() + ms;
  const look = async () => {
    const now = await figures(url);
    for (const family of FAMILIES) {
      const isOpen = (now[`hms_upstream_breaker_state{family="${family}",state="open"}`] ?? 0) > 0;
      if (isOpen && !opened.has(family)) opened.set(family, performance.now());
    }
    if (performance.now() < until && opened.size < FAMILIES.length) setTimeout(() => void look(), 100);
  };
  void look();
  return opened;
}

/** What a fault showed, for the report. */
interface Seen {
  readonly answers: number;
  readonly codes: Readonly<Record<string, number>>;
  readonly slowestMs: number;
  readonly attempts: number;
  readonly asked: number;
  readonly memoryMb: number;
  readonly recoveryMs: number;
}

async function play(fault: FaultCase, stage: FaultStage): Promise<Seen> {
  const { proxy, told, asked, watched } = stage;
  const { lastsMs = 3000, opensAfterMs } = fault;
  await after(300);
  const askedBefore = new Map(asked);
  const memory = watchMemory();
  const [firstTold, firstArrival] = [told.length, proxy.arrivals.length];
  await fault.begin(stage);
  const beganAt = performance.now();
  const opened = opensAfterMs === undefined ? new Map<string, number>() : watchBreakers(stage.url, lastsMs);
  await after(lastsMs);
  await (fault.end === undefined ? proxy.heal() : fault.end(stage));
  const healedAt = performance.now();
  const sent = proxy.arrivals.slice(firstArrival);
  const attempts = (family: string) => sent.filter((arrival) => arrival.family === family);
  const askedOf = (family: string) => (asked.get(family) ?? 0) - (askedBefore.get(family) ?? 0);
  for (const family of FAMILIES) {
    // The gateway's own checks of running sessions come on top of the queries.
    const checks = attempts(family).filter(({ path }) => path.includes('active=true')).length;
    const firstAttempts = askedOf(family) + checks;
    expect(attempts(family).length, `attempts of ${family}`).toBeLessThanOrEqual(1.2 * firstAttempts + 2);
    if (opensAfterMs === undefined) continue;
    const openedAt = opened.get(family) ?? Infinity;
    expect(openedAt - beganAt, `time until the breaker of ${family} opened`).toBeLessThan(opensAfterMs);
    const late = attempts(family).filter(({ at }) => at > openedAt + ON_THE_WAY_MS && at < healedAt);
    // One a period, and one for what a busy machine is late with.
    const periods = Math.ceil((healedAt - openedAt) / BREAKER_PERIOD_MS);
    expect(late.length, `attempts of ${family} while the breaker is open`).toBeLessThanOrEqual(periods + 1);
  }
  for (const room of watched) room.rest();
  while (!(await stage.isWell())) await after(50);
  const recoveryMs = performance.now() - healedAt;
  await stage.endLoad();
  const during = told.slice(firstTold).filter(({ at }) => at < healedAt);
  const counts: Record<string, number> = {};
  for (const code of during.flatMap((one) => one.codes))
    counts[String(code)] = (counts[String(code)] ?? 0) + 1;
  return {
    answers: during.length,
    codes: counts,
    slowestMs: Math.round(Math.max(...during.map(({ ms }) => ms))),
    attempts: sent.length,
    asked: FAMILIES.reduce((sum, family) => sum + askedOf(family), 0),
    memoryMb: Math.round(memory() / 1e6),
    recoveryMs: Math.round(recoveryMs),
  };
}

async function check(fault: FaultCase, options: StageOptions = {}): Promise<void> {
  await using stage = await FaultStage.start(options);
  const seen = await play(fault, stage);
  if (isLong) process.stderr.write(`${fault.name}: ${JSON.stringify(seen)}\n`);
  const told = Object.keys(seen.codes);
  expect(told.filter((code) => !fault.codes.includes(code))).toEqual([]);
  if (fault.codes.length > 0) expect(told).toContain(fault.codes[0]);
  for (const { answer } of stage.told) expect(answer).toSatisfy(hasTheShapeOfAnAnswer);
  expect(stage.watched.flatMap(({ lies }) => lies)).toEqual([]);
  expect(seen.slowestMs).toBeLessThan(LONGEST_ANSWER_MS);
  if (fault.areBodiesHuge !== true) expect(seen.memoryMb * 1e6).toBeLessThan(MOST_MEMORY);
  expect(seen.recoveryMs).toBeLessThan(BREAKER_PERIOD_MS + RECOVERY_SLACK_MS);
}

function hasTheShapeOfAnAnswer({
  data,
  errors = [],
}: {
  data?: unknown;
  errors?: readonly object[];
}): boolean {
  const areErrorsGood = errors.every((error) => {
    const { message, path, extensions } = error as { message: unknown; path: unknown; extensions: object };
    return typeof message === 'string' && Array.isArray(path) && 'code' in extensions;
  });
  return areErrorsGood && (errors.length > 0 || (typeof data === 'object' && data !== null));
}

describe('a fault of the upstream', { timeout: 60_000 }, () => {
  it.each(faultCases.filter(({ isInSlice }) => isLong || isInSlice === true))('$name', (fault) =>
    check(fault),
  );

  it.runIf(isLong)('a name that cannot be resolved', async () => {
    let isKnown = true;
    const lookup: LookupFunction = (_host, { all }, done) => {
      const failure = isKnown ? null : Object.assign(new Error('no such host'), { code: 'ENOTFOUND' });
      if (all === true) done(failure, [{ address: '127.0.0.1', family: 4 }]);
      else done(failure, '127.0.0.1', 4);
    };
    const dispatcher = new Agent({ connect: { lookup } });
    onTestFinished(() => dispatcher.destroy());
    const fault: FaultCase = {
      name: 'a name that cannot be resolved',
      begin: ({ proxy }) => {
        isKnown = false;
        proxy.closeConnections();
      },
      end: () => void (isKnown = true),
      codes: ['UPSTREAM_UNAVAILABLE'],
      opensAfterMs: 4000,
      lastsMs: 9000,
    };
    await check(fault, { upstreamHost: 'upstream.invalid', client: { dispatcher } });
  });

  it.runIf(isLong).each([
    ['ahead', 120_000],
    ['behind', -120_000],
  ])("the gateway's clock is two minutes %s of the upstream's", async (_, skewMs) => {
    const clock: Clock = { ...systemClock, now: () => Date.now() + skewMs };
    const fault: FaultCase = { name: `a clock skew of ${skewMs} ms`, begin: () => undefined, codes: [] };
    await check(fault, { clock });
  });
});
