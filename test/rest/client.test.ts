// The client by itself: what it sends, and what it makes of each kind of answer. No network.
import { inspect } from 'node:util';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import {
  RestBadResponseError,
  RestBodyTooLargeError,
  RestError,
  RestNotFoundError,
  RestRateLimitedError,
  RestRefusedError,
  RestUnauthorizedError,
  RestUnavailableError,
} from '../../src/rest/errors.ts';
import { getRoom } from '../../src/rest/rooms.ts';
import { nothing } from '../../src/rest/shapes.ts';
import { settle } from '../support/manual-clock.ts';
import { CANARY } from '../support/canary.ts';
import { anything, mockedRest, rejection } from './support.ts';

const probe = { route: '/probe', shape: anything };
const ROOM = { id: 'r1', name: 'one' };

describe('a request', () => {
  it('puts each value into one segment of the path, whatever it holds', async () => {
    await using rest = mockedRest();
    rest.answer({ body: {} });
    await rest.client.get({
      route: '/templates/{template_id}/roles/{role_name}',
      path: { template_id: 'a/b?c#d', role_name: '../x %2e' },
      shape: anything,
    });
    expect(rest.requests[0]?.path).toBe('/v2/templates/a%2Fb%3Fc%23d/roles/..%2Fx%20%252e');
  });

  it.each(['', '.', '..', 'lone \ud800 surrogate'])('is not sent with the path segment %j', async (value) => {
    await using rest = mockedRest();
    const error = await rejection(getRoom(rest.client, value), RestRefusedError);
    expect(error.message).toBe('GET /rooms/{room_id}: not sent, its room_id fits in no path');
    expect(rest.requests).toEqual([]);
  });

  it('is not sent when a value of its path is missing', async () => {
    await using rest = mockedRest();
    await rejection(rest.client.get({ route: '/rooms/{room_id}', shape: anything }), RestRefusedError);
  });

  it('leaves out of the query what is absent and encodes the rest', async () => {
    await using rest = mockedRest();
    rest.answer({ body: {} });
    const query = { enabled: false, name: 'a&b=c', start: undefined, after: null, limit: 10 };
    await rest.client.get({ ...probe, query });
    expect(rest.requests[0]?.path).toBe('/v2/probe?enabled=false&name=a%26b%3Dc&limit=10');
  });

  it('carries a short-lived management token, back-dated by a minute', async () => {
    await using rest = mockedRest();
    rest.answer({ body: {} });
    await rest.client.get(probe);
    const token = rest.requests[0]?.headers['authorization']?.replace('Bearer ', '') ?? '';
    const now = rest.clock.now() / 1000;
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(decodeJwt(token)).toEqual({
      access_key: 'sandbox',
      type: 'management',
      version: 2,
      jti: expect.stringMatching(/^[\da-f-]{36}$/),
      iat: now - 60,
      nbf: now - 60,
      exp: now + 3600,
    });
  });

  it('sends a body as JSON when it has one', async () => {
    await using rest = mockedRest();
    rest.answer({ body: {} }, { body: {} });
    await rest.client.post({ ...probe, body: { name: 'é' } });
    await rest.client.post(probe);
    expect(rest.requests.map(({ method, body }) => [method, body])).toEqual([
      ['POST', '{"name":"é"}'],
      ['POST', null],
    ]);
  });

  it('counts as a call of its caller each time that it leaves', async () => {
    await using rest = mockedRest();
    rest.answer({ status: 401 }, { body: {} });
    let calls = 0;
    await rest.client.get(probe, { onCall: () => (calls += 1) });
    expect(calls).toBe(2);
  });
});

