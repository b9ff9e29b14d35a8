// Time limits by one timer for each length.
import { describe, expect, it } from 'vitest';
import { Deadlines } from '../../src/server/deadlines.ts';
import { ManualClock } from '../support/manual-clock.ts';

function setUp() {
  const clock = new ManualClock();
  const late: string[] = [];
  const deadlines = new Deadlines(clock);
  const after = (limitMs: number, name: string) => deadlines.after(limitMs, () => late.push(name));
  return { clock, late, after };
}

describe('deadlines', () => {
  it('are kept to the millisecond, also if others began between them', async () => {
    const { clock, late, after } = setUp();
    after(100, 'a');
    await clock.advance(40);
    after(100, 'b');
    after(30, 'short');
    await clock.advance(29);
    expect(late).toEqual([]);
    await clock.advance(1);
    expect(late).toEqual(['short']);
    await clock.advance(30);
    expect(late).toEqual(['short', 'a']);
    await clock.advance(39);
    expect(late).toEqual(['short', 'a']);
    await clock.advance(1);
    expect(late).toEqual(['short', 'a', 'b']);
  });

  it('that are cancelled, once or twice, are not called, and the others are', async () => {
    const { clock, late, after } = setUp();
    const cancels = ['a', 'b', 'c'].map((name) => after(100, name));
    for (const cancel of [cancels[0], cancels[2], cancels[2]]) cancel?.();
    await clock.advance(100);
    expect(late).toEqual(['b']);
    after(100, 'later');
    await clock.advance(100);
    expect(late).toEqual(['b', 'later']);
  });

  it('may be set while one is over', async () => {
    const clock = new ManualClock();
    const deadlines = new Deadlines(clock);
    const late: number[] = [];
    deadlines.after(10, () => {
      late.push(1);
      deadlines.after(10, () => late.push(2));
    });
    await clock.advance(10);
    expect(late).toEqual([1]);
    await clock.advance(10);
    expect(late).toEqual([1, 2]);
  });
});
