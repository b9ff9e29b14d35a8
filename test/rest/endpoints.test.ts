// Every read of the core API against the sandbox: its request, and the normalised answer.
import { describe, expect, it } from 'vitest';
import type { RestClient } from '../../src/rest/client/client.ts';
import { RestForbiddenError, RestNotFoundError } from '../../src/rest/errors.ts';
import { getActivePeer, getActiveRoom, listActivePeers, tracksOf } from '../../src/rest/peers/peers.ts';
import { listRoomCodes } from '../../src/rest/rooms/room-codes.ts';
import { getRoom, listRooms } from '../../src/rest/rooms/rooms.ts';
import { getSession, listSessions } from '../../src/rest/sessions/sessions.ts';
import {
  getDestinations,
  getRecordingConfigs,
  getRole,
  getSettings,
  getTemplate,
  listTemplates,
} from '../../src/rest/templates/templates.ts';
import type { World } from '../../src/sandbox/live/world.ts';
import { sandboxedRest } from './sandboxed.ts';
import { mockedRest, rejection } from './client/support.ts';

const NOWHERE = 'f'.repeat(24);

function liveRoom(world: World) {
  const room = world.rooms.create();
  const peer = world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada', publish: ['audio', 'video'] });
  const guest = world.join(room.id, { name: 'Bob', role: 'guest', userId: 'bob' });
  const session = world.sessions.active(room.id);
  if (session === undefined) throw new Error('a room with peers has a session');
  return { room, peer, guest, session };
}

describe('rooms', () => {
  it('are listed newest first, with all filters', async () => {
    const { sandbox, client, lines } = await sandboxedRest();
    const rooms = Array.from({ length: 12 }, () => sandbox.world.rooms.create());
    const page = await listRooms(client, { limit: 10 });
    expect(page.items.map(({ id }) => id)).toEqual(
      rooms
        .map(({ id }) => id)
        .toReversed()
        .slice(0, 10),
    );
    expect([page.isFull, page.last]).toEqual([true, page.items.at(-1)?.id]);
    await listRooms(client, {
      enabled: true,
      createdAfter: '2026-01-01T00:00:00.000Z',
      createdBefore: '2027-01-01T00:00:00.000Z',
      name: 'x',
      templateId: 'a1',
      limit: 10,
      start: page.last ?? '',
    });
    expect(lines()).toEqual([
      'GET /rooms?limit=10',
      'GET /rooms?enabled=true&after=2026-01-01T00%3A00%3A00.000Z&before=2027-01-01T00%3A00%3A00.000Z' +
        `&name=x&template_id=a1&limit=10&start=${page.last}`,
    ]);
  });

  it('are read by id', async () => {
    const { sandbox, client } = await sandboxedRest();
    const { id, name } = sandbox.world.rooms.create();
    expect(await getRoom(client, id)).toMatchObject({ id, name });
    await rejection(getRoom(client, NOWHERE), RestNotFoundError);
  });

  it('have codes, unless they are disabled', async () => {
    const { sandbox, client, lines } = await sandboxedRest();
    const room = sandbox.world.rooms.create();
    const { code } = sandbox.world.roomCodes.create(room.id, 'host');
    const page = await listRoomCodes(client, { roomId: room.id, role: 'host', enabled: true, limit: 100 });
    expect(page).toMatchObject({
      items: [{ code, room_id: room.id, role: 'host' }],
      last: null,
      isFull: false,
    });
    expect(lines()).toEqual([`GET /room-codes/room/${room.id}?role=host&enabled=true&limit=100`]);
    const closed = sandbox.world.rooms.create({ enabled: false });
    await rejection(listRoomCodes(client, { roomId: closed.id, limit: 10 }), RestForbiddenError);
  });
});

describe('sessions', () => {
  it('are listed with their peers, with all filters', async () => {
    const { sandbox, client, lines } = await sandboxedRest();
    const { room, peer, session } = liveRoom(sandbox.world);
    const page = await listSessions(client, { active: true, roomId: room.id, limit: 10 });
    expect(page.items.map(({ id }) => id)).toEqual([session.id]);
    expect(page.items[0]?.peers[peer.id]).toMatchObject({ id: peer.id, name: 'Ada', role: 'host' });
    await listSessions(client, {
      active: false,
      startedAfter: '2026-01-01T00:00:00.000Z',
      limit: 100,
      start: 'a',
    });
    expect(lines()).toEqual([
      `GET /sessions?active=true&room_id=${room.id}&limit=10`,
      'GET /sessions?active=false&after=2026-01-01T00%3A00%3A00.000Z&limit=100&start=a',
    ]);
  });

  it('are read by id', async () => {
    const { sandbox, client } = await sandboxedRest();
    const { session } = liveRoom(sandbox.world);
    expect((await getSession(client, session.id)).id).toBe(session.id);
    await rejection(getSession(client, NOWHERE), RestNotFoundError);
  });
});

