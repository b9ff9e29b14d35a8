// Equal answers of one URL: which of them are the same object, and what is counted all the same.
import { describe, expect, it } from 'vitest';
import type { RestClient } from '../../../src/rest/client/client.ts';
import { RestBadResponseError, RestNotFoundError } from '../../../src/rest/errors.ts';
import { listActivePeers } from '../../../src/rest/peers/peers.ts';
import { getRoom, listRooms } from '../../../src/rest/rooms/rooms.ts';
import { listSessions } from '../../../src/rest/sessions/sessions.ts';
import { getTemplate, getTemplateToPatch } from '../../../src/rest/templates/templates.ts';
import type { RepairEvent } from '../../../src/rest/shapes/repair.ts';
import { startTestGateway } from '../../support/gateway.ts';
import { anything, mockedRest, rejection, type MockedRest } from './support.ts';

const ROOM = { id: 'r1', name: 'one', enabled: true };
const OTHER = { ...ROOM, name: 'two' };

/** The results of reads one after another, of which each gets its own answer. */
async function inTurn<T>(
  rest: MockedRest,
  bodies: readonly unknown[],
  read: (client: RestClient) => Promise<T>,
) {
  const results: T[] = [];
  for (const body of bodies) {
    rest.answer({ body });
    results.push(await read(rest.client));
  }
  return results;
}

/** For each value the number of the first one that is the same object. */
function identities(values: readonly unknown[]): readonly number[] {
  return values.map((value) => values.indexOf(value));
}

const room = (client: RestClient) => getRoom(client, 'r1');

