// The vendor's own Node SDK over the sandbox: its rooms, codes, sessions and live rooms.
// Where it differs from the documented API, what it really does is asserted, with the reason beside it.
import { describe, expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { canaryCredentials } from '../support/canary.ts';
import { notFound, sdkOver, startLab, startLiveLab } from '../support/vendor-sdk.ts';
import { addPastSession, addRooms } from '../support/worlds.ts';

const UNKNOWN = '64c3d8f2a05b4e0023bc45de';

test('every call that the SDK has is made by a test here or with the media', async () => {
  await using lab = await startLab();
  const { auth, api: _, ...resources } = lab.sdk;
  const calls = Object.entries({ auth, ...resources }).map(([name, resource]) => {
    const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(resource));
    return [
      name,
      methods
        .filter((method) => method !== 'constructor')
        .toSorted()
        .join(' '),
    ];
  });
  const job = 'list retrieve start stop stopAll';
  expect(Object.fromEntries(calls)).toEqual({
    // The last three are private.
    auth: 'generateToken getAuthToken getManagementToken isTokenExpired signAndGetJwt',
    activeRooms: 'end removePeer retrieve retrieveActivePeers retrievePeerDetails sendMessage updatePeer',
    analytics: 'listRecordingEvents listTrackEvents',
    externalStreams: job,
    liveStreams: 'list pauseRecording resumeRecording retrieve sendTimedMetadata start stop stopAll',
    recordingAssets: 'generatePreSignedURL list retrieve',
    recordings: job,
    roomCodes: 'create createForRole enableOrDisable list',
    rooms: 'create enableOrDisable list retrieveById retrieveByName update',
    sessions: 'list retrieveActiveByRoom retrieveById',
  });
});

describe('tokens', () => {
  test('its own management token is good without more ado', async () => {
    await using sandbox = await startSandbox(canaryCredentials);
    const [room] = sandbox.world.rooms.all.values();
    expect(await sdkOver(sandbox).rooms.retrieveById(room?.id ?? '')).toMatchObject({ name: room?.name });
  });

  test('a token for a participant is taken where the API takes one', async () => {
    await using lab = await startLiveLab();
    const { token } = await lab.sdk.auth.getAuthToken({
      roomId: lab.room.id,
      role: 'host',
      userId: 'ada',
      issuedAt: Math.floor(lab.clock.now() / 1000),
    });
    const answer = await fetch(`${lab.sandbox.url}/sip/dtmf`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ digits: ['1'] }),
    });
    expect(answer.status).toBe(200);
  });

  test('after a 401 or a 403 it asks once more with a new token, after other refusals it does not', async () => {
    await using lab = await startLab();
    const room = lab.world.rooms.create({ enabled: false });
    await expect(sdkOver(lab.sandbox, 'wrong').rooms.retrieveById(room.id)).rejects.toMatchObject({
      code: 401,
    });
    expect(lab.asked()).toEqual(['getRoom', 'getRoom']);
    await expect(lab.sdk.roomCodes.create(room.id)).rejects.toMatchObject({ code: 403, name: 'Forbidden' });
    expect(lab.asked()).toEqual(['createRoomCodes', 'createRoomCodes']);
    lab.sandbox.faults.set('getRoom', { kind: 'status', status: 503 });
    await expect(lab.sdk.rooms.retrieveById(room.id)).rejects.toMatchObject({ code: 503 });
    expect(lab.asked()).toEqual(['getRoom']);
  });
});