describe('templates', () => {
  it('are listed, read by id and read in parts', async () => {
    const { sandbox, client } = await sandboxedRest();
    const { id } = sandbox.world.templates.create({ name: 'stage', roles: { 'back stage': {} } });
    const page = await listTemplates(client, { limit: 10 });
    expect(page.items.map((template) => template.id)).toContain(id);
    expect((await getTemplate(client, id)).roles['back stage']).toMatchObject({ name: 'back stage' });
    expect(await getRole(client, id, 'back stage')).toMatchObject({ name: 'back stage' });
    expect(await getSettings(client, id)).toBeTypeOf('object');
    expect(await getDestinations(client, id)).toBeTypeOf('object');
    expect(await getRecordingConfigs(client, id)).toEqual([]);
  });

  it.each([
    ['themselves', (client: RestClient) => getTemplate(client, NOWHERE)],
    ['their roles', (client: RestClient) => getRole(client, NOWHERE, 'host')],
    ['their settings', (client: RestClient) => getSettings(client, NOWHERE)],
    ['their destinations', (client: RestClient) => getDestinations(client, NOWHERE)],
    ['their recordings', (client: RestClient) => getRecordingConfigs(client, NOWHERE)],
  ])('that do not exist are RestNotFoundError when %s is read', async (_, read) => {
    const { client } = await sandboxedRest();
    await rejection(read(client), RestNotFoundError);
  });
});

describe('live rooms', () => {
  it('have a session and peers', async () => {
    const { sandbox, client } = await sandboxedRest();
    const { room, peer, guest, session } = liveRoom(sandbox.world);
    expect((await getActiveRoom(client, room.id)).session).toMatchObject({ id: session.id });
    const peers = await listActivePeers(client, room.id);
    expect(peers.map(({ id }) => id)).toEqual([peer.id, guest.id]);
    await rejection(getActiveRoom(client, NOWHERE), RestNotFoundError);
  });

  it('have peers with tracks', async () => {
    const { sandbox, client } = await sandboxedRest();
    const { room, peer, guest } = liveRoom(sandbox.world);
    const tracks = tracksOf(await getActivePeer(client, room.id, peer.id));
    expect(tracks.map(({ type }) => type)).toEqual(['audio', 'video']);
    expect(tracksOf(await getActivePeer(client, room.id, guest.id))).toEqual([]);
    await rejection(getActivePeer(client, room.id, NOWHERE), RestNotFoundError);
  });

  it('that are idle are answered with no peers, or 404', async () => {
    const { sandbox, client } = await sandboxedRest();
    const { id } = sandbox.world.rooms.create();
    await rejection(listActivePeers(client, id), RestNotFoundError);
    sandbox.world.options.idlePeers = 'empty';
    expect(await listActivePeers(client, id)).toEqual([]);
  });

  it('keep the known values of a peer that cannot be read, or whose values cannot', async () => {
    await using rest = mockedRest();
    const ada = { id: 'p1', name: 'Ada', user_id: 'ada', metadata: 'hand', role: 'host', joined_at: 'now' };
    const known = (id: string) => (id === 'p1' ? ada : undefined);
    rest.answer({ body: { peers: { p1: null, p2: null, p3: { name: 'Emmy' } } } });
    const read = await listActivePeers(rest.client, 'r1', undefined, known);
    expect(read).toEqual([{ id: 'p3', name: 'Emmy' }, ada]);
    const odd = { ...ada, name: 'Ada L.', user_id: {}, metadata: [] };
    rest.answer({ body: { peers: { p1: odd, p2: { ...odd, id: 'p2' } } } });
    expect(await listActivePeers(rest.client, 'r1', undefined, known)).toEqual([
      { ...ada, name: 'Ada L.' },
      { ...ada, id: 'p2', name: 'Ada L.', user_id: null, metadata: null },
    ]);
    rest.answer({ body: { ...odd, tracks: {} } });
    expect(await getActivePeer(rest.client, 'r1', 'p1', undefined, known)).toEqual({
      ...ada,
      name: 'Ada L.',
      tracks: {},
    });
    // Null is a valid value, so it replaces the known one.
    rest.answer({ body: { peers: { p1: { ...ada, metadata: null } } } });
    expect(await listActivePeers(rest.client, 'r1', undefined, known)).toEqual([{ ...ada, metadata: null }]);
  });

  it('have peers and tracks whose missing ids are replaced by their keys', async () => {
    await using rest = mockedRest();
    rest.answer({ body: { peers: { p1: { name: 'Ada' }, p2: { id: 'p2' } } } }, { body: { peers: null } });
    expect(await listActivePeers(rest.client, 'r1')).toEqual([{ id: 'p1', name: 'Ada' }, { id: 'p2' }]);
    expect(await listActivePeers(rest.client, 'r1')).toEqual([]);
    rest.answer({ body: { id: 'p1', tracks: { t1: { mute: true } } } });
    expect(tracksOf(await getActivePeer(rest.client, 'r1', 'p1'))).toEqual([{ id: 't1', mute: true }]);
  });
});
