// The catalog's plans, by the ledger of the sandbox: which requests many keys cost.
import { describe, expect, it } from 'vitest';
import { RestCatalog } from '../../src/rest/catalog.ts';
import {
  RestAbortedError,
  RestBadResponseError,
  RestError,
  RestUnavailableError,
} from '../../src/rest/errors.ts';
import type { World } from '../../src/sandbox/world.ts';
import { settle } from '../support/manual-clock.ts';
import { sandboxedRest } from './sandboxed.ts';
import { rejection } from './support.ts';

const NOWHERE = 'f'.repeat(24);

async function setUp() {
  const rest = await sandboxedRest();
  const catalog = new RestCatalog(rest.client, { clock: rest.clock });
  return { ...rest, catalog, world: rest.sandbox.world };
}

const createRooms = (world: World, count: number): string[] =>
  Array.from({ length: count }, () => world.createRoom().id);

const createTemplates = (world: World, count: number): string[] =>
  Array.from({ length: count }, () => world.createTemplate({ roles: { host: {} } }).id);

function goLive(world: World, roomId: string): string {
  world.join(roomId, { name: 'Ada', role: 'host', userId: 'ada' });
  return world.activeSession(roomId)?.id ?? '';
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('it should exist');
  return value;
}

/** The ids of what was found. */
function idsIn(found: ReadonlyMap<string, { id: string } | null | RestError>): Record<string, string | null> {
  return Object.fromEntries(
    [...found].map(([key, value]) => [key, value instanceof RestError ? value.name : (value?.id ?? null)]),
  );
}

const same = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, id]));

describe('one object', () => {
  it('is one request, and null where it does not exist', async () => {
    const { catalog, world, lines } = await setUp();
    const [id = ''] = createRooms(world, 1);
    expect(await catalog.room(id)).toMatchObject({ id });
    expect(await catalog.room(NOWHERE)).toBeNull();
    expect(idsIn(await catalog.templates([NOWHERE]))).toEqual({ [NOWHERE]: null });
    expect(lines()).toEqual([`GET /rooms/${id}`, `GET /rooms/${NOWHERE}`, `GET /templates/${NOWHERE}`]);
  });

  it('that cannot be had rejects, and is asked for again next time', async () => {
    const { catalog, world, sandbox } = await setUp();
    const [id = ''] = createRooms(world, 1);
    sandbox.faults.set('getRoom', { kind: 'status', status: 503 }, { times: 1 });
    await rejection(catalog.room(id), RestUnavailableError);
    expect(await catalog.room(id)).toMatchObject({ id });
  });
});