describe('rooms', () => {
  test('are created, read, changed, disabled and enabled', async () => {
    await using lab = await startLab();
    const { rooms } = lab.sdk;
    const template = lab.world.templates.create({ name: 'classroom' });
    const recording_info = {
      enabled: true,
      upload_info: { type: 's3', location: 'bucket', credentials: { key: 'k', secret: 's' } },
    };
    const input = { name: 'maths', description: 'Evening', template_id: template.id, region: 'in' };
    const created = await rooms.create({ ...input, recording_info });
    expect(created).toMatchObject({ ...input, enabled: true, recording_info, created_at: expect.any(Date) });
    expect(await rooms.retrieveById(created.id)).toMatchObject({ ...input, id: created.id });
    expect(await rooms.retrieveByName('MATHS')).toMatchObject({ id: created.id, name: 'maths' });
    expect(await rooms.create({ name: 'maths', description: 'Late' })).toMatchObject({
      id: created.id,
      description: 'Late',
    });
    const changed = await rooms.update(created.id, { name: 'physics', region: 'eu' });
    expect(changed).toMatchObject({ id: created.id, name: 'physics', region: 'eu', description: 'Late' });
    expect(await rooms.enableOrDisable(created.id, false)).toMatchObject({ enabled: false });
    expect(await rooms.enableOrDisable(created.id, true)).toMatchObject({ enabled: true, name: 'physics' });
    expect(await rooms.create()).toMatchObject({ enabled: true, template: 'classroom' });
    expect(lab.asked()).toEqual([
      'createRoom',
      'getRoom',
      'listRooms',
      'createRoom',
      'updateRoom',
      'updateRoom',
      'updateRoom',
      'createRoom',
    ]);
  });

  test('that do not exist are a 404 by id and an Error of its own by name', async () => {
    await using lab = await startLab();
    await expect(lab.sdk.rooms.retrieveById(UNKNOWN)).rejects.toEqual(notFound('Room not found'));
    await expect(lab.sdk.rooms.retrieveByName('nope')).rejects.toThrow('No Room found');
  });

  test('are listed through all pages, newest first', async () => {
    await using lab = await startLab();
    const made = addRooms(lab.world, 25).map(({ id }) => id);
    const listed = await Array.fromAsync(lab.sdk.rooms.list());
    expect(listed.map(({ id }) => id)).toEqual(made.toReversed());
    expect(lab.ledger.lines()).toEqual([
      'GET /rooms',
      `GET /rooms?start=${made[15]}`,
      `GET /rooms?start=${made[5]}`,
    ]);
  });

  test.each(['array', 'null'] as const)(
    'end after a page that is exactly full, which %s follows',
    async (emptyData) => {
      await using lab = await startLab();
      lab.world.options.emptyData = emptyData;
      addRooms(lab.world, 20);
      expect(await Array.fromAsync(lab.sdk.rooms.list({ limit: 20 }))).toHaveLength(20);
      expect(lab.asked()).toEqual(['listRooms', 'listRooms']);
    },
  );

  test('are filtered by state, and not by time: the SDK drops filters that are a Date', async () => {
    await using lab = await startLab();
    addRooms(lab.world, 2);
    const disabled = lab.world.rooms.create({ enabled: false });
    const filter = { enabled: false, after: new Date(lab.clock.now() + 1000) };
    const listed = await Array.fromAsync(lab.sdk.rooms.list(filter));
    expect(listed).toMatchObject([{ id: disabled.id }]);
    expect(lab.ledger.lines()).toEqual(['GET /rooms?enabled=false']);
  });
});

test('room codes are created for all roles and for one, listed, disabled and enabled', async () => {
  await using lab = await startLab();
  const { roomCodes } = lab.sdk;
  const room = lab.world.rooms.create();
  const codes = await roomCodes.create(room.id);
  expect(codes.map(({ role }) => role)).toEqual(expect.arrayContaining(['host', 'guest']));
  expect(codes.every(({ room_id: roomId, enabled }) => roomId === room.id && enabled)).toBe(true);
  const ofGuests = codes.find(({ role }) => role === 'guest');
  const more = await roomCodes.createForRole(room.id, 'guest');
  expect(more).toMatchObject({ role: 'guest', room_id: room.id, created_at: expect.any(Date) });
  expect(await roomCodes.enableOrDisable(more.code, false)).toMatchObject({
    code: more.code,
    enabled: false,
  });
  const enabled = await Array.fromAsync(roomCodes.list(room.id, { enabled: true, role: 'guest' }));
  expect(enabled.map(({ code }) => code)).toEqual([ofGuests?.code]);
  expect(await roomCodes.enableOrDisable(more.code, true)).toMatchObject({ enabled: true });
  expect(await Array.fromAsync(roomCodes.list(room.id))).toHaveLength(codes.length + 1);
  await expect(roomCodes.createForRole(room.id, 'pilot')).rejects.toEqual(notFound('Role not found'));
  expect(lab.asked()).toEqual([
    'createRoomCodes',
    'createRoomCodeForRole',
    'updateRoomCode',
    'listRoomCodes',
    'updateRoomCode',
    'listRoomCodes',
    'createRoomCodeForRole',
  ]);
});

test('sessions are listed, read by id and found as the active one of a room', async () => {
  await using lab = await startLiveLab();
  const { sessions } = lab.sdk;
  const past = lab.world.rooms.create({ name: 'past' });
  addPastSession(lab.world, past.id);
  const { sessionId } = lab.ada;
  expect(await Array.fromAsync(sessions.list())).toHaveLength(2);
  expect(await Array.fromAsync(sessions.list({ active: false }))).toMatchObject([{ room_id: past.id }]);
  expect(await Array.fromAsync(sessions.list({ room_id: lab.room.id }))).toMatchObject([{ id: sessionId }]);
  const peers = { [lab.ada.id]: { name: 'Ada' }, [lab.grace.id]: { name: 'Grace' } };
  expect(await sessions.retrieveById(sessionId)).toMatchObject({ active: true, peers });
  expect(await sessions.retrieveActiveByRoom(lab.room.id)).toMatchObject({ id: sessionId, peers });
  await expect(sessions.retrieveActiveByRoom(past.id)).rejects.toThrow(Error);
  await expect(sessions.retrieveById(UNKNOWN)).rejects.toEqual(notFound('Session not found'));
  const list = 'listSessions';
  expect(lab.asked()).toEqual([list, list, list, 'getSession', list, list, 'getSession']);
});

