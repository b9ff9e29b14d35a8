// What all requests of a client from outside have in common: tokens, pages, filters, refusals, instants.
import { describe, expect, test } from 'vitest';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { canaryCredentials } from '../../support/canary.ts';
import {
  OutsideClient,
  outsideToken,
  refusal,
  TOKEN_LIFE_SECONDS,
  type OutsideClientOptions,
} from '../../support/outside-client.ts';
import { startLab, startLiveLab } from '../../support/outside-lab.ts';
import { addRooms } from '../../support/worlds.ts';

const UNKNOWN = '64c3d8f2a05b4e0023bc45de';

describe('tokens', () => {
  test('a management token issued now is accepted by a sandbox with the system clock', async () => {
    await using sandbox = await startSandbox(canaryCredentials);
    const [room] = sandbox.world.rooms.all.values();
    const client = new OutsideClient({ url: sandbox.url });
    expect(await client.get(`/rooms/${room?.id}`)).toMatchObject({ id: room?.id, name: room?.name });
  });

  test.each([{ user_id: 'ada' }, {}])('a participant’s token with %j is accepted for DTMF', async (user) => {
    await using lab = await startLiveLab();
    const claims = { type: 'app', room_id: lab.room.id, role: 'host', ...user };
    const token = await outsideToken(claims, { now: () => lab.clock.now() });
    const answer = await fetch(`${lab.sandbox.url}/sip/dtmf`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ digits: ['1'] }),
    });
    expect(answer.status).toBe(200);
  });

  test('a token is accepted for a day, then refused with 401, and a new token is accepted', async () => {
    await using lab = await startLab();
    const room = lab.world.rooms.create();
    await lab.clock.advance(1000);
    await lab.client.get(`/rooms/${room.id}`);
    await lab.clock.advance((TOKEN_LIFE_SECONDS - 1) * 1000);
    await lab.client.get(`/rooms/${room.id}`);
    expect(lab.asked()).toEqual(['getRoom', 'getRoom']);
    await lab.clock.advance(1000);
    expect(await lab.client.get(`/rooms/${room.id}`)).toMatchObject({ id: room.id });
    expect(lab.asked()).toEqual(['getRoom', 'getRoom']);
  });

  test('a wrong secret and a disabled room are refused again on the retry; a failure of the server is not retried', async () => {
    await using lab = await startLab();
    const room = lab.world.rooms.create({ enabled: false });
    const options: OutsideClientOptions = { url: lab.sandbox.url, now: () => lab.clock.now() };
    const stranger = new OutsideClient({ ...options, secret: 'wrong' });
    await expect(stranger.get(`/rooms/${room.id}`)).rejects.toMatchObject(
      refusal(401, 'Token validation error', ['signature verification failed']),
    );
    expect(lab.asked()).toEqual(['getRoom', 'getRoom']);
    await expect(lab.client.post(`/room-codes/room/${room.id}`)).rejects.toMatchObject({
      body: { code: 403 },
    });
    expect(lab.asked()).toEqual(['createRoomCodes', 'createRoomCodes']);
    lab.sandbox.faults.set('getRoom', { kind: 'status', status: 503 });
    await expect(lab.client.get(`/rooms/${room.id}`)).rejects.toMatchObject({ body: { code: 503 } });
    expect(lab.asked()).toEqual(['getRoom']);
  });
});

describe('pages', () => {
  test('are followed by `last` to the end, newest first, ten elements at a time', async () => {
    await using lab = await startLab();
    const made = addRooms(lab.world, 25).map(({ id }) => id);
    const listed = await lab.client.list('/rooms');
    expect(listed.map(({ id }) => id)).toEqual(made.toReversed());
    expect(lab.ledger.lines()).toEqual([
      'GET /rooms',
      `GET /rooms?start=${made[15]}`,
      `GET /rooms?start=${made[5]}`,
    ]);
  });

  test.each(['array', 'null'] as const)(
    'end after a page that is exactly full: the next one is empty, with %s as its data',
    async (emptyData) => {
      await using lab = await startLab();
      lab.world.options.emptyData = emptyData;
      const [oldest] = addRooms(lab.world, 20);
      expect(await lab.client.list('/rooms', { limit: 20 })).toHaveLength(20);
      expect(lab.ledger.lines()).toEqual(['GET /rooms?limit=20', `GET /rooms?limit=20&start=${oldest?.id}`]);
      const empty = await lab.client.ask('GET', `/rooms?limit=20&start=${oldest?.id}`);
      const data = emptyData === 'null' ? null : [];
      expect(empty.body).toEqual({ limit: 20, data, last: '' });
    },
  );
});

describe('filters', () => {
  test('select by state, and by an RFC 3339 time whose colons are not encoded', async () => {
    await using lab = await startLab();
    addRooms(lab.world, 2);
    const disabled = lab.world.rooms.create({ enabled: false });
    await lab.clock.advance(60_000);
    const late = lab.world.rooms.create();
    const listed = await lab.client.list('/rooms', { enabled: false });
    expect(listed).toMatchObject([{ id: disabled.id, enabled: false }]);
    const after = new Date(lab.clock.now()).toISOString();
    expect(await lab.client.list('/rooms', { after })).toMatchObject([{ id: late.id }]);
    expect(lab.ledger.lines()).toEqual(['GET /rooms?enabled=false', `GET /rooms?after=${after}`]);
  });
});

test('refusals have the status as `code`, a message and details', async () => {
  await using lab = await startLab();
  await expect(lab.client.get(`/rooms/${UNKNOWN}`)).rejects.toMatchObject(refusal(404, 'Room not found'));
  await expect(lab.client.get('/rooms', { limit: 'many' })).rejects.toMatchObject(
    refusal(400, 'Invalid query param', ['Invalid query param: limit must be integer']),
  );
});

test('instants are read as dates, to the millisecond, from single answers and from lists', async () => {
  await using lab = await startLab();
  await lab.clock.advance(118);
  const room = lab.world.rooms.create();
  const { sessionId } = lab.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
  const created_at = new Date(lab.clock.now());
  const paths = [`/rooms/${room.id}`, `/sessions/${sessionId}`];
  for (const path of paths) expect(await lab.client.get(path)).toMatchObject({ created_at });
  for (const path of ['/rooms', '/sessions']) {
    expect(await lab.client.list(path)).toMatchObject([{ created_at }]);
  }
});

test('an instant of nine digits is read as a date too', async () => {
  await using lab = await startLiveLab();
  const peer = await lab.client.get(`/active-rooms/${lab.room.id}/peers/${lab.ada.id}`);
  expect(peer).toMatchObject({ joined_at: expect.any(Date) });
  const answer = await lab.client.ask('GET', `/active-rooms/${lab.room.id}/peers/${lab.ada.id}`);
  expect(answer.body).toMatchObject({ joined_at: expect.stringMatching(/\.\d{9}Z$/) });
});