describe('many templates', () => {
  it('are one page of the list', async () => {
    const { catalog, world, lines } = await setUp();
    const ids = createTemplates(world, 30);
    expect(idsIn(await catalog.templates([...ids, ...ids]))).toEqual(same(ids));
    expect(lines()).toEqual(['GET /templates?limit=100']);
  });

  it('are walked to no farther than the last that is wanted', async () => {
    const { catalog, world, lines } = await setUp();
    const ids = createTemplates(world, 150).toReversed();
    expect(idsIn(await catalog.templates(ids.slice(0, 50)))).toEqual(same(ids.slice(0, 50)));
    expect(lines()).toHaveLength(1);
    expect(idsIn(await catalog.templates(ids.slice(100, 150)))).toEqual(same(ids.slice(100, 150)));
    expect(lines()).toHaveLength(3);
  });

  it('are single requests where the list has no fewer pages', async () => {
    const { catalog, world, lines, clock, sandbox } = await setUp();
    const ids = createTemplates(world, 250).toReversed();
    await catalog.templates([ids[0] ?? '', ids[120] ?? '', ids[240] ?? '']);
    sandbox.ledger.clear();
    await clock.advance(60_000);
    const wanted = [ids[5] ?? '', ids[130] ?? '', ids[249] ?? ''];
    expect(idsIn(await catalog.templates(wanted))).toEqual(same(wanted));
    expect(lines()).toEqual(wanted.map((id) => `GET /templates/${id}`));
  });

  it('that the list does not have are asked for one by one, and are null if they do not exist', async () => {
    const { catalog, world, lines } = await setUp();
    const ids = createTemplates(world, 3);
    expect(idsIn(await catalog.templates([...ids, NOWHERE]))).toEqual({ ...same(ids), [NOWHERE]: null });
    expect(lines()).toEqual(['GET /templates?limit=100', `GET /templates/${NOWHERE}`]);
  });

  it('are not walked to for long where the list does not show them', async () => {
    const { catalog, world, sandbox } = await setUp();
    const oldest = createTemplates(world, 700).slice(0, 20);
    expect(idsIn(await catalog.templates(oldest))).toEqual(same(oldest));
    expect(sandbox.ledger.count({ operationId: 'listTemplates' })).toBe(3);
    expect(sandbox.ledger.count({ operationId: 'getTemplate' })).toBe(20);
  });

  it('never cost more than twice their number', async () => {
    const { catalog, world, sandbox, clock } = await setUp();
    const ids = createTemplates(world, 700);
    for (const count of [2, 3, 5, 8, 13, 40]) {
      sandbox.ledger.clear();
      await clock.advance(60_000);
      const wanted = ids.slice(0, count);
      expect(idsIn(await catalog.templates(wanted))).toEqual(same(wanted));
      expect(sandbox.ledger.count()).toBeLessThanOrEqual(2 * count);
    }
  });

  it('all fail when the upstream does, with one request', async () => {
    const { catalog, world, sandbox } = await setUp();
    const ids = createTemplates(world, 10);
    sandbox.faults.set('*', { kind: 'status', status: 503 });
    const found = idsIn(await catalog.templates(ids));
    expect(new Set(Object.values(found))).toEqual(new Set(['RestUnavailableError']));
    expect(sandbox.ledger.count()).toBe(1);
  });

  it('fail one by one when only one is malformed', async () => {
    const { catalog, world, sandbox } = await setUp();
    const [bad = '', ...good] = createTemplates(world, 3);
    sandbox.faults.set('listTemplates', { kind: 'shape', shape: () => ({ data: [null] }) });
    sandbox.faults.set('getTemplate', {
      kind: 'shape',
      // The sandbox answers a template here.
      shape: (body) => ((body as { id: string }).id === bad ? { id: bad } : body),
    });
    const found = idsIn(await catalog.templates([bad, ...good]));
    expect(found).toEqual({ ...same(good), [bad]: 'RestBadResponseError' });
  });

  it('asked for by a hundred clients at once cost what they cost one', async () => {
    const { catalog, world, sandbox } = await setUp();
    const ids = createTemplates(world, 250);
    const clients = Array.from({ length: 100 }, () => catalog.templates([...ids, NOWHERE]));
    for (const found of await Promise.all(clients))
      expect(idsIn(found)).toEqual({ ...same(ids), [NOWHERE]: null });
    expect(sandbox.ledger.count()).toBe(4);
  });
});

describe('many rooms', () => {
  it('fewer than four are single requests while the length of the list is unknown', async () => {
    const { catalog, world, lines } = await setUp();
    const ids = createRooms(world, 3);
    await catalog.rooms(ids);
    expect(lines()).toEqual(ids.map((id) => `GET /rooms/${id}`));
  });

  it('are walked for while that pays; the last is a single request', async () => {
    const { catalog, world, lines } = await setUp();
    const [old = '', ...rooms] = createRooms(world, 105);
    const wanted = [old, ...rooms.slice(-4)];
    expect(idsIn(await catalog.rooms(wanted))).toEqual(same(wanted));
    expect(lines()).toEqual(['GET /rooms?limit=100', `GET /rooms/${old}`]);
  });

  it('cost the pages that hold them, also when the length of the list is unknown', async () => {
    const { catalog, world, lines } = await setUp();
    const ids = createRooms(world, 350);
    expect(idsIn(await catalog.rooms(ids))).toEqual(same(ids));
    expect(lines()).toHaveLength(4);
  });

  it('of which few are found by a walk are single requests after a page or two', async () => {
    const { catalog, world, sandbox } = await setUp();
    const old = createRooms(world, 20);
    createRooms(world, 2000);
    expect(idsIn(await catalog.rooms(old))).toEqual(same(old));
    expect(sandbox.ledger.count({ operationId: 'listRooms' })).toBeLessThanOrEqual(3);
    expect(sandbox.ledger.count({ operationId: 'getRoom' })).toBe(20);
  });

  it('of which a few are on no page do not make a long list be walked to its end', async () => {
    const { catalog, world, sandbox } = await setUp();
    createRooms(world, 2000);
    const ids = createRooms(world, 200);
    const [one, other] = ['e'.repeat(24), 'f'.repeat(24)];
    const found = idsIn(await catalog.rooms([one, ...ids, other]));
    expect(found).toEqual({ ...same(ids), [one]: null, [other]: null });
    expect(sandbox.ledger.count({ operationId: 'listRooms' })).toBe(3);
    expect(sandbox.ledger.count({ operationId: 'getRoom' })).toBe(2);
  });

  it('that are disabled are found although the list leaves them out', async () => {
    const { catalog, world, sandbox } = await setUp();
    const ids = createRooms(world, 5);
    const closed = world.createRoom({ enabled: false }).id;
    // The sandbox's list has all rooms, as the vendor's SDK says; its documentation says that it has the enabled ones.
    sandbox.faults.set('listRooms', {
      kind: 'shape',
      shape: (body) => {
        const page = body as { data: { enabled: boolean }[] };
        return { ...page, data: page.data.filter(({ enabled }) => enabled) };
      },
    });
    const found = await catalog.rooms([...ids, closed]);
    expect(found.get(closed)).toMatchObject({ id: closed, enabled: false });
  });
});

