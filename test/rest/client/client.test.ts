// The client without a network: the requests that it sends, the result of each answer, and the events for logs.
import { inspect } from 'node:util';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import {
  RestBadResponseError,
  RestBodyTooLargeError,
  RestError,
  RestNotFoundError,
  RestRefusedError,
  RestUnavailableError,
} from '../../../src/rest/errors.ts';
import { getRoom } from '../../../src/rest/rooms/rooms.ts';
import { noContent } from '../../../src/rest/shapes/shapes.ts';
import { settle } from '../../support/manual-clock.ts';
import { CANARY } from '../../support/canary.ts';
import { anything, mockedRest, rejection } from './support.ts';

const probe = { route: '/probe', shape: anything };
const ROOM = { id: 'r1', name: 'one' };

describe('a request', () => {
  it('writes each value into one segment of the path, whatever characters it has', async () => {
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
    expect(error.message).toBe(
      'GET /rooms/{room_id}: not sent: the value of room_id cannot be part of a URL',
    );
    expect(rest.requests).toEqual([]);
  });

  it('is not sent if a value of its path is missing', async () => {
    await using rest = mockedRest();
    await rejection(rest.client.get({ route: '/rooms/{room_id}', shape: anything }), RestRefusedError);
  });

  it('leaves undefined values out of the query and encodes the others', async () => {
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

  it("with a participant's token shares no answer with other calls", async () => {
    await using rest = mockedRest();
    rest.answer({ body: 1 }, { body: 2 }, { body: 3 });
    const bearers = ['ada', 'grace', undefined];
    const answers = bearers.map((bearer) =>
      rest.client.get({ ...probe, ...(bearer === undefined ? {} : { bearer }) }),
    );
    expect(new Set(await Promise.all(answers))).toEqual(new Set([1, 2, 3]));
  });

  it('sends its body, if any, as JSON', async () => {
    await using rest = mockedRest();
    rest.answer({ body: {} }, { body: {} });
    await rest.client.post({ ...probe, body: { name: 'é' } });
    await rest.client.post(probe);
    expect(rest.requests.map(({ method, body }) => [method, body])).toEqual([
      ['POST', '{"name":"é"}'],
      ['POST', null],
    ]);
  });

  it('is counted for its caller each time that it is sent', async () => {
    await using rest = mockedRest();
    rest.answer({ status: 401 }, { body: {} });
    let calls = 0;
    await rest.client.get(probe, { onCall: () => (calls += 1) });
    expect(calls).toBe(2);
  });
});

describe('an answer', () => {
  it('is returned unchanged', async () => {
    await using rest = mockedRest();
    rest.answer({ body: { ...ROOM, unheard_of: [1] } });
    expect(await getRoom(rest.client, 'r1')).toEqual({ ...ROOM, unheard_of: [1] });
  });

  it('of status 204 has no body and is complete without', async () => {
    await using rest = mockedRest();
    rest.answer({ status: 204 });
    expect(await rest.client.delete({ route: '/probe', shape: noContent })).toBeUndefined();
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

  it('in JSON may have the type text/plain, or no type', async () => {
    await using rest = mockedRest();
    rest.answer(
      { body: ROOM, headers: { 'content-type': 'text/plain; charset=utf-8' } },
      { body: ROOM, headers: { 'content-type': '' } },
    );
    expect(await getRoom(rest.client, 'r1')).toEqual(ROOM);
    expect(await getRoom(rest.client, 'r1')).toEqual(ROOM);
  });

  it('beyond the size cap is an error of its own class', async () => {
    await using rest = mockedRest({ maxBodyBytes: 100 });
    rest.answer({ body: { ...ROOM, description: 'x'.repeat(100) } }, { body: ROOM });
    const error = await rejection(getRoom(rest.client, 'r1'), RestBodyTooLargeError);
    expect(error.message).toBe('GET /rooms/{room_id}: answered with more than 100 bytes');
    expect(await getRoom(rest.client, 'r1')).toEqual(ROOM);
  });
});

describe('the event of a call', () => {
  it('has its method, route, outcome and duration', async () => {
    await using rest = mockedRest();
    rest.answer(
      { body: ROOM },
      { status: 404 },
      { body: '{' },
      { failure: Object.assign(new Error('no'), { code: 'ECONNRESET' }) },
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
      { ...event, status: null, error: 'RestUnavailableError' },
    ]);
  });

  it('contains neither the token nor the secret, however it is inspected', async () => {
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
  it('ends calls in flight and refuses new ones', async () => {
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
