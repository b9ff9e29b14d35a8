// One family of endpoints is broken for a minute: the others are as fast as before, and live rooms are never stale by it.
// In `npm test` for some seconds and without the comparison of times, which a busy machine would spoil.
import { describe, expect, it } from 'vitest';
import { hang, status, type Behaviour } from './proxy.ts';
import { FaultStage } from './stage.ts';

const isLong = process.env['FAULTS'] === 'all';
const BROKEN_MS = isLong ? Number(process.env['FAULT_SECONDS'] ?? '60') * 1000 : 2000;
/** Before and after. */
const QUIET_MS = isLong ? BROKEN_MS / 2 : 500;

const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Infinity;
}

describe('one family of endpoints', { timeout: 4 * BROKEN_MS + 60_000 }, () => {
  const ways: readonly (readonly [string, Behaviour])[] = [
    ['hangs', hang],
    ['answers 503', status(503)],
  ];

  it.each(isLong ? ways : ways.slice(1))('that %s leaves the others alone', async (way, behaviour) => {
    // Sessions grow with each join, and are read whole.
    await using stage = await FaultStage.start({ changeMs: isLong ? 2000 : 150 });
    const { proxy, told, watched } = stage;
    await after(QUIET_MS);
    proxy.set(behaviour, 'rooms');
    const from = performance.now();
    await after(BROKEN_MS);
    proxy.heal();
    const until = performance.now();
    // Not what was asked while the breaker had not closed yet.
    await after(QUIET_MS + (isLong ? 6000 : 0));
    await stage.endLoad();
    const others = told.filter(({ family }) => family !== 'rooms');
    expect(others.flatMap(({ codes }) => codes)).toEqual([]);
    const [broken, quiet] = [true, false].map((isBroken) =>
      others.filter(({ at }) => (at > from && at < until) === isBroken).map(({ ms }) => ms),
    );
    const ratio = percentile(broken ?? [], 0.99) / percentile(quiet ?? [], 0.99);
    if (isLong) {
      process.stderr.write(
        `rooms ${way}: p99 of the other families ${ratio.toFixed(2)} of its quiet value\n`,
      );
      expect(ratio).toBeLessThan(1.5);
    }
    expect(watched.map(({ timesStale, lies }) => [timesStale, lies])).toEqual(watched.map(() => [0, []]));
    expect(
      told.filter(({ family, codes, at }) => family === 'rooms' && codes.length > 0 && at > from),
    ).not.toEqual([]);
  });
});