describe('what is kept', () => {
  it('is answered from memory while fresh, in the background renewed while stale, then asked for', async () => {
    const { catalog, world, clock, sandbox } = await setUp();
    const [id = ''] = createRooms(world, 1);
    const count = () => sandbox.ledger.count();
    await catalog.room(id);
    await clock.advance(5000);
    await catalog.room(id);
    expect(count()).toBe(1);
    await clock.advance(1);
    const renewed = sandbox.ledger.next(() => true);
    await Promise.all([catalog.room(id), catalog.room(id)]);
    await renewed;
    await settle();
    expect(count()).toBe(2);
    await clock.advance(5000);
    await catalog.room(id);
    expect(count()).toBe(2);
    await clock.advance(25_001);
    sandbox.faults.set('getRoom', { kind: 'status', status: 503 });
    await rejection(catalog.room(id), RestUnavailableError);
  });

  it('is answered while the upstream fails, as long as it is stale at most', async () => {
    const { catalog, world, clock, sandbox } = await setUp();
    const [id = ''] = createRooms(world, 1);
    await catalog.room(id);
    sandbox.faults.set('getRoom', { kind: 'status', status: 503 });
    await clock.advance(20_000);
    const asked = sandbox.ledger.next(() => true);
    expect(await catalog.room(id)).toMatchObject({ id });
    await asked;
    await settle();
    expect(await catalog.room(id)).toMatchObject({ id });
  });

  it('is renewed together when it was kept together', async () => {
    const { catalog, world, clock, sandbox, lines } = await setUp();
    const ids = createTemplates(world, 20);
    await catalog.templates(ids);
    await clock.advance(6000);
    sandbox.ledger.clear();
    const renewed = sandbox.ledger.next(() => true);
    await catalog.templates(ids);
    await renewed;
    expect(lines()).toEqual(['GET /templates?limit=100']);
  });

  it('is not asked for anew while it is being asked for anew', async () => {
    const { catalog, world, clock, sandbox, lines } = await setUp();
    const [first = '', second = ''] = createTemplates(world, 2);
    await catalog.templates([first, second]);
    await clock.advance(6000);
    sandbox.ledger.clear();
    const renewed = [first, second].map((id) => sandbox.ledger.next(({ path }) => path.endsWith(id)));
    await Promise.all([catalog.templates([first]), catalog.templates([first, second])]);
    await Promise.all(renewed);
    expect(lines().toSorted()).toEqual([first, second].map((id) => `GET /templates/${id}`).toSorted());
  });

  it('comes from walks and from lists read elsewhere too', async () => {
    const { catalog, world, sandbox } = await setUp();
    const ids = createTemplates(world, 5);
    await catalog.templates(ids.slice(0, 2));
    await catalog.templates(ids);
    expect(sandbox.ledger.count()).toBe(1);
    const [roomId = ''] = createRooms(world, 1);
    const room = present(await catalog.room(roomId));
    const other = await setUp();
    other.catalog.remember('room', room);
    expect(await other.catalog.room(roomId)).toBe(room);
    expect(other.sandbox.ledger.count()).toBe(0);
  });

  it('is forgotten on request', async () => {
    const { catalog, world, sandbox } = await setUp();
    const [roomId = ''] = createRooms(world, 1);
    const [templateId = ''] = createTemplates(world, 1);
    for (let round = 0; round < 2; round += 1) {
      await catalog.room(roomId);
      await catalog.templates([templateId]);
      catalog.forgetRoom(roomId);
      catalog.forgetTemplate(templateId);
    }
    expect(sandbox.ledger.count()).toBe(4);
  });

  it('is not brought back by an answer that was under way when it was forgotten', async () => {
    const { catalog, world, sandbox, clock } = await setUp();
    const [id = ''] = createRooms(world, 1);
    sandbox.faults.set('getRoom', { kind: 'latency', ms: 1000 }, { times: 1 });
    const arrived = sandbox.ledger.arrival(() => true);
    const early = catalog.room(id);
    await arrived;
    await settle();
    catalog.forgetRoom(id);
    await clock.advance(1000);
    const room = present(await early);
    // A page of a list that was read before then comes just as late.
    catalog.remember('room', room);
    await catalog.room(id);
    expect(sandbox.ledger.count()).toBe(2);
    await catalog.room(id);
    expect(sandbox.ledger.count()).toBe(2);
  });
});

