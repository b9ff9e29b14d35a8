// The wall clock is set while caches, pauses, writes and tokens age: each ages by the time that passes, not by the step
// of the clock.
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { ManagementToken } from '../../src/auth/management-token.ts';
import { Kept } from '../../src/rest/catalog/kept.ts';
import { WRITE_LAG_MS, Written } from '../../src/rest/catalog/written.ts';
import { RestRateLimitedError } from '../../src/rest/errors.ts';
import { createReadiness } from '../../src/server/http/readiness.ts';
import { gatewayCredentials } from '../support/canary.ts';
import { clockSteps, ManualClock } from '../support/manual-clock.ts';
import { anything, mockedRest, rejection } from './client/support.ts';

const probe = { route: '/rooms', shape: anything };

/** A cache whose objects are fresh for 5 s and kept for 30 s. */
function keptBy(clock: ManualClock): Kept<object> {
  return new Kept({
    clock,
    ttlMs: 5000,
    staleMs: 30_000,
    outageMs: 600_000,
    maxEntries: 10,
    maxBytes: 1000,
  });
}

describe.each(clockSteps)('when the wall clock is set %s', (_what, stepMs) => {
  it.each([
    ['fresh', 0],
    ['stale', 5001],
  ])('a cached object that is %s goes on ageing', async (_state, ageMs) => {
    const clock = new ManualClock();
    const kept = keptBy(clock);
    kept.keep('room', {});
    await clock.advance(ageMs);
    clock.step(stepMs);
    expect(kept.lookUp('room')?.fresh).toBe(ageMs <= 5000);
    await clock.advance(5001 - ageMs);
    expect(kept.lookUp('room')?.fresh).toBe(false);
    await clock.advance(25_000);
    expect(kept.lookUp('room')).toBeNull();
  });

  it('a dropped object cannot be cached again for 10 s', async () => {
    const clock = new ManualClock();
    const kept = keptBy(clock);
    kept.forget('room');
    clock.step(stepMs);
    await clock.advance(9999);
    kept.keep('room', {});
    expect(kept.lookUp('room')).toBeNull();
    await clock.advance(1);
    kept.keep('room', {});
    expect(kept.lookUp('room')).not.toBeNull();
  });

  it('a write is laid over reads for its 5 s', async () => {
    const clock = new ManualClock();
    const written = new Written({
      clock,
      apply: (_read: { readonly name: string }, change: { readonly name: string }) => change,
    });
    written.lay('room', { name: 'new' });
    clock.step(stepMs);
    await clock.advance(WRITE_LAG_MS - 1);
    expect(written.over('room', { name: 'old' })).toEqual({ name: 'new' });
    await clock.advance(1);
    expect(written.over('room', { name: 'old' })).toEqual({ name: 'old' });
  });

  it('a pause lasts as long as the 429 said', async () => {
    await using rest = mockedRest();
    rest.answer({ status: 429, headers: { 'retry-after': '20' } });
    await rejection(rest.client.get(probe), RestRateLimitedError);
    rest.clock.step(stepMs);
    const early = await rejection(rest.client.get(probe), RestRateLimitedError);
    expect(early.retryAfterSeconds).toBe(20);
    await rest.clock.advance(15_000);
    rest.answer({ body: 1 });
    const patient = rest.client.get(probe);
    rest.clock.step(-stepMs);
    await rest.clock.advance(4999);
    expect(rest.requests).toHaveLength(1);
    await rest.clock.advance(100);
    expect(await patient).toBe(1);
  });

  it('a `Retry-After` that is a date without the `Date` of its answer is at most 120 s', async () => {
    await using rest = mockedRest();
    const retryAt = new Date(rest.clock.now() + 2000).toUTCString();
    rest.clock.step(stepMs);
    rest.answer({ status: 429, headers: { 'retry-after': retryAt } });
    const { retryAfterSeconds } = await rejection(rest.client.get(probe), RestRateLimitedError);
    expect(retryAfterSeconds).toBe(stepMs < 0 ? 120 : 1);
  });

  it('a call has its whole deadline, and its reported duration is the time that has passed', async () => {
    await using rest = mockedRest({ requestsPerSecond: 1, deadlineMs: 3000 });
    rest.answer({ body: 1 }, { body: 2 });
    const calls = [rest.client.get(probe), rest.client.post(probe)];
    await rest.clock.advance(500);
    rest.clock.step(stepMs);
    await rest.clock.advance(1000);
    expect(await Promise.all(calls)).toHaveLength(2);
    expect(rest.events.map(({ durationMs }) => durationMs)).toEqual([0, 0]);
  });

  it('the management token is valid by the new time, and renewed after 48 minutes at the latest', async () => {
    const clock = new ManualClock();
    const tokens = new ManagementToken({ ...gatewayCredentials, clock });
    const first = await tokens.get();
    clock.step(stepMs);
    const second = await tokens.get();
    const { nbf = 0, exp = 0 } = decodeJwt(second);
    const nowSeconds = clock.now() / 1000;
    expect(nbf).toBeLessThanOrEqual(nowSeconds);
    expect(exp).toBeGreaterThan(nowSeconds + 600);
    // The token survives a small step.
    if (stepMs === 120_000) expect(second).toBe(first);
    await clock.advance(48 * 60_000);
    expect(await tokens.get()).not.toBe(second);
  });

  it.each([true, false])('the answer of a readiness probe (%s) is used for 5 s', async (isReady) => {
    const clock = new ManualClock();
    let answers = isReady;
    const readiness = createReadiness(
      () => (answers ? Promise.resolve() : Promise.reject(new Error())),
      clock,
    );
    expect(await readiness()).toBe(isReady);
    answers = !isReady;
    clock.step(stepMs);
    await clock.advance(4999);
    expect(await readiness()).toBe(isReady);
    await clock.advance(1);
    expect(await readiness()).toBe(!isReady);
  });
});
