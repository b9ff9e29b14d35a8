// The client without a network: concurrent calls, and calls that wait for the budget.
import { describe, expect, it } from 'vitest';
import { RestError } from '../../../src/rest/errors.ts';
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

  it('are never merged with a write, nor writes with one another', async () => {
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

  it('ends at its deadline', async () => {
    await using rest = mockedRest({ requestsPerSecond: 0.01, deadlineMs: 500 });
    rest.answer({ body: 1 });
    await rest.client.get(probe);
    const waiting = rejection(rest.client.get(probe), RestError);
    await rest.clock.advance(500);
    expect((await waiting).message).toBe('GET /probe: not answered within 500 ms');
  });

  it('goes before less urgent ones, and makes the read that it joins as urgent as itself', async () => {
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
