// The client without a network: the error that each refusal becomes, and the effect of a 401 and a 429 on later calls.
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import {
  RestError,
  RestNotFoundError,
  RestRateLimitedError,
  RestRefusedError,
  RestUnauthorizedError,
  RestUnavailableError,
} from '../../../src/rest/errors.ts';
import { getRoom } from '../../../src/rest/rooms/rooms.ts';
import { anything, mockedRest, rejection } from './support.ts';

const probe = { route: '/probe', shape: anything };

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
    const reply = { status, body: said, headers: { 'x-request-id': 'req-1' } };
    // What the upstream failed at is asked once more.
    const attempts = status >= 500 ? 2 : 1;
    rest.answer(...Array.from({ length: attempts }, () => reply));
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
    expect(rest.requests).toHaveLength(attempts);
  });

  it.each([
    ['plain text', ' upstream connect error\n', 'upstream connect error', undefined],
    ['a JSON text', '"room is locked"', 'room is locked', undefined],
    ['the key `error`', { error: 'quota exceeded' }, 'quota exceeded', undefined],
    ['`details` as one text', { message: 'no', details: 'size is too large' }, 'no', ['size is too large']],
    ['no text at all', { message: 7, error: { code: 1 }, details: [null] }, undefined, undefined],
    ['JSON that was cut off', '{"code":400,"mess', undefined, undefined],
  ])("with %s has the vendor's code and text", async (_, body, message, details) => {
    await using rest = mockedRest();
    rest.answer({ status: 400, body });
    const error = await rejection(rest.client.get(probe), RestRefusedError);
    expect([error.vendorMessage, error.details]).toEqual([message, details]);
  });

  it("becomes the error of its status if its body does not have the vendor's format", async () => {
    await using rest = mockedRest();
    rest.answer({ status: 502, body: '<html>', headers: { 'content-type': 'text/html' } });
    const error = await rejection(rest.client.post(probe), RestUnavailableError);
    expect([error.vendorCode, error.vendorMessage, error.details]).toEqual([undefined, undefined, undefined]);
  });

  it("in the vendor's older format has the description as a detail", async () => {
    await using rest = mockedRest();
    rest.answer({ status: 404, body: { code: 404, message: 'no', data: { description: 'room not found' } } });
    expect((await rejection(rest.client.get(probe), RestNotFoundError)).details).toEqual(['room not found']);
  });

  it('keeps its status when its body is too large', async () => {
    await using rest = mockedRest();
    rest.answer({ status: 500, body: { message: 'x'.repeat(100_000) } });
    expect((await rejection(rest.client.post(probe), RestUnavailableError)).vendorMessage).toBeUndefined();
  });

  it("has at most 500 characters of the vendor's text, and no token", async () => {
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
  it('makes the client sign a new token and repeat the call, once', async () => {
    await using rest = mockedRest();
    rest.answer({ status: 401 }, { body: { fine: true } });
    expect(await rest.client.post(probe)).toEqual({ fine: true });
    const [first, second] = rest.requests.map(({ headers }) => headers['authorization']);
    expect(second).not.toBe(first);
  });

  it('after the second attempt is an error', async () => {
    await using rest = mockedRest();
    rest.answer({ status: 401 }, { status: 401, body: { code: 401, message: 'Token validation error' } });
    const error = await rejection(rest.client.get(probe), RestUnauthorizedError);
    expect(error).toMatchObject({ status: 401, retryable: false, vendorMessage: 'Token validation error' });
  });

  it("makes the next token follow the upstream's clock", async () => {
    await using rest = mockedRest();
    const upstreamNow = rest.clock.now() + 7_200_000;
    rest.answer({ status: 401, headers: { date: new Date(upstreamNow).toUTCString() } }, { body: {} });
    await rest.client.get(probe);
    const token = rest.requests[1]?.headers['authorization']?.replace('Bearer ', '') ?? '';
    expect(decodeJwt(token)).toMatchObject({ nbf: upstreamNow / 1000 - 60, exp: upstreamNow / 1000 + 3600 });
  });

  it('of many concurrent calls makes the client sign one token', async () => {
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
    ['in its text, in minutes and seconds', { body: { code: 429, message: 'retry after 1m30s' } }, 90],
    ['in plain text', { body: 'slow down, retry after 12 sec' }, 12],
    ['under another key', { body: { error: 'please retry after 0.5 minutes' } }, 30],
    ['not at all', {}, 1],
    ['in the past', { headers: { 'retry-after': '-5' } }, 1],
    ['beyond reason', { headers: { 'retry-after': '86400' } }, 120],
  ])('may say how long to wait: %s', async (_, reply, seconds) => {
    expect(await paused(reply)).toBe(seconds);
  });

  it('holds back its family of endpoints; calls whose deadline allows it wait', async () => {
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

  it('fails at once the calls whose deadline comes before its end, waiting ones included', async () => {
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
