// The budget: a token bucket in front of the REST API.
import { describe, expect, it, vi } from 'vitest';
import { momentAfter, momentAt } from '../../../src/clock.ts';
import { Budget } from '../../../src/rest/client/budget.ts';
import { Urgency, type Priority } from '../../../src/rest/client/urgency.ts';
import { RestBudgetError, RestRateLimitedError } from '../../../src/rest/errors.ts';
import { clockSteps, ManualClock, settle } from '../../support/manual-clock.ts';
import { rejection } from './support.ts';

const FOREVER = new AbortController().signal;

function setUp(requestsPerSecond: number, queueLimit?: number) {
  const clock = new ManualClock();
  const budget = new Budget({ clock, requestsPerSecond, queueLimit });
  const turns: string[] = [];
  let callers = 0;
  const take = (
    name: string,
    priority: Priority = 'query',
    deadlineMs = 1e9,
    account = `caller ${(callers += 1)}`,
  ): Promise<void> => {
    const ticket = {
      subject: { method: 'GET', route: `/${name}` },
      urgency: new Urgency(priority, account),
      deadlineAt: momentAfter(clock.moment(), deadlineMs),
    };
    // As the client does.
    const turn = budget.takeAtOnce(ticket) ? Promise.resolve() : budget.take(ticket, FOREVER);
    return turn.then(() => void turns.push(name));
  };
  const takeFor = (account: string, name: string) => take(name, 'query', 1e9, account);
  const pause = (forMs: number, ...names: string[]) => {
    for (const name of names) budget.pause(name, forMs);
  };
  return { clock, budget, turns, take, takeFor, pause };
}

