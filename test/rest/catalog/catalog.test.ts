// The catalog's reads of many objects: which requests they send, by the ledger of the sandbox.
import { describe, expect, it } from 'vitest';
import { RestUnavailableError } from '../../../src/rest/errors.ts';
import type { World } from '../../../src/sandbox/live/world.ts';
import { settle } from '../../support/manual-clock.ts';
import { createRooms, idsIn, setUpCatalog } from './catalogued.ts';
import { rejection } from '../client/support.ts';

const NOWHERE = 'f'.repeat(24);

const createTemplates = (world: World, count: number): string[] =>
  Array.from({ length: count }, () => world.templates.create({ roles: { host: {} } }).id);

function present<T>(value: T | null): T {
  if (value === null) throw new Error('it should exist');
  return value;
}

const same = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, id]));

describe('one object', () => {
  it('is one request, and null if it does not exist', async () => {
    const { catalog, world, lines } = await setUpCatalog();
    const [id = ''] = createRooms(world, 1);
    expect(await catalog.room(id)).toMatchObject({ id });
    expect(await catalog.room(NOWHERE)).toBeNull();
    expect(idsIn(await catalog.templates([NOWHERE]))).toEqual({ [NOWHERE]: null });
    expect(lines()).toEqual([`GET /rooms/${id}`, `GET /rooms/${NOWHERE}`, `GET /templates/${NOWHERE}`]);
  });

  it('that cannot be read rejects, and the next read requests it again', async () => {
    const { catalog, world, sandbox } = await setUpCatalog();
    const [id = ''] = createRooms(world, 1);
    sandbox.faults.set('getRoom', { kind: 'status', status: 503 }, { times: 2 });
    await rejection(catalog.room(id), RestUnavailableError);
    expect(await catalog.room(id)).toMatchObject({ id });
  });
});

