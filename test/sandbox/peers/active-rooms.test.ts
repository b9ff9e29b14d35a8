// Live rooms of the sandbox over HTTP: connected peers, and writes, whose answers only acknowledge them.
import { describe, expect, test } from 'vitest';
import { startTestSandbox } from '../../support/sandbox-client.ts';
import type { WorldEvent } from '../../../src/sandbox/live/world-events.ts';

const UNKNOWN = '64c3d8f2a05b4e0023bc45de';
const NOBODY = '3f0c1d52-7a64-4f0e-9c1b-5d2e8a7b6c41';
const READS = ['', '/peers', `/peers/${NOBODY}`];
const WRITES = [
  [`/peers/${NOBODY}`, { name: 'x' }],
  ['/send-message', { message: 'hello' }],
  ['/remove-peers', { role: 'guest' }],
  ['/end-room', {}],
] as const;

/** A live room with a host who publishes every kind of track and a guest who publishes none. */
async function startLiveRoom() {
  const lab = await startTestSandbox();
  const room = lab.world.rooms.create({ name: 'live' });
  const ada = lab.world.join(room.id, {
    name: 'Ada',
    role: 'host',
    userId: 'ada',
    publish: ['audio', 'video', 'screen'],
  });
  const carl = lab.world.join(room.id, { name: 'Carl', role: 'guest', userId: 'carl', metadata: '{"a":1}' });
  const events: WorldEvent[] = [];
  lab.world.events.on((event) => events.push(event));
  return { ...lab, room, ada, carl, events, path: `/active-rooms/${room.id}` };
}

describe('a live room', () => {
  test('has other nanoseconds for each of those who join in one millisecond, in the order of their joining', async () => {
    await using lab = await startLiveRoom();
    const joinedAt = lab.world.at(Date.parse('2026-03-12T16:00:05.118Z'), () =>
      Array.from({ length: 50 }, (_, at) =>
        lab.world.join(lab.room.id, { name: `${at}`, role: 'guest', userId: `${at}` }),
      ).map((peer) => peer.joinedAt),
    );
    expect(new Set(joinedAt.map(({ ms }) => ms)).size).toBe(1);
    const nanos = joinedAt.map((instant) => instant.nanos);
    expect(nanos).toEqual([...new Set(nanos)].toSorted((a, b) => a - b));
    expect(Math.max(...nanos)).toBeLessThan(1_000_000);
  });

  test('has its session with the connected peers only, and times in nanoseconds', async () => {
    await using lab = await startLiveRoom();
    lab.world.leave(lab.room.id, lab.carl.id);
    expect((await lab.rest.get(lab.path)).body).toEqual({
      id: lab.room.id,
      name: 'live',
      customer_id: lab.world.customerId,
      session: {
        id: lab.world.sessions.active(lab.room.id)?.id,
        created_at: expect.stringMatching(/^2026-03-12T16:00:00\.\d{6,9}Z$/),
        peers: [lab.ada.id],
      },
    });
  });

  test('lists its peers as a map by id, without tracks', async () => {
    await using lab = await startLiveRoom();
    const { body } = await lab.rest.get(`${lab.path}/peers`);
    expect(body).toEqual({
      peers: {
        [lab.ada.id]: {
          id: lab.ada.id,
          name: 'Ada',
          role: 'host',
          user_id: 'ada',
          metadata: '',
          joined_at: expect.any(String),
        },
        [lab.carl.id]: {
          id: lab.carl.id,
          name: 'Carl',
          role: 'guest',
          user_id: 'carl',
          metadata: '{"a":1}',
          joined_at: expect.any(String),
        },
      },
    });
  });

  test('filters peers by role and by user; without a match the map is empty', async () => {
    await using lab = await startLiveRoom();
    const again = lab.world.join(lab.room.id, { name: 'Ada', role: 'guest', userId: 'ada' });
    const found = async (query: string) =>
      Object.keys(Object((await lab.rest.get(`${lab.path}/peers?${query}`)).body).peers);
    expect(await found('role=guest')).toEqual([lab.carl.id, again.id]);
    expect(await found('user_id=ada')).toEqual([lab.ada.id, again.id]);
    expect(await found('user_id=ada&role=host')).toEqual([lab.ada.id]);
    expect(await found('user_id=nobody')).toEqual([]);
  });

  test('returns a peer with its tracks, muted or not; a shared screen is a video with the source `screen`', async () => {
    await using lab = await startLiveRoom();
    lab.world.setMute(lab.room.id, lab.ada.id, 'video', true);
    const { body } = await lab.rest.get(`${lab.path}/peers/${lab.ada.id}`);
    const tracks: Record<string, string | boolean>[] = Object.values(Object(body).tracks);
    expect(tracks.map(({ type, source, mute }) => [type, source, mute])).toEqual([
      ['audio', 'regular', false],
      ['video', 'regular', true],
      ['video', 'screen', false],
    ]);
    expect(tracks[0]?.['stream_id']).toBe(tracks[1]?.['stream_id']);
    expect(tracks[0]?.['stream_id']).not.toBe(tracks[2]?.['stream_id']);
    expect((await lab.rest.get(`${lab.path}/peers/${lab.carl.id}`)).body).toHaveProperty('tracks', {});
  });

  test('answers 404 for a peer who has left, whom the session still contains', async () => {
    await using lab = await startLiveRoom();
    lab.world.leave(lab.room.id, lab.carl.id);
    expect(await lab.rest.get(`${lab.path}/peers/${lab.carl.id}`)).toEqual({
      status: 404,
      body: { code: 404, message: 'Peer not found', details: [] },
    });
  });
});

