// The circuit breaker of one family: when it opens, what it lets through, and when it closes.
import { expect, it } from 'vitest';
import { Breaker, BREAKER_PERIOD_MS } from '../../../src/rest/client/breaker.ts';
import { clockSteps, ManualClock } from '../../support/manual-clock.ts';

function setUp() {
  const clock = new ManualClock();
  const states: string[] = [];
  const breaker = new Breaker({ clock, onChange: (state) => states.push(state) });
  /** So many calls fail within a second, the last one at its end. */
  const fail = async (times: number) => {
    for (let time = 0; time < times; time += 1) {
      if (time === times - 1) await clock.advance(1000);
      breaker.conclude(breaker.admit(), 'failed');
    }
  };
  return { clock, states, breaker, fail };
}

it('five failures in a row open it, four and an answer do not', async () => {
  const { breaker, fail, states } = setUp();
  await fail(4);
  breaker.conclude(breaker.admit(), 'answered');
  await fail(4);
  expect(breaker.state).toBe('closed');
  breaker.conclude(breaker.admit(), 'unknown');
  await fail(1);
  expect([breaker.state, breaker.refuses, breaker.admit()]).toEqual(['open', true, null]);
  expect(states).toEqual(['open']);
});

it('many failures within less than a second do not open it', async () => {
  const { breaker, clock } = setUp();
  for (let time = 0; time < 100; time += 1) breaker.conclude(breaker.admit(), 'failed');
  await clock.advance(999);
  breaker.conclude(breaker.admit(), 'failed');
  expect(breaker.admit()).toBe('call');
  await clock.advance(1);
  breaker.conclude(breaker.admit(), 'failed');
  expect(breaker.admit()).toBeNull();
});

it('one probe a period is let through, and its answer closes it', async () => {
  const { breaker, fail, clock, states } = setUp();
  await fail(5);
  await clock.advance(BREAKER_PERIOD_MS - 1);
  expect(breaker.admit()).toBeNull();
  await clock.advance(1);
  expect([breaker.admit(), breaker.admit()]).toEqual(['probe', null]);
  breaker.conclude('probe', 'failed');
  expect([breaker.state, breaker.admit()]).toEqual(['open', null]);
  await clock.advance(BREAKER_PERIOD_MS);
  expect(breaker.admit()).toBe('probe');
  breaker.conclude('probe', 'answered');
  expect([breaker.state, breaker.admit(), clock.pending]).toEqual(['closed', 'call', 0]);
  expect(states).toEqual(['open', 'half-open', 'open', 'half-open', 'closed']);
});

it('a probe that hangs for a period does not put off the next one', async () => {
  const { breaker, fail, clock } = setUp();
  await fail(5);
  await clock.advance(BREAKER_PERIOD_MS);
  expect(breaker.admit()).toBe('probe');
  await clock.advance(BREAKER_PERIOD_MS);
  expect(breaker.admit()).toBeNull();
  breaker.conclude('probe', 'failed');
  expect(breaker.admit()).toBe('probe');
});

it('a probe whose caller leaves gives its place to the next call', async () => {
  const { breaker, fail, clock } = setUp();
  await fail(5);
  await clock.advance(BREAKER_PERIOD_MS);
  breaker.conclude(breaker.admit(), 'unknown');
  expect([breaker.admit(), breaker.state]).toEqual(['probe', 'half-open']);
});

it('a call of before it opened closes it by an answer, and changes nothing by a failure', async () => {
  const { breaker, fail, clock } = setUp();
  const early = [breaker.admit(), breaker.admit()] as const;
  await fail(5);
  await clock.advance(BREAKER_PERIOD_MS - 1);
  breaker.conclude(early[0], 'failed');
  await clock.advance(1);
  expect(breaker.admit()).toBe('probe');
  breaker.conclude(early[1], 'answered');
  expect(breaker.admit()).toBe('call');
  // The probe comes too late to matter.
  breaker.conclude('probe', 'failed');
  expect(breaker.state).toBe('closed');
});

it.each(clockSteps)(
  'it is open for one period, also when the wall clock is set %s',
  async (_what, stepMs) => {
    const { breaker, fail, clock } = setUp();
    await fail(5);
    clock.step(stepMs);
    expect(breaker.admit()).toBeNull();
    await clock.advance(BREAKER_PERIOD_MS);
    expect(breaker.admit()).toBe('probe');
  },
);