describe('many templates', () => {
  it('are one page of the list', async () => {
    const { catalog, world, lines } = await setUpCatalog();
    const ids = createTemplates(world, 30);
    expect(idsIn(await catalog.templates([...ids, ...ids]))).toEqual(same(ids));
    expect(lines()).toEqual(['GET /templates?limit=100']);
  });

  it('are read from the list, no further than the last requested one', async () => {
    const { catalog, world, lines } = await setUpCatalog();
    const ids = createTemplates(world, 150).toReversed();
    expect(idsIn(await catalog.templates(ids.slice(0, 50)))).toEqual(same(ids.slice(0, 50)));
    expect(lines()).toHaveLength(1);
    expect(idsIn(await catalog.templates(ids.slice(100, 150)))).toEqual(same(ids.slice(100, 150)));
    expect(lines()).toHaveLength(3);
  });

  it('are single requests if the list has as many pages', async () => {
    const { catalog, world, lines, clock, sandbox } = await setUpCatalog();
    const ids = createTemplates(world, 250).toReversed();
    await catalog.templates([ids[0] ?? '', ids[120] ?? '', ids[240] ?? '']);
    sandbox.ledger.clear();
    await clock.advance(60_000);
    const wanted = [ids[5] ?? '', ids[130] ?? '', ids[249] ?? ''];
    expect(idsIn(await catalog.templates(wanted))).toEqual(same(wanted));
    expect(lines()).toEqual(wanted.map((id) => `GET /templates/${id}`));
  });

  it('that the list lacks are requested one by one, and are null if they do not exist', async () => {
    const { catalog, world, lines } = await setUpCatalog();
    const ids = createTemplates(world, 3);
    expect(idsIn(await catalog.templates([...ids, NOWHERE]))).toEqual({ ...same(ids), [NOWHERE]: null });
    expect(lines()).toEqual(['GET /templates?limit=100', `GET /templates/${NOWHERE}`]);
  });

  it('that the list lacks end the walk early', async () => {
    const { catalog, world, sandbox } = await setUpCatalog();
    const oldest = createTemplates(world, 700).slice(0, 20);
    expect(idsIn(await catalog.templates(oldest))).toEqual(same(oldest));
    expect(sandbox.ledger.count({ operationId: 'listTemplates' })).toBe(2);
    expect(sandbox.ledger.count({ operationId: 'getTemplate' })).toBe(20);
  });

  it('cost at most two more requests than their number while the length of the list is unknown', async () => {
    const { catalog, world, sandbox } = await setUpCatalog();
    const oldest = createTemplates(world, 1500).slice(0, 100);
    expect(idsIn(await catalog.templates(oldest))).toEqual(same(oldest));
    expect(sandbox.ledger.count()).toBe(102);
  });

  it('cost at most twice as many requests as their number', async () => {
    const { catalog, world, sandbox, clock } = await setUpCatalog();
    const ids = createTemplates(world, 700);
    for (const count of [2, 3, 5, 8, 13, 40]) {
      sandbox.ledger.clear();
      await clock.advance(60_000);
      const wanted = ids.slice(0, count);
      expect(idsIn(await catalog.templates(wanted))).toEqual(same(wanted));
      expect(sandbox.ledger.count()).toBeLessThanOrEqual(2 * count);
    }
  });

  it('all fail with one request and its repetition if the REST API fails', async () => {
    const { catalog, world, sandbox } = await setUpCatalog();
    const ids = createTemplates(world, 10);
    sandbox.faults.set('*', { kind: 'status', status: 503 });
    const found = idsIn(await catalog.templates(ids));
    expect(new Set(Object.values(found))).toEqual(new Set(['RestUnavailableError']));
    expect(sandbox.ledger.count()).toBe(2);
  });

  it('that are malformed fail alone', async () => {
    const { catalog, world, sandbox } = await setUpCatalog();
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

  it('cost a hundred concurrent callers as many requests as one', async () => {
    const { catalog, world, sandbox } = await setUpCatalog();
    const ids = createTemplates(world, 250);
    const clients = Array.from({ length: 100 }, () => catalog.templates([...ids, NOWHERE]));
    for (const found of await Promise.all(clients))
      expect(idsIn(found)).toEqual({ ...same(ids), [NOWHERE]: null });
    expect(sandbox.ledger.count()).toBe(4);
  });
});

describe('many rooms', () => {
  it('fewer than four are single requests while the length of the list is unknown', async () => {
    const { catalog, world, lines } = await setUpCatalog();
    const ids = createRooms(world, 3);
    await catalog.rooms(ids);
    expect(lines()).toEqual(ids.map((id) => `GET /rooms/${id}`));
  });

  it('are read from the list while that saves requests; the last is a single request', async () => {
    const { catalog, world, lines } = await setUpCatalog();
    const [old = '', ...rooms] = createRooms(world, 105);
    const wanted = [old, ...rooms.slice(-4)];
    expect(idsIn(await catalog.rooms(wanted))).toEqual(same(wanted));
    expect(lines()).toEqual(['GET /rooms?limit=100', `GET /rooms/${old}`]);
  });

  it('cost the pages that hold them, also when the length of the list is unknown', async () => {
    const { catalog, world, lines } = await setUpCatalog();
    const ids = createRooms(world, 350);
    expect(idsIn(await catalog.rooms(ids))).toEqual(same(ids));
    expect(lines()).toHaveLength(4);
  });

  it('of which a walk finds few are requested singly after a page or two', async () => {
    const { catalog, world, sandbox } = await setUpCatalog();
    const old = createRooms(world, 20);
    createRooms(world, 2000);
    expect(idsIn(await catalog.rooms(old))).toEqual(same(old));
    expect(sandbox.ledger.count({ operationId: 'listRooms' })).toBeLessThanOrEqual(3);
    expect(sandbox.ledger.count({ operationId: 'getRoom' })).toBe(20);
  });

  it('of which a few are on no page do not cause a walk to the end of a long list', async () => {
    const { catalog, world, sandbox } = await setUpCatalog();
    createRooms(world, 2000);
    const ids = createRooms(world, 200);
    const [one, other] = ['e'.repeat(24), 'f'.repeat(24)];
    const found = idsIn(await catalog.rooms([one, ...ids, other]));
    expect(found).toEqual({ ...same(ids), [one]: null, [other]: null });
    expect(sandbox.ledger.count({ operationId: 'listRooms' })).toBe(3);
    expect(sandbox.ledger.count({ operationId: 'getRoom' })).toBe(2);
  });

  it('that are disabled are found although the list leaves them out', async () => {
    const { catalog, world, sandbox } = await setUpCatalog();
    const ids = createRooms(world, 5);
    const closed = world.rooms.create({ enabled: false }).id;
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

describe('a cached object', () => {
  it('is answered from memory while fresh, refreshed in the background while stale, then requested', async () => {
    const { catalog, world, clock, sandbox } = await setUpCatalog();
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

  it('is answered while the REST API fails, until it is too old even for that', async () => {
    const { catalog, world, clock, sandbox } = await setUpCatalog();
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

  it('is refreshed together with the objects that were read with it', async () => {
    const { catalog, world, clock, sandbox, lines } = await setUpCatalog();
    const ids = createTemplates(world, 20);
    await catalog.templates(ids);
    await clock.advance(6000);
    sandbox.ledger.clear();
    const renewed = sandbox.ledger.next(() => true);
    await catalog.templates(ids);
    await renewed;
    expect(lines()).toEqual(['GET /templates?limit=100']);
  });

  it('is answered without a promise until it is too old, and refreshed together with others while stale', async () => {
    const { catalog, world, clock, sandbox, lines } = await setUpCatalog();
    const ids = createTemplates(world, 20);
    const known = () => ids.map((id) => catalog.knownTemplate(id)?.id ?? null);
    const nothing = ids.map(() => null);
    expect(known()).toEqual(nothing);
    await catalog.templates(ids);
    expect(known()).toEqual(ids);
    await clock.advance(6000);
    sandbox.ledger.clear();
    const renewed = sandbox.ledger.next(() => true);
    expect(known()).toEqual(ids);
    expect(known()).toEqual(ids);
    await renewed;
    await settle();
    expect(known()).toEqual(ids);
    await settle();
    expect(lines()).toEqual(['GET /templates?limit=100']);
    catalog.forgetTemplate(ids[0] ?? '');
    expect(known()).toEqual([null, ...ids.slice(1)]);
    await clock.advance(30_001);
    expect(known()).toEqual(nothing);
  });

  it('is refreshed by at most one request at a time', async () => {
    const { catalog, world, clock, sandbox, lines } = await setUpCatalog();
    const [first = '', second = ''] = createTemplates(world, 2);
    await catalog.templates([first, second]);
    await clock.advance(6000);
    sandbox.ledger.clear();
    const renewed = [first, second].map((id) => sandbox.ledger.next(({ path }) => path.endsWith(id)));
    await Promise.all([catalog.templates([first]), catalog.templates([first, second])]);
    await Promise.all(renewed);
    expect(lines().toSorted()).toEqual([first, second].map((id) => `GET /templates/${id}`).toSorted());
  });

  it('may come from a walk or from a list that was read elsewhere', async () => {
    const { catalog, world, sandbox } = await setUpCatalog();
    const ids = createTemplates(world, 5);
    await catalog.templates(ids.slice(0, 2));
    await catalog.templates(ids);
    expect(sandbox.ledger.count()).toBe(1);
    const [roomId = ''] = createRooms(world, 1);
    const room = present(await catalog.room(roomId));
    const other = await setUpCatalog();
    other.catalog.rememberRoom(room);
    expect(await other.catalog.room(roomId)).toBe(room);
    expect(other.sandbox.ledger.count()).toBe(0);
  });

  it('is dropped by `forgetRoom` and `forgetTemplate`', async () => {
    const { catalog, world, sandbox } = await setUpCatalog();
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

  it('is not restored by an answer that was in flight when it was dropped', async () => {
    const { catalog, world, sandbox, clock } = await setUpCatalog();
    const [id = ''] = createRooms(world, 1);
    sandbox.faults.set('getRoom', { kind: 'latency', ms: 1000 }, { times: 1 });
    const arrived = sandbox.ledger.arrival(() => true);
    const early = catalog.room(id);
    await arrived;
    await settle();
    catalog.forgetRoom(id);
    await clock.advance(1000);
    const room = present(await early);
    // A page of a list that was requested before that arrives too late as well.
    catalog.rememberRoom(room);
    await catalog.room(id);
    expect(sandbox.ledger.count()).toBe(2);
    await catalog.room(id);
    expect(sandbox.ledger.count()).toBe(2);
  });
});