describe('an idle or unknown room', () => {
  test.each(READS)('answers 404 to reading %j', async (suffix) => {
    await using lab = await startTestSandbox();
    const room = lab.world.rooms.create();
    expect(await lab.rest.get(`/active-rooms/${room.id}${suffix}`)).toMatchObject({
      status: 404,
      body: { message: 'Room not active' },
    });
    expect(await lab.rest.get(`/active-rooms/${UNKNOWN}${suffix}`)).toMatchObject({
      status: 404,
      body: { message: 'Room not found' },
    });
  });

  test.each(WRITES)('answers 404 to writing %j', async (suffix, body) => {
    await using lab = await startTestSandbox();
    const room = lab.world.rooms.create();
    expect(await lab.rest.post(`/active-rooms/${room.id}${suffix}`, body)).toMatchObject({
      status: 404,
      body: { message: 'Room not active' },
    });
    expect(await lab.rest.post(`/active-rooms/${UNKNOWN}${suffix}`, body)).toMatchObject({
      status: 404,
      body: { message: 'Room not found' },
    });
  });

  test('an idle room has an empty map of peers if the option says so', async () => {
    await using lab = await startTestSandbox();
    lab.world.options.idlePeers = 'empty';
    expect(await lab.rest.get(`/active-rooms/${lab.world.rooms.create().id}/peers`)).toEqual({
      status: 200,
      body: { peers: {} },
    });
    expect((await lab.rest.get(`/active-rooms/${UNKNOWN}/peers`)).status).toBe(404);
  });
});

describe('updating a peer', () => {
  test('changes the given fields only, keeps the id, and answers the changed peer', async () => {
    await using lab = await startLiveRoom();
    const { body } = await lab.rest.post(`${lab.path}/peers/${lab.carl.id}`, {
      role: 'speaker',
      metadata: '',
    });
    expect(body).toMatchObject({ id: lab.carl.id, name: 'Carl', role: 'speaker', metadata: '' });
    expect(lab.world.sessions.connectedPeer(lab.room.id, lab.carl.id)).toMatchObject({
      name: 'Carl',
      role: 'speaker',
      metadata: '',
    });
    expect(lab.events).toMatchObject([
      { type: 'peer.updated', previous: { role: 'guest', metadata: '{"a":1}' } },
    ]);
  });

  test('an unknown role is refused; a full role changes nothing and emits a failure', async () => {
    await using lab = await startLiveRoom();
    lab.world.templates.putRole(lab.room.templateId, 'host', { maxPeerCount: 1 });
    const change = (role: string) => lab.rest.post(`${lab.path}/peers/${lab.carl.id}`, { role, name: 'No' });
    for (const role of ['pilot', '', 'Host']) {
      expect(await change(role)).toMatchObject({
        status: 400,
        body: { details: ['Invalid body param: role not found'] },
      });
    }
    expect(await change('host')).toMatchObject({ status: 200, body: { role: 'guest', name: 'Carl' } });
    expect(
      lab.events.filter((event) => event.type === 'role.change-failed').map((event) => event.error),
    ).toEqual(['role limit reached']);
  });

  test('refuses metadata that is not a string, and an unknown peer', async () => {
    await using lab = await startLiveRoom();
    const refused = await lab.rest.post(`${lab.path}/peers/${lab.carl.id}`, { metadata: { a: 1 } });
    expect(refused).toMatchObject({
      status: 400,
      body: { details: ['Invalid body param: metadata must be string'] },
    });
    expect((await lab.rest.post(`${lab.path}/peers/${NOBODY}`, { name: 'x' })).status).toBe(404);
  });
});