describe('an answer equal to the last one of its URL', () => {
  it('is the same object from the third equal answer after the first request on', async () => {
    await using rest = mockedRest();
    const bodies = [ROOM, ROOM, ROOM, ROOM, ROOM];
    const rooms = await inTurn(rest, bodies, room);
    expect(identities(rooms)).toEqual([0, 1, 2, 2, 2]);
    expect(rooms).toEqual(bodies);
    expect(rest.requests).toHaveLength(5);
  });

  it('is another object after an answer that differs in one byte', async () => {
    await using rest = mockedRest();
    const rooms = await inTurn(rest, [ROOM, ROOM, ROOM, ROOM, OTHER, ROOM, ROOM, ROOM], room);
    expect(identities(rooms)).toEqual([0, 1, 2, 2, 4, 5, 6, 6]);
    expect(rooms.map(({ name }) => name)).toEqual(['one', 'one', 'one', 'one', 'two', 'one', 'one', 'one']);
  });

  it('is never taken for a shorter or longer one', async () => {
    await using rest = mockedRest();
    const bodies = ['[1,2]', '[1,2]', '[1,2]', '[1,2] ', '[1]', '[1]', '[1]', '[1,2]', '[1,2]'];
    const values = await inTurn(rest, bodies, (client) => client.get({ route: '/probe', shape: anything }));
    expect(values).toEqual(bodies.map((body): unknown => JSON.parse(body)));
  });

  it('of another URL is another object', async () => {
    await using rest = mockedRest();
    const ids = ['r1', 'r1', 'r1', 'r2', 'r2', 'r2'];
    const rooms = await inTurn(
      rest,
      ids.map(() => ROOM),
      (client) => getRoom(client, ids.shift() ?? ''),
    );
    expect(identities(rooms)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('is kept while other URLs are asked for once', async () => {
    await using rest = mockedRest();
    const ids = ['r1', ...Array.from({ length: 5 }, (_, at) => `other-${at}`), 'r1', 'r1', 'r1'];
    const rooms = await inTurn(
      rest,
      ids.map(() => ROOM),
      (client) => getRoom(client, ids.shift() ?? ''),
    );
    expect(identities(rooms.slice(-3))).toEqual([0, 1, 1]);
  });

  it('is checked again where another shape is expected', async () => {
    await using rest = mockedRest();
    const template = { id: 't1', name: 'one', roles: 7 };
    await inTurn(rest, [template, template, template], (client) => getTemplate(client, 't1'));
    rest.answer({ body: template });
    await rejection(getTemplateToPatch(rest.client, 't1', {}), RestBadResponseError);
  });

  it('must be labelled as JSON again', async () => {
    await using rest = mockedRest();
    await inTurn(rest, [ROOM, ROOM, ROOM], room);
    rest.answer({ body: ROOM, headers: { 'content-type': 'text/html' } });
    await rejection(room(rest.client), RestBadResponseError);
  });

  it('is no answer where the status is an error', async () => {
    await using rest = mockedRest();
    await inTurn(rest, [ROOM, ROOM, ROOM], room);
    rest.answer({ status: 404, body: ROOM });
    await rejection(room(rest.client), RestNotFoundError);
  });

  it('to a write is another object', async () => {
    await using rest = mockedRest();
    const values = await inTurn(rest, [{}, {}, {}, {}], (client) =>
      client.post({ route: '/probe', shape: anything }),
    );
    expect(identities(values)).toEqual([0, 1, 2, 3]);
  });

  it('is another object where it was read with another token', async () => {
    await using rest = mockedRest();
    const probe = { route: '/probe', shape: anything, bearer: 'ada' };
    const values = await inTurn(rest, [{}, {}, {}, {}], (client) => client.get(probe));
    expect(identities(values)).toEqual([0, 1, 2, 3]);
  });

  it('with values left out is not one in which none may be', async () => {
    await using rest = mockedRest({ maxBodyBytes: 400 });
    const session = (id: string) => ({ id, room_id: 'r1', active: true, peers: {} });
    const body = { limit: 10, data: [session('s1')], last: '' };
    const pages = await inTurn(rest, [body, body, body, body], (client) =>
      listSessions(client, { limit: 10 }),
    );
    expect(identities(pages.map(({ items }) => items))).toEqual([0, 1, 2, 2]);
    const peers = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`p${at}`, { id: `p${at}` }]));
    const large = { ...body, data: [{ ...session('s1'), peers }] };
    const [cut] = await inTurn(rest, [large], (client) => listSessions(client, { limit: 10 }));
    expect(cut?.items[0]).toMatchObject({ peers: null, left_out: JSON.stringify(peers).length });
  });

  it('counts for its caller, and its repairs are reported, each time', async () => {
    const repairs: RepairEvent[] = [];
    await using rest = mockedRest({ onRepair: (event) => repairs.push(event) });
    const odd = { ...ROOM, enabled: 'true' };
    let [calls, bytes] = [0, 0];
    const options = { onCall: () => (calls += 1), onRead: (read: number) => (bytes += read) };
    const rooms = await inTurn(rest, [odd, odd, odd, odd], (client) => getRoom(client, 'r1', options));
    expect(identities(rooms)).toEqual([0, 1, 2, 2]);
    expect(rooms[3]).toEqual(ROOM);
    expect([calls, bytes]).toEqual([4, 4 * JSON.stringify(odd).length]);
    const repair = { operationId: 'getRoom', key: 'enabled', action: 'converted', count: 1 };
    expect(repairs).toEqual([repair, repair, repair, repair]);
    expect(rest.events.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });
});

describe('the peers of a room', () => {
  const peer = { id: 'p1', name: 'Ada', role: 'host', user_id: 'ada', metadata: '', joined_at: '' };

  it('are the same list for equal answers', async () => {
    await using rest = mockedRest();
    const bodies = Array.from({ length: 4 }, () => ({ peers: { p1: peer } }));
    expect(identities(await inTurn(rest, bodies, (client) => listActivePeers(client, 'r1')))).toEqual([
      0, 1, 2, 2,
    ]);
  });

  it('take what cannot be read from the known peers of each call', async () => {
    await using rest = mockedRest();
    const bodies = Array.from({ length: 4 }, () => ({ peers: { p1: { ...peer, name: [] } } }));
    const names = ['one', 'two', 'three', 'four'];
    const lists = await inTurn(rest, bodies, (client) => {
      const name = names.shift() ?? '';
      return listActivePeers(client, 'r1', {}, () => ({ ...peer, name }));
    });
    expect(lists.map(([first]) => first?.name)).toEqual(['one', 'two', 'three', 'four']);
  });
});

describe('the memory of answers', () => {
  const read = (id: string) => (client: RestClient) => getRoom(client, id);

  it('is bounded: the URLs that were not asked for longest go first', async () => {
    // Room for three answers of 560 bytes.
    await using rest = mockedRest({ lastAnswersBytes: 8000 });
    const large = { ...ROOM, description: 'x'.repeat(500) };
    const same = async (id: string) => {
      const rooms = await inTurn(rest, [large, large], read(id));
      return rooms[0] === rooms[1];
    };
    await inTurn(rest, [large, large, large], read('r1'));
    expect(await same('r1')).toBe(true);
    for (const id of ['r2', 'r3', 'r4']) await inTurn(rest, [large, large, large], read(id));
    expect(await same('r4')).toBe(true);
    expect(await same('r1')).toBe(false);
  });

  it('does not hold an answer over a third of the bound', async () => {
    await using rest = mockedRest({ lastAnswersBytes: 10_000 });
    const large = { ...ROOM, description: 'x'.repeat(1000) };
    expect(identities(await inTurn(rest, [large, large, large, large], room))).toEqual([0, 1, 2, 3]);
  });
});

it('of tests is frozen, so that nothing can change it in place', async () => {
  await using tested = await startTestGateway();
  const [first] = (await listRooms(tested.gateway.services.client, { limit: 10 })).items;
  expect(() => Object.assign(first ?? {}, { name: 'changed' })).toThrow(TypeError);
});