describe('the budget', () => {
  it("sends one second's calls at once, then at its rate", async () => {
    const { clock, turns, take } = setUp(4);
    void Promise.all(Array.from({ length: 12 }, () => take('x')));
    await settle();
    expect(turns).toHaveLength(4);
    await clock.advance(1000);
    expect(turns).toHaveLength(8);
    await clock.advance(1000);
    expect(turns).toHaveLength(12);
    expect(clock.pending).toBe(0);
  });

  it('sends at a new pace from the moment when it is set', async () => {
    const { clock, budget, turns, take } = setUp(4);
    void Promise.all(Array.from({ length: 40 }, () => take('x')));
    budget.setPace({ requestsPerSecond: 10 });
    await clock.advance(1000);
    expect([turns.length, budget.sent]).toEqual([14, 14]);
    budget.setPace({ requestsPerSecond: 1 });
    await clock.advance(2000);
    expect(turns).toHaveLength(16);
  });

  it('keeps the tokens that fit into its new bucket, and fills it up to its size', async () => {
    const { clock, budget, turns, take } = setUp(10);
    budget.setPace({ requestsPerSecond: 1, burst: 3 });
    void Promise.all(Array.from({ length: 20 }, () => take('x')));
    await settle();
    expect(turns).toHaveLength(3);
    budget.setPace({ requestsPerSecond: 10 });
    await clock.advance(100);
    expect(turns).toHaveLength(4);
  });

  it('sends its burst once, then in each second exactly its rate', async () => {
    const { clock, turns, take } = setUp(50);
    void Promise.all(Array.from({ length: 500 }, () => take('x')));
    for (let second = 0; second < 9; second += 1) {
      await clock.advance(1000);
      expect(turns).toHaveLength(50 + 50 * (second + 1));
    }
  });

  it.each([
    ['the same caller joins', 'a'],
    ['another caller joins', 'b'],
  ])('does not look through its queue when %s calls that cannot be sent sooner', async (_what, account) => {
    const { clock, budget, take } = setUp(1, 1000);
    await take('first');
    const moment = vi.spyOn(clock, 'moment');
    const urgencies = Array.from({ length: 200 }, () => new Urgency('query', 'a'));
    for (const urgency of urgencies) {
      const ticket = { subject: { method: 'GET', route: '/x' }, urgency, deadlineAt: momentAt(1e15) };
      void budget.take(ticket, FOREVER);
    }
    moment.mockClear();
    for (const urgency of urgencies) urgency.raise('query', account);
    expect(moment.mock.calls.length).toBeLessThan(4 * urgencies.length);
    await clock.advance(1000);
    expect(budget.waiting()).toBe(199);
  });

  it('sends mutations before queries before polls, each in their order', async () => {
    const { clock, turns, take } = setUp(1);
    await take('first');
    void Promise.all([
      take('p1', 'poll'),
      take('q1', 'query'),
      take('m1', 'mutation'),
      take('p2', 'poll'),
      take('q2', 'query'),
      take('m2', 'mutation'),
    ]);
    await clock.advance(6000);
    expect(turns).toEqual(['first', 'm1', 'm2', 'q1', 'q2', 'p1', 'p2']);
  });

  it('when too many wait, refuses the newest call of the lowest priority', async () => {
    const { clock, turns, take } = setUp(1, 2);
    await take('first');
    const kept = take('kept', 'query');
    const poll = rejection(take('poll', 'poll'), RestBudgetError);
    const mutation = take('mutation', 'mutation');
    expect(await poll).toMatchObject({
      message: 'GET /poll: not sent: the queue for the upstream is full',
      retryAfterSeconds: 2,
      retryable: true,
    });
    await rejection(take('newcomer', 'query'), RestBudgetError);
    await clock.advance(2000);
    await Promise.all([kept, mutation]);
    expect(turns).toEqual(['first', 'mutation', 'kept']);
  });

  it('sends calls of different accounts in turn, however many one of them makes', async () => {
    const { clock, turns, take, takeFor } = setUp(1);
    await take('first');
    void Promise.all(['a1', 'a2', 'a3', 'a4'].map((name) => takeFor('a', name)));
    await clock.advance(1000);
    void Promise.all([takeFor('b', 'b1'), takeFor('b', 'b2'), takeFor('c', 'c1')]);
    await clock.advance(6000);
    expect(turns).toEqual(['first', 'a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4']);
  });

  it('sends a call that several accounts wait for when it is the turn of any of them', async () => {
    const { clock, budget, turns, take, takeFor } = setUp(1);
    await take('first');
    void Promise.all(['a1', 'a2'].map((name) => takeFor('a', name)));
    const urgency = new Urgency('query', 'a');
    const shared = { subject: { method: 'GET', route: '/shared' }, urgency, deadlineAt: momentAt(1e15) };
    void budget.take(shared, FOREVER).then(() => turns.push('shared'));
    await clock.advance(1000);
    urgency.raise('query', 'b');
    await clock.advance(2000);
    expect(turns).toEqual(['first', 'a1', 'shared', 'a2']);
  });

  it('keeps a quarter of its burst for accounts with few calls, without lowering its rate', async () => {
    const { clock, turns, takeFor } = setUp(40);
    void Promise.all(Array.from({ length: 200 }, () => takeFor('a', 'much')));
    await settle();
    expect(turns).toHaveLength(30);
    await clock.advance(1000);
    expect(turns).toHaveLength(70);
    void Promise.all(Array.from({ length: 10 }, () => takeFor('b', 'little')));
    await settle();
    expect(turns.filter((name) => name === 'little')).toHaveLength(10);
    // The tokens that they took from the reserve are refilled first.
    await clock.advance(250);
    expect(turns).toHaveLength(80);
    await clock.advance(3250);
    expect(turns).toHaveLength(210);
    expect(clock.pending).toBe(0);
  });

  it('gives the next token to an account with few calls, though heavy accounts wait for the reserve', async () => {
    const { clock, turns, takeFor } = setUp(40);
    void Promise.all(Array.from({ length: 200 }, () => takeFor('a', 'much')));
    void Promise.all(Array.from({ length: 11 }, () => takeFor('b', 'little')));
    await settle();
    expect(turns.filter((name) => name === 'little')).toHaveLength(10);
    await clock.advance(25);
    expect(turns.filter((name) => name === 'little')).toHaveLength(11);
    void takeFor('c', 'little');
    await clock.advance(25);
    expect(turns.filter((name) => name === 'little')).toHaveLength(12);
  });

  it('sends mutations of heavy accounts first too, even while polls could use every token', async () => {
    const { clock, budget, turns, take } = setUp(40);
    const own = (name: string) => {
      const urgency = new Urgency('poll');
      const ticket = { subject: { method: 'GET', route: `/${name}` }, urgency, deadlineAt: momentAt(1e15) };
      void budget.take(ticket, FOREVER).then(() => turns.push(name));
    };
    for (let poll = 0; poll < 100; poll += 1) own('poll');
    void Promise.all(Array.from({ length: 30 }, () => take('read', 'query', 1e9, 'busy')));
    await clock.advance(500);
    await take('change', 'mutation', 1e9, 'busy');
    expect(turns.at(-1)).toBe('change');
    expect(turns.filter((name) => name === 'poll').length).toBeLessThan(100);
  });

  it('refuses a call of the account with the most waiting calls, not of one with few', async () => {
    const { clock, turns, take, takeFor } = setUp(1, 3);
    await take('first');
    const kept = ['a1', 'a2'].map((name) => takeFor('a', name));
    const refused = rejection(takeFor('a', 'a3'), RestBudgetError);
    const modest = takeFor('b', 'b1');
    expect((await refused).message).toBe('GET /a3: not sent: the queue for the upstream is full');
    await clock.advance(3000);
    await Promise.all([...kept, modest]);
    expect(turns).toEqual(['first', 'a1', 'b1', 'a2']);
  });

  it.each(clockSteps)('keeps its rate when the wall clock is set %s', async (_what, stepMs) => {
    const { clock, turns, take } = setUp(1);
    await take('first');
    clock.step(stepMs);
    void Promise.all([take('second'), take('third')]);
    await clock.advance(1000);
    expect(turns).toEqual(['first', 'second']);
    clock.step(-stepMs);
    await clock.advance(1000);
    expect(turns).toEqual(['first', 'second', 'third']);
  });

  it('admits no call at once while another one waits, as that may be next', async () => {
    const { clock, budget, take, pause } = setUp(4);
    const ticket = {
      subject: { method: 'GET', route: '/b' },
      urgency: new Urgency('query'),
      deadlineAt: momentAfter(clock.moment(), 1000),
    };
    expect(budget.takeAtOnce(ticket)).toBe(true);
    pause(500, 'a');
    const waiting = take('a');
    expect(budget.takeAtOnce(ticket)).toBe(false);
    await clock.advance(1000);
    await waiting;
    expect(budget.takeAtOnce(ticket)).toBe(true);
  });
});

