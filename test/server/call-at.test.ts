// Timers for instants that are further away than one timer of Node can wait.
import { describe, expect, it } from 'vitest';
import { callAt } from '../../src/server/call-at.ts';
import { ManualClock } from '../support/manual-clock.ts';

const DAY_MS = 86_400_000;

/** A clock that notes how long it is asked to wait. */
class NotingClock extends ManualClock {
  readonly waits: number[] = [];

  override schedule(callback: () => void, delayMs: number): () => void {
    this.waits.push(delayMs);
    return super.schedule(callback, delayMs);
  }
}

describe('callAt', () => {
  it('never schedules a longer delay than a timer of Node can wait', async () => {
    const clock = new NotingClock();
    let calls = 0;
    callAt(clock, clock.now() + 100 * DAY_MS, () => (calls += 1));
    await clock.advance(100 * DAY_MS - 1);
    expect(calls).toBe(0);
    await clock.advance(1);
    expect(calls).toBe(1);
    expect(clock.waits).toHaveLength(5);
    expect(Math.max(...clock.waits)).toBeLessThan(2 ** 31);
  });

  it('can be cancelled between two of its timers, and cancelled twice', async () => {
    const clock = new NotingClock();
    const cancel = callAt(clock, clock.now() + 100 * DAY_MS, () => expect.unreachable());
    await clock.advance(60 * DAY_MS);
    cancel();
    cancel();
    expect(clock.pending).toBe(0);
  });

  it('calls at once for an instant in the past', async () => {
    const clock = new NotingClock();
    let calls = 0;
    callAt(clock, clock.now() - DAY_MS, () => (calls += 1));
    await clock.advance(0);
    expect(calls).toBe(1);
  });
});