describe('an answer', () => {
  it('is given as received', async () => {
    await using rest = mockedRest();
    rest.answer({ body: { ...ROOM, unheard_of: [1] } });
    expect(await getRoom(rest.client, 'r1')).toEqual({ ...ROOM, unheard_of: [1] });
  });

  it('of status 204 has no body and needs none', async () => {
    await using rest = mockedRest();
    rest.answer({ status: 204 });
    expect(await rest.client.delete({ route: '/probe', shape: nothing })).toBeUndefined();
  });

  it.each([
    [
      'another shape',
      { body: { id: 'r1' } },
      "answered in another shape: the answer must have required property 'name'",
    ],
    ['another type', { body: [ROOM] }, 'answered in another shape: the answer must be object'],
    ['null', { body: 'null' }, 'answered in another shape: the answer must be object'],
    [
      'a null for what is essential',
      { body: { ...ROOM, id: null } },
      'answered in another shape: /id must be string',
    ],
    ['nothing', {}, 'answered in another shape: the answer is empty'],
    ['no content', { status: 204 }, 'answered in another shape: the answer is empty'],
    ['a cut JSON', { body: '{"id":"r1","na' }, 'answered with broken JSON'],
    ['HTML that says it is JSON', { body: '<html>' }, 'answered with broken JSON'],
    [
      'HTML',
      { body: '<html>', headers: { 'content-type': 'text/html' } },
      'answered with something that is not JSON',
    ],
    [
      'an encoding that was not asked for',
      { body: ROOM, headers: { 'content-encoding': 'gzip' } },
      'answered with something that is not JSON',
    ],
    [
      'a redirect',
      { status: 302, headers: { location: 'https://elsewhere.test' } },
      'answered 302, which is not followed',
    ],
  ])('that is %s is a bad response', async (_, reply, what) => {
    await using rest = mockedRest();
    rest.answer(reply);
    const error = await rejection(getRoom(rest.client, 'r1'), RestBadResponseError);
    expect(error.message).toBe(`GET /rooms/{room_id}: ${what}`);
    expect(rest.requests).toHaveLength(1);
  });

  it('in JSON passes as plain text too, or without a type', async () => {
    await using rest = mockedRest();
    rest.answer(
      { body: ROOM, headers: { 'content-type': 'text/plain; charset=utf-8' } },
      { body: ROOM, headers: { 'content-type': '' } },
    );
    expect(await getRoom(rest.client, 'r1')).toEqual(ROOM);
    expect(await getRoom(rest.client, 'r1')).toEqual(ROOM);
  });

  it('beyond the cap is an error of its own', async () => {
    await using rest = mockedRest({ maxBodyBytes: 100 });
    rest.answer({ body: { ...ROOM, description: 'x'.repeat(100) } }, { body: ROOM });
    const error = await rejection(getRoom(rest.client, 'r1'), RestBodyTooLargeError);
    expect(error.message).toBe('GET /rooms/{room_id}: answered with more than 100 bytes');
    expect(await getRoom(rest.client, 'r1')).toEqual(ROOM);
  });
});

describe('a refusal', () => {
  const said = { code: 400, message: 'Invalid body param', details: ['size', 'region', 7] };

  it.each([
    [400, 'RestRefusedError', false],
    [403, 'RestForbiddenError', false],
    [404, 'RestNotFoundError', false],
    [422, 'RestRefusedError', false],
    [429, 'RestRateLimitedError', true],
    [500, 'RestUnavailableError', true],
    [503, 'RestUnavailableError', true],
  ])('of status %i is a %s', async (status, name, retryable) => {
    await using rest = mockedRest();
    rest.answer({ status, body: said, headers: { 'x-request-id': 'req-1' } });
    const error = await rejection(getRoom(rest.client, 'r1'), RestError);
    expect(error).toMatchObject({
      name,
      message: `GET /rooms/{room_id}: answered ${status}`,
      method: 'GET',
      route: '/rooms/{room_id}',
      status,
      vendorCode: 400,
      vendorMessage: 'Invalid body param',
      details: ['size', 'region'],
      requestId: 'req-1',
      retryable,
    });
    expect(rest.requests).toHaveLength(1);
  });

  it('is told by its status alone where its body says nothing', async () => {
    await using rest = mockedRest();
    rest.answer({ status: 502, body: '<html>', headers: { 'content-type': 'text/html' } });
    const error = await rejection(rest.client.get(probe), RestUnavailableError);
    expect([error.vendorCode, error.vendorMessage, error.details]).toEqual([undefined, undefined, undefined]);
  });

  it('of the older shape gives its description as a detail', async () => {
    await using rest = mockedRest();
    rest.answer({ status: 404, body: { code: 404, message: 'no', data: { description: 'room not found' } } });
    expect((await rejection(rest.client.get(probe), RestNotFoundError)).details).toEqual(['room not found']);
  });

  it('keeps its status when its body is beyond reason', async () => {
    await using rest = mockedRest();
    rest.answer({ status: 500, body: { message: 'x'.repeat(100_000) } });
    expect((await rejection(rest.client.get(probe), RestUnavailableError)).vendorMessage).toBeUndefined();
  });

  it('shows no more than 500 characters of what the vendor says, and no token in it', async () => {
    await using rest = mockedRest();
    rest.answer({ status: 401 }, { status: 400, body: { message: 'x'.repeat(2000) } });
    expect((await rejection(rest.client.get(probe), RestRefusedError)).vendorMessage).toHaveLength(500);
    const token = rest.requests[0]?.headers['authorization'] ?? '';
    rest.answer({ status: 400, body: { message: `you sent ${token}` } });
    const { vendorMessage } = await rejection(rest.client.get(probe), RestRefusedError);
    expect(vendorMessage).toBe('you sent Bearer [token]');
  });
});

