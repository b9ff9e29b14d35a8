// The running sessions of many rooms: which requests finding them costs, by the ledger of the sandbox.
import { describe, expect, it } from 'vitest';
import { RestAbortedError, RestBadResponseError, RestUnavailableError } from '../../../src/rest/errors.ts';
import { getRoom } from '../../../src/rest/rooms/rooms.ts';
import { createRooms, goLive, idsIn, setUpCatalog } from '../catalog/catalogued.ts';
import { rejection } from '../client/support.ts';

describe('the running sessions', () => {
  it('of one room are one request', async () => {
    const { catalog, world, lines } = await setUpCatalog();
    const [live = '', idle = ''] = createRooms(world, 2);
    const session = goLive(world, live);
    expect(idsIn(await catalog.activeSessions([live]))).toEqual({ [live]: session });
    expect(idsIn(await catalog.activeSessions([idle]))).toEqual({ [idle]: null });
    expect(lines()).toEqual([
      `GET /sessions?active=true&room_id=${live}&limit=10`,
      `GET /sessions?active=true&room_id=${idle}&limit=10`,
    ]);
  });

  it('of many rooms are one sweep', async () => {
    const { catalog, world, lines } = await setUpCatalog();
    const [idle = '', ...live] = createRooms(world, 20);
    const expected = Object.fromEntries(live.map((id) => [id, goLive(world, id)]));
    expect(idsIn(await catalog.activeSessions([idle, ...live]))).toEqual({ ...expected, [idle]: null });
    expect(lines()).toEqual(['GET /sessions?active=true&limit=100']);
  });

  it('of few rooms are single requests when a sweep is known to be longer', async () => {
    const { catalog, world, lines, sandbox, clock } = await setUpCatalog();
    const rooms = createRooms(world, 250);
    for (const id of rooms) goLive(world, id);
    expect(await catalog.allActiveSessions()).toHaveLength(250);
    expect(lines()).toHaveLength(3);
    await clock.advance(5000);
    sandbox.ledger.clear();
    await catalog.activeSessions(rooms.slice(0, 3));
    expect(lines().every((line) => line.includes('room_id='))).toBe(true);
    sandbox.ledger.clear();
    await catalog.activeSessions(rooms.slice(0, 4));
    expect(lines()).toHaveLength(3);
  });

  it('of a long sweep answer queries for 5 s, and polls never', async () => {
    const { catalog, world, lines, sandbox, clock } = await setUpCatalog();
    const rooms = createRooms(world, 250);
    const sessions = Object.fromEntries(rooms.map((id) => [id, goLive(world, id)]));
    expect(idsIn(await catalog.activeSessions(rooms))).toEqual(sessions);
    sandbox.ledger.clear();
    await clock.advance(4999);
    expect(idsIn(await catalog.activeSessions(rooms))).toEqual(sessions);
    expect(lines()).toEqual([]);
    await catalog.activeSessions(rooms, { priority: 'poll', fresh: true });
    expect(lines()).toHaveLength(3);
    await clock.advance(5000);
    await catalog.activeSessions(rooms);
    expect(lines()).toHaveLength(6);
    expect(clock.pending).toBe(1);
  });

  it('are swept again after a change, also when a sweep is in flight at that moment', async () => {
    const { catalog, world, lines } = await setUpCatalog();
    const rooms = createRooms(world, 150);
    for (const id of rooms) goLive(world, id);
    await catalog.activeSessions(rooms);
    catalog.wroteLiveRoom('any');
    const swept = catalog.activeSessions(rooms);
    catalog.wroteLiveRoom('any');
    await swept;
    await catalog.activeSessions(rooms);
    expect(lines()).toHaveLength(6);
  });

  it('of few rooms cost at most as many pages as rooms, then single requests', async () => {
    const { catalog, world, lines, sandbox } = await setUpCatalog();
    const rooms = createRooms(world, 500);
    for (const id of rooms) goLive(world, id);
    const oldest = rooms.slice(0, 2);
    expect(Object.values(idsIn(await catalog.activeSessions(oldest)))).not.toContain(null);
    expect(lines()).toHaveLength(4);
    sandbox.ledger.clear();
    await catalog.activeSessions(oldest);
    expect(lines()).toHaveLength(2);
  });

  it.each([
    ['ignores `start`', () => 'again'],
    ['answers the same page under another `last` each time', (call: number) => `${call}`],
  ])('of three rooms cost at most two pages and three requests if the server %s', async (_what, lastOf) => {
    const { catalog, world, lines, sandbox } = await setUpCatalog();
    const sessions = createRooms(world, 103).map((id) => [id, goLive(world, id)] as const);
    const oldest = sessions.slice(0, 3);
    let call = 0;
    let page: unknown;
    sandbox.faults.set('listSessions', {
      kind: 'shape',
      shape: (body) => {
        if (Object(body).limit === 10) return body;
        page ??= body;
        return { ...Object(page), last: lastOf((call += 1)) };
      },
    });
    const found = await catalog.activeSessions(oldest.map(([id]) => id));
    expect(idsIn(found)).toEqual(Object.fromEntries(oldest));
    expect(lines()).toHaveLength(5);
  });

  it('are the newest of a room, and never those of another room', async () => {
    const { catalog, sandbox } = await setUpCatalog();
    const data = ['s3', 's2', 's1'].map((id) => ({
      id,
      room_id: id === 's3' ? 'other' : 'room',
      peers: {},
    }));
    sandbox.faults.set('listSessions', { kind: 'shape', shape: () => ({ limit: 10, data, last: '' }) });
    expect(idsIn(await catalog.activeSessions(['room']))).toEqual({ room: 's2' });
    expect(idsIn(await catalog.activeSessions(['room', 'idle']))).toEqual({ room: 's2', idle: null });
  });

  it('of concurrent callers are one sweep', async () => {
    const { catalog, world, sandbox } = await setUpCatalog();
    const rooms = createRooms(world, 120);
    for (const id of rooms) goLive(world, id);
    const gone = new AbortController();
    const left = rejection(catalog.allActiveSessions({ signal: gone.signal }), RestAbortedError);
    const all = [
      ...Array.from({ length: 50 }, () => catalog.activeSessions(rooms)),
      catalog.activeSessions(rooms, { priority: 'poll' }),
    ];
    gone.abort();
    await left;
    for (const found of await Promise.all(all)) expect(found.size).toBe(120);
    expect(sandbox.ledger.count()).toBe(2);
  });

  it('are requested room by room if the sweep is malformed, and all fail if the REST API fails', async () => {
    const { catalog, world, sandbox } = await setUpCatalog();
    const rooms = createRooms(world, 3);
    const expected = Object.fromEntries(rooms.map((id) => [id, goLive(world, id)]));
    sandbox.faults.set('listSessions', { kind: 'shape', shape: () => ({ data: [null] }) }, { times: 1 });
    expect(idsIn(await catalog.activeSessions(rooms))).toEqual(expected);
    sandbox.faults.set('listSessions', { kind: 'status', status: 500 });
    const failed = await catalog.activeSessions(rooms);
    expect(Object.values(idsIn(failed))).toEqual(Array.from({ length: 3 }, () => 'RestUnavailableError'));
    await rejection(catalog.allActiveSessions(), RestUnavailableError);
  });

  it.each([
    ['no id', { id: null }],
    ['a list as its peers', { peers: [] }],
    ['a number as its id', { id: 7 }],
  ])('of a room whose session has %s is unknown, and those of other rooms are found', async (_what, odd) => {
    const { catalog, world, sandbox, lines } = await setUpCatalog();
    const [idle = '', hidden = '', live = ''] = createRooms(world, 3);
    goLive(world, hidden);
    const session = goLive(world, live);
    sandbox.faults.set('listSessions', {
      kind: 'shape',
      shape: (body) => {
        const data = Object(body).data.map((each: { readonly room_id: string }) =>
          each.room_id === hidden ? Object.assign({}, each, odd) : each,
        );
        return { ...Object(body), data };
      },
    });
    const found = await catalog.activeSessions([idle, hidden, live]);
    expect(idsIn(found)).toEqual({ [idle]: null, [hidden]: 'RestBadResponseError', [live]: session });
    // The sweep, and one more for the room of the odd session.
    expect(lines()).toHaveLength(2);
  });

  it('are an error if the list does not end, never a part of the list', async () => {
    const { catalog, world, sandbox } = await setUpCatalog();
    const rooms = createRooms(world, 100);
    for (const id of rooms) goLive(world, id);
    sandbox.faults.set('listSessions', {
      kind: 'shape',
      shape: (body) => ({
        ...(body as object),
        data: [{ id: 's', room_id: 'r', peers: {} }],
        limit: 1,
        last: 's',
      }),
    });
    const { message } = await rejection(catalog.allActiveSessions(), RestBadResponseError);
    expect(message).toBe('GET /sessions: answered with a list that has no end');
  });

  it('are not delayed if a heavy account requests the same', async () => {
    // The clock stands still, so only the burst of eight calls can be sent. A heavy account must leave two of them.
    const { catalog, client, world } = await setUpCatalog({ requestsPerSecond: 8 });
    const rooms = createRooms(world, 20);
    const session = goLive(world, rooms[0] ?? '');
    const gone = new AbortController();
    const heavy = { account: 'heavy', signal: gone.signal };
    const reads = rooms.map((id) => getRoom(client, id, heavy));
    const all = Promise.allSettled(reads);
    await Promise.race(reads);
    const ofHeavy = catalog.allActiveSessions(heavy);
    const found = await catalog.allActiveSessions({ account: 'light' });
    expect(found.map(({ id }) => id)).toEqual([session]);
    // Both callers shared one request.
    expect(await ofHeavy).toEqual(found);
    gone.abort();
    await all;
  });
});