describe('the running sessions', () => {
  it('of one room are one request', async () => {
    const { catalog, world, lines } = await setUp();
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
    const { catalog, world, lines } = await setUp();
    const [idle = '', ...live] = createRooms(world, 20);
    const expected = Object.fromEntries(live.map((id) => [id, goLive(world, id)]));
    expect(idsIn(await catalog.activeSessions([idle, ...live]))).toEqual({ ...expected, [idle]: null });
    expect(lines()).toEqual(['GET /sessions?active=true&limit=100']);
  });

  it('of few rooms are single requests when a sweep is known to be longer', async () => {
    const { catalog, world, lines, sandbox } = await setUp();
    const rooms = createRooms(world, 250);
    for (const id of rooms) goLive(world, id);
    expect(await catalog.allActiveSessions()).toHaveLength(250);
    expect(lines()).toHaveLength(3);
    sandbox.ledger.clear();
    await catalog.activeSessions(rooms.slice(0, 3));
    expect(lines().every((line) => line.includes('room_id='))).toBe(true);
    sandbox.ledger.clear();
    await catalog.activeSessions(rooms.slice(0, 4));
    expect(lines()).toHaveLength(3);
  });

  it('are the newest of a room, and never those of another room', async () => {
    const { catalog, sandbox } = await setUp();
    const data = ['s3', 's2', 's1'].map((id) => ({
      id,
      room_id: id === 's3' ? 'other' : 'room',
      peers: {},
    }));
    sandbox.faults.set('listSessions', { kind: 'shape', shape: () => ({ limit: 10, data, last: '' }) });
    expect(idsIn(await catalog.activeSessions(['room']))).toEqual({ room: 's2' });
    expect(idsIn(await catalog.activeSessions(['room', 'idle']))).toEqual({ room: 's2', idle: null });
  });

  it('are swept once for all who ask while a sweep runs', async () => {
    const { catalog, world, sandbox } = await setUp();
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

  it('are asked for room by room when the sweep is malformed, and all fail when the upstream does', async () => {
    const { catalog, world, sandbox } = await setUp();
    const rooms = createRooms(world, 3);
    const expected = Object.fromEntries(rooms.map((id) => [id, goLive(world, id)]));
    sandbox.faults.set('listSessions', { kind: 'shape', shape: () => ({ data: [null] }) }, { times: 1 });
    expect(idsIn(await catalog.activeSessions(rooms))).toEqual(expected);
    sandbox.faults.set('listSessions', { kind: 'status', status: 500 });
    const failed = await catalog.activeSessions(rooms);
    expect(Object.values(idsIn(failed))).toEqual(Array.from({ length: 3 }, () => 'RestUnavailableError'));
    await rejection(catalog.allActiveSessions(), RestUnavailableError);
  });

  it('are not told at all rather than in part, should the list have no end', async () => {
    const { catalog, world, sandbox } = await setUp();
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
});
