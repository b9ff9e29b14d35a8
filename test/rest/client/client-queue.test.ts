// The client without a network: concurrent calls, and calls that wait for the budget.
import { describe, expect, it } from 'vitest';
import {
  RestAbortedError,
  RestBudgetError,
  RestError,
  RestRateLimitedError,
  RestUnavailableError,
} from '../../../src/rest/errors.ts';
import { getRoom } from '../../../src/rest/rooms/rooms.ts';
import { settle } from '../../support/manual-clock.ts';
import { anything, mockedRest, rejection } from './support.ts';

const probe = { route: '/probe', shape: anything };
const ROOM = { id: 'r1', name: 'one' };

describe('reads at the same time', () => {
  it('that are identical are one request with one answer, counted for the first caller', async () => {
    await using rest = mockedRest();
    rest.answer({ body: ROOM });
    const calls: number[] = [];
    const answers = await Promise.all(
      [1, 2, 3].map((caller) => getRoom(rest.client, 'r1', { onCall: () => calls.push(caller) })),
    );
    expect(answers).toEqual([ROOM, ROOM, ROOM]);
    expect(calls).toEqual([1]);
  });

  it('are never shared with a write, nor writes with one another', async () => {
    await using rest = mockedRest();
    rest.answer({ body: 1 }, { body: 2 }, { body: 3 });
    await Promise.all([rest.client.post(probe), rest.client.post(probe), rest.client.get(probe)]);
    expect(rest.requests).toHaveLength(3);
  });

  it('that began before a write ended are not joined by later reads', async () => {
    await using rest = mockedRest({ requestsPerSecond: 1 });
    rest.answer({ body: ['written'] }, { body: ['before'] }, { body: ['after'] });
    const write = rest.client.post(probe);
    const before = rest.client.get(probe);
    await write;
    const after = rest.client.get(probe);
    await rest.clock.advance(2000);
    expect([await before, await after]).toEqual([['before'], ['after']]);
  });
});

describe('a call that waits for the budget', () => {
  it('ends without a request when its caller aborts', async () => {
    await using rest = mockedRest({ requestsPerSecond: 1 });
    rest.answer({ body: 1 });
    await rest.client.get(probe);
    const caller = new AbortController();
    const waiting = rejection(rest.client.get(probe, { signal: caller.signal }), RestError);
    await settle();
    caller.abort(new Error('gone'));
    expect((await waiting).name).toBe('RestAbortedError');
    await rest.clock.advance(60_000);
    expect(rest.requests).toHaveLength(1);
    expect(rest.clock.pending).toBe(0);
  });

  it('is refused when its turn has not come in time', async () => {
    await using rest = mockedRest({ requestsPerSecond: 0.01, queueMs: 500 });
    rest.answer({ body: 1 });
    await rest.client.get(probe);
    const waiting = rejection(rest.client.get(probe), RestBudgetError);
    await rest.clock.advance(500);
    expect((await waiting).message).toBe('GET /probe: not sent: its turn did not come in time');
  });

  it('is sent before less urgent ones, and makes the read that it joins as urgent as itself', async () => {
    await using rest = mockedRest({ requestsPerSecond: 1 });
    rest.answer({ body: 0 }, ...[1, 2, 3, 4].map((body) => ({ body })));
    await rest.client.get(probe);
    const read = (name: string, priority: 'poll' | 'query') =>
      rest.client.get({ ...probe, query: { name } }, { priority });
    const all = [
      read('poll', 'poll'),
      read('joined', 'poll'),
      read('query', 'query'),
      rest.client.post(probe),
    ];
    await settle();
    all.push(read('joined', 'query'));
    await rest.clock.advance(5000);
    await Promise.all(all);
    expect(rest.requests.slice(1).map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v2/probe',
      'GET /v2/probe?name=joined',
      'GET /v2/probe?name=query',
      'GET /v2/probe?name=poll',
    ]);
  });
});

describe('a patient call', () => {
  const poll = { priority: 'poll', isPatient: true } as const;

  it('waits for its turn beyond its deadline, which begins when it may be sent', async () => {
    await using rest = mockedRest({ requestsPerSecond: 0.01, queueMs: 500 });
    rest.answer({ body: 1 }, { body: 2 });
    await rest.client.get(probe);
    const waiting = rest.client.get(probe, poll);
    await rest.clock.advance(100_000);
    expect(await waiting).toBe(2);
  });

  it('is not refused by a full queue, and takes no place from others in it', async () => {
    await using rest = mockedRest({ requestsPerSecond: 1, queueMs: 60_000 });
    rest.answer(...Array.from({ length: 31 }, (_, body) => ({ body })));
    await rest.client.get(probe);
    const patient = Array.from({ length: 20 }, () => rest.client.get(probe, { ...poll, fresh: true }));
    const queries = Array.from({ length: 10 }, () => rest.client.get(probe, { fresh: true }));
    const refused = rejection(rest.client.get(probe, { fresh: true }), RestBudgetError);
    await refused;
    await rest.clock.advance(31_000);
    expect(await Promise.all([...queries, ...patient])).toHaveLength(30);
  });

  it('is refused when the upstream asks for a pause longer than the deadline, however long it has waited', async () => {
    await using rest = mockedRest({ requestsPerSecond: 0.01, queueMs: 5000 });
    const tooMany = (seconds: number) => ({ status: 429, headers: { 'retry-after': String(seconds) } });
    rest.answer(tooMany(4), tooMany(60));
    await rejection(rest.client.get(probe), RestRateLimitedError);
    const waiting = rest.client.get(probe, poll);
    const failed = rejection(waiting, RestRateLimitedError);
    await rest.clock.advance(99_000);
    expect(rest.requests).toHaveLength(1);
    await rest.clock.advance(2000);
    await failed;
    await rejection(rest.client.get(probe, poll), RestRateLimitedError);
    expect(rest.requests).toHaveLength(2);
  });
});

describe('a permit', () => {
  it('is a turn in the budget, which one later call uses', async () => {
    await using rest = mockedRest({ requestsPerSecond: 2 });
    rest.answer({ body: 0 }, { body: 1 }, { body: 2 });
    const first = await rest.client.permit('GET', '/probe', {});
    expect(await rest.client.get(probe, { permit: first, isPatient: true, fresh: true })).toBe(0);
    const permit = await rest.client.permit('GET', '/probe', {});
    expect(await rest.client.get(probe, { permit, fresh: true })).toBe(1);
    const second = rest.client.get(probe, { permit, fresh: true });
    await settle();
    expect(rest.requests).toHaveLength(2);
    await rest.clock.advance(1000);
    expect(await second).toBe(2);
  });

  it('is not given to a caller who aborts, nor to any caller once the client is closed', async () => {
    await using rest = mockedRest({ requestsPerSecond: 0.01 });
    await rest.client.permit('GET', '/probe', {});
    const caller = new AbortController();
    const left = rejection(rest.client.permit('GET', '/probe', { signal: caller.signal }), RestAbortedError);
    const closed = rejection(rest.client.permit('GET', '/probe', {}), RestUnavailableError);
    caller.abort(new Error('gone'));
    await left;
    expect(rest.client.waiting('query')).toBe(1);
    await rest.client.close();
    await closed;
    expect(rest.client.waiting('query')).toBe(0);
  });
});
