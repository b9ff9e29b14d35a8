// Calls at an instant of the wall clock, which may be set while they are waiting.
import { describe, expect, it } from 'vitest';
import { callAt } from '../../src/server/call-at.ts';
import { ManualClock } from '../support/manual-clock.ts';

const MINUTE_MS = 60_000;

/** A clock that records the delays of its timers. */
class NotingClock extends ManualClock {
  readonly waits: number[] = [];

  override schedule(callback: () => void, delayMs: number): () => void {
    this.waits.push(delayMs);
    return super.schedule(callback, delayMs);
  }
}

describe('callAt', () => {
  it('calls at the instant, and reads the clock each minute until then', async () => {
    const clock = new NotingClock();
    let calls = 0;
    callAt(clock, clock.now() + 10.5 * MINUTE_MS, () => (calls += 1));
    await clock.advance(10.5 * MINUTE_MS - 1);
    expect(calls).toBe(0);
    await clock.advance(1);
    expect(calls).toBe(1);
    expect(clock.waits).toEqual([...Array<number>(10).fill(MINUTE_MS), MINUTE_MS / 2]);
    expect(clock.pending).toBe(0);
  });

  it('waits for an instant years away, longer than one timer of Node can wait', async () => {
    const clock = new NotingClock();
    const years = 2 * 365 * 24 * 60 * MINUTE_MS;
    let calls = 0;
    callAt(clock, clock.now() + years, () => (calls += 1));
    await clock.advance(MINUTE_MS);
    expect(calls).toBe(0);
    clock.step(years - MINUTE_MS);
    await clock.advance(MINUTE_MS);
    expect(calls).toBe(1);
  });

  it('can be cancelled between two of its timers, and cancelled twice', async () => {
    const clock = new NotingClock();
    const appointment = callAt(clock, clock.now() + 10 * MINUTE_MS, () => expect.unreachable());
    await clock.advance(6 * MINUTE_MS);
    appointment.cancel();
    appointment.cancel();
    expect(clock.pending).toBe(0);
  });

  it('calls at once for an instant in the past, but not before it returns', async () => {
    const clock = new NotingClock();
    let calls = 0;
    callAt(clock, clock.now() - MINUTE_MS, () => (calls += 1));
    expect(calls).toBe(0);
    await clock.advance(0);
    expect(calls).toBe(1);
  });

  it.each([2 * MINUTE_MS, 120 * MINUTE_MS])(
    'calls within a minute when the wall clock is set forward by %i ms past the instant',
    async (stepMs) => {
      const clock = new NotingClock();
      let calls = 0;
      callAt(clock, clock.now() + stepMs, () => (calls += 1));
      clock.step(stepMs);
      await clock.advance(MINUTE_MS);
      expect(calls).toBe(1);
    },
  );

  it.each([2 * MINUTE_MS, 120 * MINUTE_MS])(
    'waits longer when the wall clock is set back by %i ms, as the instant is further away then',
    async (stepMs) => {
      const clock = new NotingClock();
      let calls = 0;
      callAt(clock, clock.now() + MINUTE_MS, () => (calls += 1));
      clock.step(-stepMs);
      await clock.advance(stepMs);
      expect(calls).toBe(0);
      await clock.advance(MINUTE_MS);
      expect(calls).toBe(1);
    },
  );

  it('calls as soon as its owner asks, once, if the instant has come', async () => {
    const clock = new NotingClock();
    let calls = 0;
    const appointment = callAt(clock, clock.now() + 10 * MINUTE_MS, () => (calls += 1));
    expect([appointment.keep(), calls]).toEqual([false, 0]);
    clock.step(10 * MINUTE_MS);
    expect([appointment.keep(), appointment.keep(), calls]).toEqual([true, true, 1]);
    expect(clock.pending).toBe(0);
  });
});
