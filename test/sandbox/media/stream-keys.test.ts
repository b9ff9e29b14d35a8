// Stream keys of the sandbox over HTTP.
import { expect, test } from 'vitest';
import { startTestSandbox } from '../../support/sandbox-client.ts';

const UNKNOWN = '64c3d8f2a05b4e0023bc45de';

async function startWithRoom() {
  const lab = await startTestSandbox();
  const room = lab.world.rooms.create({ name: 'studio' });
  return { ...lab, room, path: `/stream-keys/room/${room.id}` };
}

test('a room has at most one active key, which can be read until it is disabled', async () => {
  await using lab = await startWithRoom();
  const { body: key } = await lab.rest.post(lab.path);
  // The client has checked the answer against the schema of a stream key.
  const { id, key: secret } = key as { id: string; key: string };
  expect(key).toMatchObject({ room_id: lab.room.id, enabled: true, customer_id: lab.world.customerId });
  expect(await lab.rest.get(lab.path)).toMatchObject({ body: { data: [{ id, key: secret }], last: id } });
  expect(await lab.rest.post(lab.path)).toMatchObject({
    status: 400,
    body: { message: 'active key already exists' },
  });
  expect(await lab.rest.post(`${lab.path}/disable`)).toEqual({
    status: 201,
    body: { message: 'key disabled successfully' },
  });
  expect(await lab.rest.get(lab.path)).toMatchObject({
    status: 404,
    body: { message: 'no active key found' },
  });
  expect(await lab.rest.post(`${lab.path}/disable`)).toMatchObject({
    status: 404,
    body: { message: 'key not found' },
  });
  const { body: next } = await lab.rest.post(lab.path);
  expect(next).not.toMatchObject({ key: secret });
});

test('the keys of a disabled room and of an unknown room are refused', async () => {
  await using lab = await startWithRoom();
  lab.world.rooms.update(lab.room.id, { enabled: false });
  const refused = { status: 403, body: { message: 'room is not active' } };
  expect(await lab.rest.get(lab.path)).toMatchObject(refused);
  expect(await lab.rest.post(lab.path)).toMatchObject(refused);
  expect(await lab.rest.post(`${lab.path}/disable`)).toMatchObject(refused);
  const unknown = { status: 404, body: { message: 'room not found' } };
  expect(await lab.rest.get(`/stream-keys/room/${UNKNOWN}`)).toMatchObject(unknown);
  expect(await lab.rest.post(`/stream-keys/room/${UNKNOWN}`)).toMatchObject(unknown);
});