describe('sending a message', () => {
  test.each([
    [{ message: 'all' }, { message: 'all', peerId: undefined, role: undefined }],
    [
      { message: 'r', role: 'guest', type: 'chat' },
      { message: 'r', role: 'guest', type: 'chat' },
    ],
  ])('takes %j', async (input, sent) => {
    await using lab = await startLiveRoom();
    expect((await lab.rest.post(`${lab.path}/send-message`, input)).body).toEqual({
      message: 'message sent',
    });
    expect(lab.events).toMatchObject([{ type: 'message.sent', sent }]);
  });

  test('goes to the peer alone if both a peer and a role are given', async () => {
    await using lab = await startLiveRoom();
    await lab.rest.post(`${lab.path}/send-message`, { message: 'm', peer_id: lab.ada.id, role: 'guest' });
    expect(lab.events).toMatchObject([{ sent: { peerId: lab.ada.id, role: undefined } }]);
  });

  test('refuses a missing message and an unknown peer', async () => {
    await using lab = await startLiveRoom();
    expect((await lab.rest.post(`${lab.path}/send-message`, {})).status).toBe(400);
    expect((await lab.rest.post(`${lab.path}/send-message`, { message: 'm', peer_id: NOBODY })).status).toBe(
      404,
    );
    expect(lab.events).toEqual([]);
  });
});

describe('removing peers', () => {
  test('removes one by id even if a role is given too, and passes the reason on', async () => {
    await using lab = await startLiveRoom();
    const input = { peer_id: lab.carl.id, role: 'host', reason: 'Abusive chat' };
    const { body } = await lab.rest.post(`${lab.path}/remove-peers`, input);
    expect(body).toEqual({ message: 'peer remove request submitted' });
    expect(lab.world.sessions.connectedPeers(lab.room.id).map(({ id }) => id)).toEqual([lab.ada.id]);
    expect(lab.events).toMatchObject([{ type: 'peer.left', reason: 'peer kicked', message: 'Abusive chat' }]);
  });

  test('removes all of a role', async () => {
    await using lab = await startLiveRoom();
    lab.world.join(lab.room.id, { name: 'Emmy', role: 'guest', userId: 'emmy' });
    await lab.rest.post(`${lab.path}/remove-peers`, { role: 'guest' });
    expect(lab.world.sessions.connectedPeers(lab.room.id).map(({ id }) => id)).toEqual([lab.ada.id]);
    expect((await lab.rest.post(`${lab.path}/remove-peers`, { role: 'guest' })).status).toBe(200);
  });

  test('refuses a body without peer and role, and an unknown peer', async () => {
    await using lab = await startLiveRoom();
    expect((await lab.rest.post(`${lab.path}/remove-peers`, { reason: 'x' })).status).toBe(400);
    expect((await lab.rest.post(`${lab.path}/remove-peers`, { peer_id: NOBODY })).status).toBe(404);
  });
});

describe('ending a room', () => {
  test('ends the session for all peers; the room stays enabled and its next session has another id', async () => {
    await using lab = await startLiveRoom();
    expect((await lab.rest.post(`${lab.path}/end-room`)).body).toEqual({ message: 'session is ending' });
    expect(lab.world.sessions.all.get(lab.ada.sessionId)).toMatchObject({ active: false });
    expect(lab.events.map(({ type }) => type)).toEqual([
      'room.ended',
      'peer.left',
      'peer.left',
      'session.closed',
    ]);
    const again = lab.world.join(lab.room.id, { name: 'Ada', role: 'host', userId: 'ada' });
    expect(again.sessionId > lab.ada.sessionId).toBe(true);
  });

  test('with `lock` also disables the room', async () => {
    await using lab = await startLiveRoom();
    await lab.rest.post(`${lab.path}/end-room`, { reason: 'over', lock: true });
    expect(lab.world.rooms.all.get(lab.room.id)).toMatchObject({ enabled: false });
    expect(lab.events).toContainEqual(
      expect.objectContaining({ type: 'room.ended', reason: 'over', lock: true }),
    );
  });

  test('refuses a `lock` that is not a boolean', async () => {
    await using lab = await startLiveRoom();
    expect((await lab.rest.post(`${lab.path}/end-room`, { lock: 'yes' })).status).toBe(400);
    expect(lab.world.sessions.active(lab.room.id)).toBeDefined();
  });
});