describe('a pause', () => {
  it('is followed by calls at the rate, not by one burst', async () => {
    const { clock, turns, take, pause } = setUp(10);
    pause(5000, 'x');
    void Promise.all(Array.from({ length: 20 }, () => take('x')));
    await clock.advance(4999);
    expect(turns).toEqual([]);
    await clock.advance(1);
    expect(turns).toHaveLength(1);
    await clock.advance(1000);
    expect(turns).toHaveLength(11);
  });

  it('holds back its own family of endpoints and no other', async () => {
    const { clock, turns, take, pause } = setUp(10);
    pause(45_000, 'analytics/webhooks');
    const held = Promise.all([take('analytics/webhooks/replay'), take('analytics/webhooks')]);
    await Promise.all([take('rooms'), take('analytics/events'), take('active-rooms/1/peers', 'poll')]);
    expect(turns).toEqual(['rooms', 'analytics/events', 'active-rooms/1/peers']);
    await clock.advance(44_999);
    expect(turns).toHaveLength(3);
    await clock.advance(1001);
    await held;
  });

  it('holds back every call while two families are held back', async () => {
    const { clock, turns, take, pause } = setUp(10);
    pause(45_000, 'sessions');
    pause(3000, 'rooms');
    void take('templates', 'mutation');
    await clock.advance(2999);
    expect(turns).toEqual([]);
    await clock.advance(1);
    expect(turns).toEqual(['templates']);
    void take('sessions/1');
    await clock.advance(41_999);
    expect(turns).toEqual(['templates']);
    await clock.advance(1);
    expect(turns).toEqual(['templates', 'sessions/1']);
  });

  it('does not delay the timer of calls that it does not hold back', async () => {
    const { clock, turns, take, pause } = setUp(1);
    await take('rooms');
    void take('rooms');
    void take('polls');
    pause(30_000, 'rooms');
    await clock.advance(1000);
    expect(turns).toEqual(['rooms', 'polls']);
  });

  it('lasts as long as the longest that a 429 asked for', async () => {
    const { clock, turns, take, pause } = setUp(10);
    for (const ms of [1000, 3000, 2000]) pause(ms, 'x');
    void take('x');
    await clock.advance(2999);
    expect(turns).toEqual([]);
    await clock.advance(1);
    expect(turns).toEqual(['x']);
  });

  it('is never longer than two minutes', async () => {
    const { clock, turns, take, pause } = setUp(10);
    pause(86_400_000, 'x');
    void take('x');
    await clock.advance(120_000);
    expect(turns).toEqual(['x']);
  });

  it('refuses the calls of its family that it would keep beyond their deadline', async () => {
    const { clock, budget, turns, take, pause } = setUp(1);
    await take('x/first');
    const early = rejection(take('x/early', 'mutation', 10_000), RestRateLimitedError);
    const patient = take('x/patient', 'poll', 60_000);
    pause(30_000, 'x');
    expect((await early).retryAfterSeconds).toBe(30);
    await clock.advance(15_000);
    const late = await rejection(take('x/late', 'query', 10_000), RestRateLimitedError);
    expect(late.retryAfterSeconds).toBe(15);
    await clock.advance(15_000);
    await patient;
    expect(turns).toEqual(['x/first', 'x/patient']);
    expect(budget.waiting()).toBe(0);
  });
});
