// The circuit breaker of one family: when it opens, what it lets through, and when it closes.
import { describe, expect, it } from 'vitest';
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

describe('objects that fail while others are answered', () => {
  const room = (id: number) => ({
    subject: { route: '/active-rooms/{room_id}/peers' },
    target: `/v2/active-rooms/${id}/peers?limit=100`,
  });
  const list = { subject: { route: '/active-rooms' }, target: '/v2/active-rooms?limit=10' };

  /** Polls of these rooms fail, each once a second for so many seconds, spread over the second. */
  async function failRooms({ breaker, clock }: ReturnType<typeof setUp>, ids: number[], seconds: number) {
    for (let second = 0; second < seconds; second += 1) {
      for (const id of ids) {
        await clock.advance(1000 / ids.length);
        breaker.conclude(breaker.admit(), 'failed', room(id));
      }
    }
  }
  const many = Array.from({ length: 50 }, (_, id) => id);

  it('do not open it, however many they are, while a room that works is polled each 10 s', async () => {
    const up = setUp();
    // They broke one after another, as others were answered.
    for (const id of many) {
      up.breaker.conclude(up.breaker.admit(), 'failed', room(id));
      up.breaker.conclude(up.breaker.admit(), 'answered', room(1000));
    }
    for (let poll = 0; poll < 3; poll += 1) {
      await failRooms(up, many, 10);
      up.breaker.conclude(up.breaker.admit(), 'answered', room(1000));
    }
    expect(up.states).toEqual([]);
  });

  it('open it at most once if all broke at the same time', async () => {
    const up = setUp();
    await failRooms(up, many, 2);
    expect(up.breaker.state).toBe('open');
    await up.clock.advance(BREAKER_PERIOD_MS);
    up.breaker.conclude(up.breaker.admit(), 'answered', room(1000));
    await failRooms(up, many, 20);
    expect(up.breaker.state).toBe('closed');
  });

  it('do not hide an outage: lists and rooms that worked open it as before', async () => {
    const up = setUp();
    await failRooms(up, many, 1);
    up.breaker.conclude(up.breaker.admit(), 'answered', list);
    await failRooms(up, [...many, 100, 101, 102, 103, 104], 2);
    expect(up.breaker.state).toBe('open');
    await up.clock.advance(BREAKER_PERIOD_MS);
    up.breaker.conclude(up.breaker.admit(), 'answered', list);
    for (let time = 0; time < 5; time += 1) {
      await up.clock.advance(250);
      up.breaker.conclude(up.breaker.admit(), 'failed', list);
    }
    expect(up.breaker.state).toBe('open');
  });

  it('open it when nothing at all was answered for half a minute', async () => {
    const up = setUp();
    up.breaker.conclude(up.breaker.admit(), 'failed', room(1));
    up.breaker.conclude(up.breaker.admit(), 'answered', list);
    await failRooms(up, [1], 30);
    expect(up.breaker.state).toBe('closed');
    await failRooms(up, [1], 1);
    expect(up.breaker.state).toBe('open');
  });

  it('count again when they have been answered, and two minutes after their last failure', async () => {
    const up = setUp();
    const five = many.slice(0, 5);
    await failRooms(up, many.slice(0, 4), 1);
    up.breaker.conclude(up.breaker.admit(), 'answered', list);
    for (const id of five) up.breaker.conclude(up.breaker.admit(), 'answered', room(id));
    await failRooms(up, five, 2);
    expect(up.breaker.state).toBe('open');
    await up.clock.advance(BREAKER_PERIOD_MS);
    up.breaker.conclude(up.breaker.admit(), 'answered', list);
    await up.clock.advance(120_000);
    await failRooms(up, five, 2);
    expect(up.breaker.state).toBe('open');
  });
});
