// When a client is pinged, and when it is cut.
import { expect, test } from 'vitest';
import { Pulse } from '../../../src/server/socket/pulse.ts';

/** A period without frames. */
function quietPeriod(pulse: Pulse): unknown {
  pulse.soon();
  return pulse.beat();
}

test('a client that gets no frames is pinged in each period, as long as it answers', () => {
  const pulse = new Pulse();
  for (let period = 0; period < 3; period += 1) {
    expect(quietPeriod(pulse)).toBe('ping');
    pulse.answered();
  }
});

test('a client that does not answer by the next ping is cut', () => {
  const pulse = new Pulse();
  expect(quietPeriod(pulse)).toBe('ping');
  expect(quietPeriod(pulse)).toBe('cut');
});

test('a ping goes along with frames once in a period, when it is due soon', () => {
  const pulse = new Pulse();
  expect(pulse.goesAlong()).toBe(false);
  pulse.soon();
  expect([pulse.goesAlong(), pulse.goesAlong()]).toEqual([true, false]);
  pulse.answered();
  expect(pulse.beat()).toBe('nothing');
  expect(pulse.goesAlong()).toBe(false);
  expect(quietPeriod(pulse)).toBe('ping');
});

test('a client has a whole period to answer a ping that went along', () => {
  const pulse = new Pulse();
  pulse.soon();
  pulse.goesAlong();
  expect(pulse.beat()).toBe('nothing');
  pulse.soon();
  expect(pulse.goesAlong()).toBe(false);
  expect(pulse.beat()).toBe('cut');
});