describe('active rooms', () => {
  test('are read with their peers, and a peer with its tracks is changed', async () => {
    await using lab = await startLiveLab();
    const { activeRooms } = lab.sdk;
    const { room, ada, grace } = lab;
    expect(await activeRooms.retrieve(room.id)).toMatchObject({
      name: 'live',
      session: { id: ada.sessionId, peers: [ada.id, grace.id] },
    });
    expect(await activeRooms.retrieveActivePeers(room.id)).toMatchObject({
      [ada.id]: { name: 'Ada', role: 'host' },
      [grace.id]: { name: 'Grace', role: 'guest' },
    });
    const { tracks } = await activeRooms.retrievePeerDetails(room.id, ada.id);
    expect(Object.values(tracks).map(({ type }) => type)).toEqual(['audio', 'video']);
    const change = { name: 'Ada L.', role: 'guest', metadata: '{"hand":true}' };
    expect(await activeRooms.updatePeer(room.id, ada.id, change)).toMatchObject({ id: ada.id, ...change });
    expect(lab.world.sessions.connectedPeer(room.id, ada.id)).toMatchObject(change);
    expect(lab.asked()).toEqual(['getActiveRoom', 'listActivePeers', 'getActivePeer', 'updateActivePeer']);
  });

  test('take messages; one for a peer goes to everybody, because the SDK calls the receiver peerId', async () => {
    await using lab = await startLiveLab();
    const sent: unknown[] = [];
    lab.world.events.on((event) => {
      if (event.type === 'message.sent') sent.push(event.sent);
    });
    await lab.sdk.activeRooms.sendMessage(lab.room.id, { message: 'hi', type: 'chat', role: 'guest' });
    await lab.sdk.activeRooms.sendMessage(lab.room.id, { message: 'psst', peerId: lab.ada.id });
    expect(sent).toMatchObject([
      { message: 'hi', type: 'chat', role: 'guest', peerId: undefined },
      { message: 'psst', role: undefined, peerId: undefined },
    ]);
    expect(lab.asked()).toEqual(['sendMessage', 'sendMessage']);
  });

  test('lose peers by id and by role, and end', async () => {
    await using lab = await startLiveLab();
    const { activeRooms } = lab.sdk;
    const { room, ada, grace } = lab;
    await activeRooms.removePeer(room.id, { peer_id: ada.id, reason: 'noise' });
    expect(lab.world.sessions.connectedPeers(room.id)).toMatchObject([{ id: grace.id }]);
    lab.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
    await activeRooms.removePeer(room.id, { role: 'guest' });
    expect(lab.world.sessions.connectedPeers(room.id)).toMatchObject([{ name: 'Ada' }]);
    await activeRooms.end(room.id, { reason: 'over', lock: true });
    expect(lab.world.rooms.get(room.id).enabled).toBe(false);
    await expect(activeRooms.retrieve(room.id)).rejects.toEqual(notFound('Room not active'));
    expect(lab.asked()).toEqual(['removePeers', 'removePeers', 'endActiveRoom', 'getActiveRoom']);
  });
});

test('what the SDK has no call for is reached by its `api`: templates and polls', async () => {
  await using lab = await startLab();
  const { api } = lab.sdk;
  const { id } = await api.post<{ id: string }, object>('/templates', { name: 'stage', roles: { host: {} } });
  const changed = { name: 'stage-2', roles: { host: {}, guest: {} }, settings: { region: 'eu' } };
  expect(await api.post(`/templates/${id}`, changed)).toMatchObject({ id, name: 'stage-2' });
  expect(await api.get(`/templates/${id}`)).toMatchObject({ roles: { guest: { name: 'guest' } } });
  expect(await api.get('/templates', { limit: 10 })).toMatchObject({ data: [{ id }] });
  const poll = await api.post<{ id: string }, object>('/polls', { title: 'Lunch', type: 'poll' });
  expect(await api.get(`/polls/${poll.id}`)).toMatchObject({ title: 'Lunch' });
  expect(lab.asked()).toEqual([
    'createTemplate',
    'updateTemplate',
    'getTemplate',
    'listTemplates',
    'createPoll',
    'getPoll',
  ]);
});
