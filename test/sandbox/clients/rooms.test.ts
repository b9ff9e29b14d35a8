// A client from outside creates, reads, changes and lists rooms, room codes, sessions, templates and polls.
import { describe, expect, test } from 'vitest';
import { elementsOf, refusal } from '../../support/outside-client.ts';
import { startLab, startLiveLab } from '../../support/outside-lab.ts';
import { addPastSession } from '../../support/worlds.ts';

const UNKNOWN = '64c3d8f2a05b4e0023bc45de';

describe('rooms', () => {
  test('are created, read, changed, disabled and enabled', async () => {
    await using lab = await startLab();
    const { client } = lab;
    const template = lab.world.templates.create({ name: 'classroom' });
    const recording_info = {
      enabled: true,
      upload_info: { type: 's3', location: 'bucket', credentials: { key: 'k', secret: 's' } },
    };
    const input = { name: 'maths', description: 'Evening', template_id: template.id, region: 'in' };
    const created = await client.post('/rooms', { ...input, recording_info });
    expect(created).toMatchObject({ ...input, enabled: true, recording_info, created_at: expect.any(Date) });
    const path = `/rooms/${created.id}`;
    expect(await client.get(path)).toMatchObject({ ...input, id: created.id });
    const changed = await client.post(path, { name: 'physics', region: 'eu' });
    expect(changed).toMatchObject({ id: created.id, name: 'physics', region: 'eu', description: 'Evening' });
    expect(await client.post(path, { enabled: false })).toMatchObject({ id: created.id, enabled: false });
    expect(await client.post(path, { enabled: true })).toMatchObject({ enabled: true, name: 'physics' });
    expect(await client.post('/rooms')).toMatchObject({ enabled: true, template: 'classroom' });
    expect(lab.asked()).toEqual([
      'createRoom',
      'getRoom',
      'updateRoom',
      'updateRoom',
      'updateRoom',
      'createRoom',
    ]);
  });

  test('are found by name in any case; creating one with a known name changes that room', async () => {
    await using lab = await startLab();
    const { id } = await lab.client.post('/rooms', { name: 'maths', description: 'Evening' });
    expect(await lab.client.list('/rooms', { name: 'MATHS' })).toMatchObject([{ id, name: 'maths' }]);
    const again = await lab.client.post('/rooms', { name: 'maths', description: 'Late' });
    expect(again).toMatchObject({ id, description: 'Late' });
    expect(lab.asked()).toEqual(['createRoom', 'listRooms', 'createRoom']);
  });

  test('that do not exist are a 404 by id and an empty list by name', async () => {
    await using lab = await startLab();
    await expect(lab.client.get(`/rooms/${UNKNOWN}`)).rejects.toMatchObject(refusal(404, 'Room not found'));
    expect(await lab.client.list('/rooms', { name: 'nope' })).toEqual([]);
  });
});

test('room codes are created for all roles and for one, listed, disabled and enabled', async () => {
  await using lab = await startLab();
  const { client } = lab;
  const room = lab.world.rooms.create();
  const path = `/room-codes/room/${room.id}`;
  const codes = elementsOf(await client.post(path));
  expect(codes.map(({ role }) => role)).toEqual(expect.arrayContaining(['host', 'guest']));
  expect(codes.every(({ room_id: roomId, enabled }) => roomId === room.id && enabled === true)).toBe(true);
  const ofGuests = codes.find(({ role }) => role === 'guest');
  const more = await client.post(`${path}/role/guest`);
  const { code } = more;
  expect(more).toMatchObject({ role: 'guest', room_id: room.id, created_at: expect.any(Date) });
  expect(await client.post('/room-codes/code', { code, enabled: false })).toMatchObject({
    code,
    enabled: false,
  });
  const enabled = await client.list(path, { enabled: true, role: 'guest' });
  expect(enabled).toMatchObject([{ code: ofGuests?.code }]);
  expect(await client.post('/room-codes/code', { code, enabled: true })).toMatchObject({ enabled: true });
  expect(await client.list(path)).toHaveLength(codes.length + 1);
  await expect(client.post(`${path}/role/pilot`)).rejects.toMatchObject(refusal(404, 'Role not found'));
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
  const { client } = lab;
  const past = lab.world.rooms.create({ name: 'past' });
  addPastSession(lab.world, past.id);
  const { sessionId: id } = lab.ada;
  expect(await client.list('/sessions')).toHaveLength(2);
  expect(await client.list('/sessions', { active: false })).toMatchObject([{ room_id: past.id }]);
  expect(await client.list('/sessions', { room_id: lab.room.id })).toMatchObject([{ id }]);
  const peers = { [lab.ada.id]: { name: 'Ada' }, [lab.grace.id]: { name: 'Grace' } };
  expect(await client.get(`/sessions/${id}`)).toMatchObject({ id, active: true, peers });
  const ofRoom = (roomId: string) => client.list('/sessions', { room_id: roomId, active: true });
  expect(await ofRoom(lab.room.id)).toMatchObject([{ id, peers }]);
  expect(await ofRoom(past.id)).toEqual([]);
  await expect(client.get(`/sessions/${UNKNOWN}`)).rejects.toMatchObject(refusal(404, 'Session not found'));
  const list = 'listSessions';
  expect(lab.asked()).toEqual([list, list, list, 'getSession', list, list, 'getSession']);
});

test('templates and polls, for which the SDK has only its general call, are created, read and changed', async () => {
  await using lab = await startLab();
  const { client } = lab;
  const { id } = await client.post('/templates', { name: 'stage', roles: { host: {} } });
  const changed = { name: 'stage-2', roles: { host: {}, guest: {} }, settings: { region: 'eu' } };
  expect(await client.post(`/templates/${id}`, changed)).toMatchObject({ id, name: 'stage-2' });
  expect(await client.get(`/templates/${id}`)).toMatchObject({ roles: { guest: { name: 'guest' } } });
  expect(await client.get('/templates', { limit: 10 })).toMatchObject({ data: [{ id }] });
  const poll = await client.post('/polls', { title: 'Lunch', type: 'poll' });
  expect(await client.get(`/polls/${poll.id}`)).toMatchObject({ id: poll.id, title: 'Lunch' });
  expect(lab.asked()).toEqual([
    'createTemplate',
    'updateTemplate',
    'getTemplate',
    'listTemplates',
    'createPoll',
    'getPoll',
  ]);
});