describe('a 401', () => {
  it('has the token minted anew and the call repeated, once', async () => {
    await using rest = mockedRest();
    rest.answer({ status: 401 }, { body: { fine: true } });
    expect(await rest.client.post(probe)).toEqual({ fine: true });
    const [first, second] = rest.requests.map(({ headers }) => headers['authorization']);
    expect(second).not.toBe(first);
  });

  it('that comes again is an error', async () => {
    await using rest = mockedRest();
    rest.answer({ status: 401 }, { status: 401, body: { code: 401, message: 'Token validation error' } });
    const error = await rejection(rest.client.get(probe), RestUnauthorizedError);
    expect(error).toMatchObject({ status: 401, retryable: false, vendorMessage: 'Token validation error' });
  });

  it("teaches how far the upstream's clock is from ours", async () => {
    await using rest = mockedRest();
    const upstreamNow = rest.clock.now() + 7_200_000;
    rest.answer({ status: 401, headers: { date: new Date(upstreamNow).toUTCString() } }, { body: {} });
    await rest.client.get(probe);
    const token = rest.requests[1]?.headers['authorization']?.replace('Bearer ', '') ?? '';
    expect(decodeJwt(token)).toMatchObject({ nbf: upstreamNow / 1000 - 60, exp: upstreamNow / 1000 + 3600 });
  });

  it('of many calls at once has one token minted', async () => {
    await using rest = mockedRest();
    rest.answer(...Array.from({ length: 5 }, () => ({ status: 401 })));
    rest.answer(...Array.from({ length: 5 }, () => ({ body: {} })));
    await Promise.all([1, 2, 3, 4, 5].map((limit) => rest.client.get({ ...probe, query: { limit } })));
    const tokens = rest.requests.map(({ headers }) => headers['authorization']);
    expect(new Set(tokens.slice(0, 5)).size).toBe(1);
    expect(new Set(tokens.slice(5)).size).toBe(1);
    expect(new Set(tokens).size).toBe(2);
  });
});

describe('a 429', () => {
  const paused = async (reply: { headers?: Record<string, string>; body?: unknown }): Promise<number> => {
    await using rest = mockedRest();
    rest.answer({ status: 429, ...reply });
    return (await rejection(rest.client.get(probe), RestRateLimitedError)).retryAfterSeconds;
  };

  it.each([
    ['in seconds', { headers: { 'retry-after': '7' } }, 7],
    [
      "as a date, by the upstream's clock",
      {
        headers: {
          'retry-after': 'Thu, 12 Mar 2020 00:00:30 GMT',
          date: 'Thu, 12 Mar 2020 00:00:00 GMT',
        },
      },
      30,
    ],
    ['in its text', { body: { code: 429, message: 'rate limit exceeded, retry after 45 seconds' } }, 45],
    ['in its text, in minutes', { body: { code: 429, message: 'retry after 2 minutes' } }, 120],
    ['not at all', {}, 1],
    ['beyond reason', { headers: { 'retry-after': '-5' } }, 1],
  ])('may say %s how long to wait', async (_, reply, seconds) => {
    expect(await paused(reply)).toBe(seconds);
  });

  it('pauses all calls; those that can wait do', async () => {
    await using rest = mockedRest();
    rest.answer({ status: 429, headers: { 'retry-after': '3' } });
    await rejection(rest.client.get(probe), RestRateLimitedError);
    rest.answer({ body: 1 }, { body: 2 });
    const waiting = Promise.all([rest.client.get(probe), rest.client.post(probe)]);
    await rest.clock.advance(2999);
    expect(rest.requests).toHaveLength(1);
    await rest.clock.advance(100);
    expect(await waiting).toHaveLength(2);
  });

  it('fails at once the calls whose deadline it outlasts, those that wait already too', async () => {
    await using rest = mockedRest({ requestsPerSecond: 1 });
    rest.answer({ status: 429, headers: { 'retry-after': '45' } });
    const limited = rejection(rest.client.get(probe), RestRateLimitedError);
    const queued = rejection(rest.client.post(probe), RestRateLimitedError);
    await limited;
    expect((await queued).retryAfterSeconds).toBe(45);
    await rest.clock.advance(20_000);
    const late = await rejection(rest.client.get(probe), RestRateLimitedError);
    expect([late.status, late.retryAfterSeconds]).toEqual([undefined, 25]);
    expect(rest.requests).toHaveLength(1);
  });
});

