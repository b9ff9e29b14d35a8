// The effects of writes as values: a catalog that repeats those of another one, as JSON, answers like it.
import { describe, expect, it } from 'vitest';
import { RestCatalog } from '../../../src/rest/catalog/catalog.ts';
import type { WriteEffect } from '../../../src/rest/catalog/write-effects.ts';
import { sandboxedRest } from '../sandboxed.ts';
import { createRooms } from './catalogued.ts';

const at = '2026-03-12T16:00:00Z';
const peer = (id: string, role = 'guest') => ({
  id,
  role,
  name: id,
  user_id: id,
  metadata: '',
  joined_at: at,
});
const session = {
  id: 'session',
  room_id: 'room',
  customer_id: 'customer',
  active: true,
  peers: {},
  created_at: at,
  updated_at: at,
};
const streamKey = {
  id: 'key',
  room_id: 'room',
  key: 'secret',
  url: 'rtmp://test/',
  customer_id: 'customer',
  app_id: 'app',
};

/** Two catalogs over one sandbox, of which the second repeats the effects of the first. */
async function setUpTwo() {
  const rest = await sandboxedRest();
  const { client, clock } = rest;
  const there = new RestCatalog(client, { clock });
  const effects: WriteEffect[] = [];
  const here = new RestCatalog(client, {
    clock,
    onEffect(effect) {
      effects.push(effect);
      // The text is that of a WriteEffect.
      there.repeat(JSON.parse(JSON.stringify(effect)) as WriteEffect);
    },
  });
  return { ...rest, here, there, effects };
}

describe('the effects of a write', () => {
  it('drop a room in both catalogs and lay the write over reads of both', async () => {
    const { here, there, sandbox } = await setUpTwo();
    const [id = ''] = createRooms(sandbox.world, 1);
    await there.room(id);
    here.wroteRoom(id, { description: 'Evening class' });
    expect(await there.room(id)).toMatchObject({ id, description: 'Evening class' });
    expect(sandbox.ledger.count()).toBe(2);
  });

  it('drop a room that may have been changed', async () => {
    const { here, there, sandbox } = await setUpTwo();
    const [id = ''] = createRooms(sandbox.world, 1);
    await there.room(id);
    here.wroteRoom(id, null);
    await there.room(id);
    expect(sandbox.ledger.count()).toBe(2);
  });

  it('make a room known that a read does not find yet', async () => {
    const { here, there, sandbox } = await setUpTwo();
    const [known = ''] = createRooms(sandbox.world, 1);
    const read = await here.room(known);
    if (read === null) throw new Error('the room is missing');
    const room = { ...read, id: '64a0000000000000000000ff' };
    here.wroteRoom(room.id, {}, room);
    expect(await there.room(room.id)).toEqual(room);
  });

  it('change only the roles and settings of a template that were written', async () => {
    const { here, there, sandbox } = await setUpTwo();
    const { id } = sandbox.world.templates.create({
      name: 'hall',
      roles: { host: { priority: 1 }, guest: { priority: 2 } },
    });
    await there.templates([id]);
    here.wroteTemplate(id, { removedRoles: ['guest'], roles: { helper: { priority: 3 } } });
    here.wroteTemplate(id, { settings: { region: 'eu' } });
    const template = (await there.templates([id])).get(id);
    expect(template).toMatchObject({ name: 'hall', settings: { region: 'eu' } });
    expect(Object.keys((template as { roles: object }).roles).toSorted()).toEqual(['helper', 'host']);
  });

  it.each<[string, (catalog: RestCatalog) => unknown, (catalog: RestCatalog) => void]>([
    [
      'a room code',
      ({ written }) => written.roomCodes.over('room', []),
      ({ written }) =>
        written.roomCodes.lay('room', [
          {
            code: 'abc-defg-hij',
            room_id: 'room',
            role: 'host',
            enabled: true,
            created_at: at,
            updated_at: at,
          },
        ]),
    ],
    [
      'a question of a poll',
      ({ written }) => written.polls.over('poll', { id: 'poll', questions: [{ text: 'old', index: 1 }] }),
      ({ written }) => written.polls.lay('poll', { question: 1, written: { text: 'new', index: 1 } }),
    ],
    [
      'an option of a poll',
      ({ written }) =>
        written.polls.over('poll', { id: 'poll', questions: [{ text: 'one', options: [{ index: 1 }] }] }),
      ({ written }) =>
        written.polls.lay('poll', { question: 1, option: 1, written: { text: 'new', index: 1 } }),
    ],
    [
      'a disabled stream key',
      ({ written }) =>
        written.streamKeys.over('room', {
          key: { ...streamKey, enabled: true, created_at: at, updated_at: at },
        }),
      ({ written }) => written.streamKeys.lay('room', { key: null }),
    ],
    [
      'the recording configuration of a template',
      ({ written }) => written.recordingConfigs.over('template', []),
      ({ written }) => written.recordingConfigs.lay('template', [{ name: 'new', role: 'new' }]),
    ],
    [
      'a changed peer',
      ({ written }) => written.peers.over('room', [peer('ada')]),
      ({ written }) => written.peers.changed('room', 'ada', { role: 'host' }),
    ],
    [
      'a removed peer',
      ({ written }) => written.peers.over('room', [peer('ada')]),
      ({ written }) => written.peers.removed('room', 'ada'),
    ],
    [
      'a removed role',
      ({ written }) => written.peers.over('room', [peer('ada')]),
      ({ written }) => written.peers.roleRemoved('room', 'guest', []),
    ],
    [
      'the end of a session',
      ({ written }) => written.peers.overSession('room', session),
      ({ written }) => written.peers.ended('room', []),
    ],
  ])('show %s in both', async (_what, read, write) => {
    const { here, there, effects } = await setUpTwo();
    const before = read(there);
    write(here);
    expect(effects).toHaveLength(1);
    expect(read(there)).toEqual(read(here));
    expect(read(there)).not.toEqual(before);
  });

  it('drop the peers that were read of a live room', async () => {
    const { here, there } = await setUpTwo();
    there.recentPeers.keep(
      'room',
      Array.from({ length: 200 }, (_, at) => peer(`peer-${at}`)),
    );
    here.wroteLiveRoom('room');
    expect(there.recentPeers.get('room')).toBeUndefined();
  });

  it('are not told again by the catalog that repeats them', async () => {
    const { here, effects } = await setUpTwo();
    here.repeat({ of: 'rooms', id: 'room', change: { name: 'new' }, whole: null });
    here.repeat({ of: 'peers', id: 'room', change: { removedId: 'ada' }, whole: null });
    expect(effects).toEqual([]);
  });
});
