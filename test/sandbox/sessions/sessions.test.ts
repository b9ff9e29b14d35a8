// Sessions of the sandbox over HTTP: every list element has all peers; no session has an end time.
import { expect, test } from 'vitest';
import { idsOf, START_MS, startTestSandbox } from '../../support/sandbox-client.ts';

test('a session contains every peer who joined, with times in milliseconds and without metadata', async () => {
  await using lab = await startTestSandbox();
  const room = lab.world.rooms.create();
  const ada = lab.world.join(room.id, {
    name: 'Ada',
    role: 'host',
    userId: 'ada',
    metadata: 'x',
    publish: ['audio'],
  });
  const carl = lab.world.join(room.id, { name: 'Carl', role: 'guest', userId: 'carl' });
  await lab.clock.advance(2650);
  lab.world.leave(room.id, carl.id);
  const expected = {
    id: ada.sessionId,
    room_id: room.id,
    customer_id: lab.world.customerId,
    active: true,
    peers: {
      [ada.id]: {
        id: ada.id,
        session_id: ada.sessionId,
        name: 'Ada',
        role: 'host',
        user_id: 'ada',
        joined_at: '2026-03-12T16:00:00Z',
      },
      [carl.id]: {
        id: carl.id,
        session_id: ada.sessionId,
        name: 'Carl',
        role: 'guest',
        user_id: 'carl',
        joined_at: '2026-03-12T16:00:00Z',
        left_at: '2026-03-12T16:00:02.65Z',
      },
    },
    created_at: '2026-03-12T16:00:00Z',
    updated_at: '2026-03-12T16:00:02.65Z',
  };
  expect((await lab.rest.get(`/sessions/${ada.sessionId}`)).body).toEqual(expected);
  expect((await lab.rest.get('/sessions')).body).toEqual({
    limit: 10,
    data: [expected],
    last: ada.sessionId,
  });
});

test('the last peer to leave ends the session; joining again opens another session with a new peer id', async () => {
  await using lab = await startTestSandbox();
  const room = lab.world.rooms.create();
  const newcomer = { name: 'Ada', role: 'host', userId: 'ada' };
  const first = lab.world.join(room.id, newcomer);
  lab.world.leave(room.id, first.id);
  expect((await lab.rest.get(`/sessions/${first.sessionId}`)).body).toMatchObject({ active: false });
  const second = lab.world.join(room.id, newcomer);
  expect(second.id).not.toBe(first.id);
  expect(idsOf((await lab.rest.get('/sessions')).body)).toEqual([second.sessionId, first.sessionId]);
});

test('the session contains the latest role of a peer', async () => {
  await using lab = await startTestSandbox();
  const room = lab.world.rooms.create();
  const ada = lab.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
  lab.world.updatePeer(room.id, ada.id, { role: 'guest' });
  expect((await lab.rest.get(`/sessions/${ada.sessionId}`)).body).toHaveProperty(
    ['peers', ada.id, 'role'],
    'guest',
  );
});

test('filters by state, room and start time (bounds included); without a filter lists all', async () => {
  await using lab = await startTestSandbox();
  const [one, other] = [lab.world.rooms.create(), lab.world.rooms.create()];
  const begin = (roomId: string, ageMs: number) =>
    lab.world.at(START_MS - ageMs, () =>
      lab.world.join(roomId, { name: 'Ada', role: 'host', userId: 'ada' }),
    );
  const ended = begin(one.id, 3000);
  lab.world.leave(one.id, ended.id);
  const [running, another] = [begin(one.id, 2000), begin(other.id, 1000)];
  const found = async (query: string): Promise<string[]> =>
    idsOf((await lab.rest.get(`/sessions?${query}`)).body);
  const [a, b, c] = [ended.sessionId, running.sessionId, another.sessionId];
  expect(await found('')).toEqual([c, b, a]);
  expect(await found('active=true')).toEqual([c, b]);
  expect(await found('active=false')).toEqual([a]);
  expect(await found(`room_id=${one.id}`)).toEqual([b, a]);
  expect(await found('after=2026-03-12T15:59:58Z')).toEqual([c, b]);
  expect(await found('before=2026-03-12T15:59:58Z')).toEqual([b, a]);
  expect(await found(`room_id=${other.id}&active=false`)).toEqual([]);
});

test("a room's maximum duration ends its session, by the sandbox's clock", async () => {
  await using lab = await startTestSandbox();
  const room = lab.world.rooms.create({ maxDurationSeconds: 120 });
  lab.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
  await lab.clock.advance(119_999);
  expect(lab.world.sessions.active(room.id)).toBeDefined();
  await lab.clock.advance(1);
  expect(lab.world.sessions.active(room.id)).toBeUndefined();
});

test('closing the sandbox cancels the time limit of a running session', async () => {
  await using lab = await startTestSandbox();
  const room = lab.world.rooms.create({ maxDurationSeconds: 120 });
  lab.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
  expect(lab.clock.pending).toBe(1);
  await lab.sandbox.close();
  expect(lab.clock.pending).toBe(0);
});

test('an unknown session is answered with a 404', async () => {
  await using lab = await startTestSandbox();
  expect(await lab.rest.get('/sessions/64d4e9034d8bfeb1c7d2a901')).toEqual({
    status: 404,
    body: { code: 404, message: 'Session not found', details: [] },
  });
});

test('the oldest ended sessions are forgotten, so that memory stays bounded', async () => {
  await using lab = await startTestSandbox();
  const room = lab.world.rooms.create();
  const ids = Array.from({ length: 510 }, () => {
    const peer = lab.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
    lab.world.leave(room.id, peer.id);
    return peer.sessionId;
  });
  expect([...lab.world.sessions.all.keys()]).toEqual(ids.slice(10));
});