describe('reads at the same time', () => {
  it('that are identical are one request with one answer, and count for who was first', async () => {
    await using rest = mockedRest();
    rest.answer({ body: ROOM });
    const calls: number[] = [];
    const answers = await Promise.all(
      [1, 2, 3].map((caller) => getRoom(rest.client, 'r1', { onCall: () => calls.push(caller) })),
    );
    expect(answers).toEqual([ROOM, ROOM, ROOM]);
    expect(calls).toEqual([1]);
  });

  it('are never one request with a write, and writes never with one another', async () => {
    await using rest = mockedRest();
    rest.answer({ body: 1 }, { body: 2 }, { body: 3 });
    await Promise.all([rest.client.post(probe), rest.client.post(probe), rest.client.get(probe)]);
    expect(rest.requests).toHaveLength(3);
  });

  it('are not joined any more once a write has ended that they may have missed', async () => {
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
  it('ends when its caller goes, without a request', async () => {
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

  it('goes before less pressing ones, and raises with it the read that it joins', async () => {
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

describe('what is told of a call', () => {
  it('is its method, route, outcome and duration', async () => {
    await using rest = mockedRest();
    rest.answer(
      { body: ROOM },
      { status: 404 },
      { body: '{' },
      { failure: Object.assign(new Error('no'), { code: 'ECONNRESET' }) },
    );
    await getRoom(rest.client, 'r1');
    await rejection(getRoom(rest.client, 'r2'), RestNotFoundError);
    await rejection(getRoom(rest.client, 'r3'), RestBadResponseError);
    const { message } = await rejection(getRoom(rest.client, 'r4'), RestUnavailableError);
    expect(message).toBe("GET /rooms/{room_id}: can't be reached (ECONNRESET)");
    const event = { method: 'GET', route: '/rooms/{room_id}', durationMs: 0 };
    expect(rest.events).toEqual([
      { ...event, status: 200, error: null },
      { ...event, status: 404, error: 'RestNotFoundError' },
      { ...event, status: 200, error: 'RestBadResponseError' },
      { ...event, status: null, error: 'RestUnavailableError' },
    ]);
  });

  it('holds neither the token nor the secret, however it is looked at', async () => {
    await using rest = mockedRest();
    rest.answer({ body: '{"secret":"from the body"' }, { status: 403, body: { message: 'no' } });
    const errors = [
      await rejection(getRoom(rest.client, 'r1'), RestError),
      await rejection(getRoom(rest.client, 'r1'), RestError),
    ];
    const shown =
      inspect([rest.client, errors, rest.events], { depth: 20, showHidden: true }) + JSON.stringify(errors);
    expect(shown).not.toContain(CANARY);
    expect(shown).not.toContain('from the body');
    expect(shown).not.toContain(rest.requests[0]?.headers['authorization']?.slice(7, 40));
  });
});

describe('a closed client', () => {
  it('ends what is under way and takes nothing new', async () => {
    const rest = mockedRest({ requestsPerSecond: 1 });
    rest.answer({ body: 1 });
    await rest.client.get(probe);
    const waiting = rejection(rest.client.get(probe), RestUnavailableError);
    await settle();
    await rest.client.close();
    expect((await waiting).retryable).toBe(false);
    await rejection(rest.client.get(probe), RestUnavailableError);
    expect(rest.clock.pending).toBe(0);
    await rest[Symbol.asyncDispose]();
  });
});
