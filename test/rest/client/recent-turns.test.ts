// Heavy accounts: those with many turns in this or the previous second.
import { expect, it } from 'vitest';
import { RecentTurns } from '../../../src/rest/client/recent-turns.ts';
import { clockSteps, ManualClock } from '../../support/manual-clock.ts';

function setUp() {
  const clock = new ManualClock();
  const recent = new RecentTurns(clock);
  recent.many = 2;
  const take = (account: string, turns: number) => {
    for (let turn = 0; turn < turns; turn += 1) recent.note(account);
  };
  return { clock, recent, take };
}

it('an account is heavy if it has had more turns than allowed in this second or the one before', async () => {
  const { clock, recent, take } = setUp();
  take('a', 3);
  take('b', 2);
  expect(['a', 'b', 'c'].map((account) => recent.isHeavy(account))).toEqual([true, false, false]);
  await clock.advance(1500);
  expect(recent.isHeavy('a')).toBe(true);
});

it('an account is no longer heavy after a second with few turns, though others go on', async () => {
  const { clock, recent, take } = setUp();
  take('a', 3);
  for (let half = 0; half < 5; half += 1) {
    await clock.advance(500);
    take('b', 3);
  }
  expect([recent.isHeavy('a'), recent.isHeavy('b')]).toEqual([false, true]);
});

it.each(clockSteps)(
  'an account stays heavy for two windows, also when the wall clock is set %s',
  async (_what, stepMs) => {
    const { clock, recent, take } = setUp();
    take('a', 3);
    clock.step(stepMs);
    await clock.advance(999);
    expect(recent.isHeavy('a')).toBe(true);
    await clock.advance(1001);
    expect(recent.isHeavy('a')).toBe(false);
  },
);
