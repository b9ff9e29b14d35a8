// The policies of the client together, over real sockets: what is repeated, what is not sent, and who pays for a family that
// fails. The sandbox's ledger has the requests.
import { describe, expect, it } from 'vitest';
import {
  RestBadResponseError,
  RestBreakerOpenError,
  RestError,
  RestRateLimitedError,
  RestUnauthorizedError,
  RestUnavailableError,
} from '../../../src/rest/errors.ts';
import { getRoom, listRooms, updateRoom } from '../../../src/rest/rooms/rooms.ts';
import { listTemplates } from '../../../src/rest/templates/templates.ts';
import type { Fault } from '../../../src/sandbox/http/faults.ts';
import { settle } from '../../support/manual-clock.ts';
import { sandboxedRest } from '../sandboxed.ts';
import { rejection } from './support.ts';

const rooms = { limit: 10 };

describe('a read', () => {
  it.each([
    ['a reset', { kind: 'reset' }],
    ['a 503', { kind: 'status', status: 503 }],
    ['a 502 in HTML', { kind: 'status', status: 502, body: '<html>' }],
    ['a body that breaks off', { kind: 'short' }],
  ] satisfies [string, Fault][])('that meets %s once is repeated, unseen by its caller', async (_, fault) => {
    const { sandbox, client } = await sandboxedRest();
    sandbox.faults.set('listRooms', fault, { times: 1 });
    expect((await listRooms(client, rooms)).items).toEqual([]);
    expect(sandbox.ledger.count()).toBe(2);
  });

  it('is repeated after a random wait, which ends when its last caller leaves', async () => {
    const { sandbox, client, clock } = await sandboxedRest({ random: () => 0.5 });
    sandbox.faults.set('listRooms', { kind: 'status', status: 503 }, { times: 1 });
    const answered = sandbox.ledger.next(() => true);
    const caller = new AbortController();
    const left = rejection(listRooms(client, rooms, { signal: caller.signal }), RestError);
    const stays = listRooms(client, { limit: 11 });
    await answered;
    await settle();
    caller.abort();
    await left;
    await clock.advance(100);
    await stays;
    expect(sandbox.ledger.lines().filter((line) => line.includes('limit=10'))).toHaveLength(1);
  });

  it.each([
    ['malformed JSON', { kind: 'cut' }],
    ['a refusal', { kind: 'status', status: 403 }],
    ['a redirect', { kind: 'redirect', location: 'http://127.0.0.1:1/' }],
  ] satisfies [string, Fault][])('that meets %s is not repeated', async (_, fault) => {
    const { sandbox, client } = await sandboxedRest();
    sandbox.faults.set('listRooms', fault);
    await rejection(listRooms(client, rooms), RestError);
    expect(sandbox.ledger.count()).toBe(1);
  });

  it('is repeated once only, and a write never', async () => {
    const { sandbox, client } = await sandboxedRest();
    const room = sandbox.world.rooms.create();
    sandbox.faults.set('*', { kind: 'status', status: 503 });
    await rejection(getRoom(client, room.id), RestUnavailableError);
    await rejection(updateRoom(client, room.id, { name: 'x' }), RestUnavailableError);
    expect(sandbox.ledger.entries.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST']);
  });

  it('is repeated for a fifth of the first attempts', async () => {
    const { sandbox, client } = await sandboxedRest({ breakerFailures: Infinity });
    for (let at = 0; at < 50; at += 1) await listRooms(client, rooms);
    sandbox.faults.set('*', { kind: 'status', status: 503 });
    sandbox.ledger.clear();
    for (let at = 0; at < 50; at += 1) await rejection(listRooms(client, rooms), RestUnavailableError);
    // The budget of 100 first attempts is spent within the first 20 of these 50.
    expect(sandbox.ledger.count()).toBeLessThanOrEqual(50 + 20);
    expect(sandbox.ledger.count()).toBeGreaterThan(50 + 15);
  });
});

describe('a family that fails', () => {
  it('is asked for a second, then once a period, and other families go on', async () => {
    const { sandbox, client, clock } = await sandboxedRest();
    sandbox.faults.set('listRooms', { kind: 'status', status: 503 });
    const asked = () => sandbox.ledger.count({ operationId: 'listRooms' });
    for (let at = 0; at < 100; at += 1) {
      await rejection(listRooms(client, rooms), RestUnavailableError);
      await listTemplates(client, rooms);
      if (at < 8) await clock.advance(125);
    }
    // Nine calls within a second, two of them repeated.
    expect(asked()).toBe(11);
    expect(sandbox.ledger.count({ operationId: 'listTemplates' })).toBe(100);
    for (let period = 1; period <= 12; period += 1) {
      await clock.advance(5000);
      for (let at = 0; at < 10; at += 1) await rejection(listRooms(client, rooms), RestUnavailableError);
      expect(asked()).toBe(11 + period);
    }
    sandbox.faults.clear();
    await rejection(listRooms(client, rooms), RestBreakerOpenError);
    await clock.advance(5000);
    expect((await listRooms(client, rooms)).items).toEqual([]);
    expect((await listRooms(client, rooms)).items).toEqual([]);
  });

  it('gives up the turns of its calls that wait in the queue', async () => {
    let [sent, ended, refusals] = [0, 0, 0];
    const { sandbox, client, clock } = await sandboxedRest({
      requestsPerSecond: 6,
      queueMs: 1e9,
      deadlineMs: 1e9,
      onResponse: () => (ended += 1),
    });
    const options = { onCall: () => (sent += 1) };
    // Signs the token, which takes real time: a later call is counted in the turn of the event loop in which it may be sent.
    await listTemplates(client, rooms, options);
    sandbox.faults.set('listRooms', { kind: 'reset' });
    const all = Array.from({ length: 40 }, async (_, at) =>
      listRooms(client, { limit: 10 + at }, options).catch((error: unknown) => {
        if (error instanceof RestBreakerOpenError) refusals += 1;
        return error;
      }),
    );
    const other = listTemplates(client, rooms, options);
    const results: unknown[] = [];
    const done = Promise.all([other, ...all]).then((settled) => results.push(...settled));
    while (results.length === 0) {
      await clock.advance(200);
      // Time waits for the connections, which are real, until the breaker is open.
      await expect.poll(() => ended === sent || refusals > 0, { interval: 1 }).toBe(true);
    }
    await done;
    const refused = results.filter((result) => result instanceof RestBreakerOpenError);
    expect(refused.length).toBeGreaterThanOrEqual(20);
    expect(client.waiting('query')).toBe(0);
  });

  it.each([
    ['401', { kind: 'status', status: 401 }, RestUnauthorizedError],
    ['403', { kind: 'status', status: 403 }, RestError],
    ['404', { kind: 'status', status: 404 }, RestError],
    ['malformed JSON', { kind: 'cut' }, RestBadResponseError],
  ] satisfies [string, Fault, typeof RestError][])(
    'by %s has no breaker that opens',
    async (_, fault, kind) => {
      const { sandbox, client } = await sandboxedRest();
      sandbox.faults.set('listRooms', fault);
      for (let at = 0; at < 20; at += 1) await rejection(listRooms(client, rooms), kind);
      // A 401 is repeated with a new token until that is refused too.
      expect(sandbox.ledger.count()).toBeLessThanOrEqual(21);
      expect(sandbox.ledger.count()).toBeGreaterThanOrEqual(20);
      sandbox.faults.clear();
      expect((await listRooms(client, rooms)).items).toEqual([]);
    },
  );
});

describe('a 401', () => {
  it('is repaired again once a token was accepted', async () => {
    const { sandbox, client } = await sandboxedRest();
    for (let time = 0; time < 3; time += 1) {
      sandbox.faults.set('listRooms', { kind: 'status', status: 401 }, { times: 1 });
      expect((await listRooms(client, rooms)).items).toEqual([]);
    }
    expect(sandbox.ledger.count()).toBe(6);
  });
});

describe('a 503 with Retry-After', () => {
  it('holds its family back for as long as it says', async () => {
    const { sandbox, client, clock } = await sandboxedRest();
    const fault = { kind: 'status', status: 503, headers: { 'retry-after': '30' } } as const;
    sandbox.faults.set('listRooms', fault, { times: 1 });
    const { retryAfterSeconds } = await rejection(listRooms(client, rooms), RestRateLimitedError);
    expect(retryAfterSeconds).toBe(30);
    await listTemplates(client, rooms);
    await clock.advance(29_000);
    const waits = listRooms(client, rooms);
    await settle();
    expect(sandbox.ledger.count({ operationId: 'listRooms' })).toBe(1);
    await clock.advance(1000);
    expect((await waits).items).toEqual([]);
  });
});
