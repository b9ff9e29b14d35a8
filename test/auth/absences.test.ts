// The memory of participants who were found not to be in their room.
import { expect, test } from 'vitest';
import { Absences } from '../../src/auth/absences.ts';
import { clockSteps, ManualClock } from '../support/manual-clock.ts';

const ada = { roomId: 'one', userId: 'ada' };

function remembered() {
  const clock = new ManualClock();
  const absences = new Absences(clock);
  absences.remember(ada, clock.moment());
  return { clock, absences };
}

test('an absence is remembered for a second from the request that found it', async () => {
  const { clock, absences } = remembered();
  const askedAt = clock.moment();
  await clock.advance(999);
  expect(absences.has(ada)).toBe(true);
  await clock.advance(1);
  expect(absences.has(ada)).toBe(false);
  absences.remember(ada, askedAt);
  expect(absences.has(ada)).toBe(false);
});

test.each(clockSteps)('a wall clock that is set %s changes nothing', async (_what, stepMs) => {
  const { clock, absences } = remembered();
  clock.step(stepMs);
  expect(absences.has(ada)).toBe(true);
  await clock.advance(1000);
  expect(absences.has(ada)).toBe(false);
});

test.each([
  ['another user of the room', { roomId: 'one', userId: 'eve' }],
  ['the same user in another room', { roomId: 'two', userId: 'ada' }],
  ['ids that make the same text', { roomId: 'on', userId: 'eada' }],
  ['ids with quotes', { roomId: 'one","ada', userId: '' }],
])('%s is not remembered', (_what, other) => {
  expect(remembered().absences.has(other)).toBe(false);
});

test('an absence that was forgotten is looked up again', () => {
  const { absences } = remembered();
  absences.forget(ada);
  expect(absences.has(ada)).toBe(false);
});

test('beyond 10,000 absences the one that was requested longest ago is forgotten', () => {
  const { clock, absences } = remembered();
  const eve = { roomId: 'one', userId: 'eve' };
  absences.remember(eve, clock.moment());
  expect(absences.has(ada)).toBe(true);
  for (let user = 0; user < 9999; user += 1) {
    absences.remember({ roomId: 'one', userId: `${'long '.repeat(100)}${user}` }, clock.moment());
  }
  expect([absences.has(ada), absences.has(eve)]).toEqual([true, false]);
});
