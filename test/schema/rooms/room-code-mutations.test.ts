// The mutations of room codes: create, enable, disable. The refusals that the vendor documents are in
// room-errors.test.ts.
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../../resolvers/ids.ts';
import {
  createRoomCode,
  createRoomCodes,
  disableRoomCode,
  enableRoomCode,
  exchangeRoomCode,
  readRoomCodes,
} from './room-documents.ts';
import { invalidAt, MISSING, refusedWith, startScene } from './room-scene.ts';

const DEFAULT_ROLES = ['host', 'guest', 'teacher', 'student', 'speaker', 'audience'];
describe('creating the codes of a room', () => {
  it('creates one for each role, returns the same ones the second time, and the next query shows them', async () => {
    await using scene = await startScene();
    const { id } = scene.room;
    const first = await scene.data(createRoomCodes, { input: { roomId: encodeGlobalId('Room', id) } });
    expect(scene.sent()).toEqual([`POST /room-codes/room/${id}`, `GET /rooms/${id}`]);
    const codes = DEFAULT_ROLES.map((role) => ({ role, enabled: true, code: expect.any(String) }));
    expect(first.result).toMatchObject({ __typename: 'RoomCodes', room: { hmsId: id }, codes });
    expect(await scene.data(createRoomCodes, { input: { roomId: id } })).toEqual(first);
    const { room } = await scene.data(readRoomCodes, { id });
    expect(room?.roomCodes).toHaveLength(DEFAULT_ROLES.length);
    expect(room?.roomCodes).toContainEqual(expect.objectContaining({ code: scene.code.code, role: 'guest' }));
  });

  it('creates codes of new roles, and disables those of deleted roles', async () => {
    await using scene = await startScene();
    const { room, world, code } = scene;
    world.templates.putRole(room.templateId, 'usher', {});
    world.templates.deleteRole(room.templateId, 'guest');
    const { result } = await scene.data(createRoomCodes, { input: { roomId: room.id } });
    const roles = result?.__typename === 'RoomCodes' ? result.codes.map(({ role }) => role) : result;
    expect(roles).toEqual([...DEFAULT_ROLES.filter((role) => role !== 'guest'), 'usher']);
    const shown = await scene.data(readRoomCodes, { id: room.id, role: 'guest' });
    expect(shown.room?.roomCodes).toMatchObject([{ code: code.code, enabled: false }]);
  });
});

describe('creating one code', () => {
  it('creates a further one for a role, whatever characters its name has', async () => {
    await using scene = await startScene();
    const { room, world } = scene;
    world.templates.putRole(room.templateId, 'q & a/1', {});
    const input = { roomId: room.id, role: 'q & a/1' };
    const first = await scene.data(createRoomCode, { input });
    const second = await scene.data(createRoomCode, { input });
    const line = `POST /room-codes/room/${room.id}/role/q%20%26%20a%2F1`;
    expect(scene.sent()).toEqual([line, line]);
    expect(first.result).toMatchObject({ __typename: 'RoomCode', role: 'q & a/1', enabled: true });
    expect(second.result).not.toEqual(first.result);
    const shown = await scene.data(readRoomCodes, { id: room.id, role: 'q & a/1' });
    expect(shown.room?.roomCodes).toEqual([
      expect.objectContaining({ id: Object(first.result).id }),
      expect.objectContaining({ id: Object(second.result).id }),
    ]);
  });

  it("is refused beyond 100 codes of a room, with the vendor's message", async () => {
    await using scene = await startScene();
    const { room, world } = scene;
    for (let count = 1; count < 100; count += 1) world.roomCodes.create(room.id, 'guest');
    const { result } = await scene.data(createRoomCode, { input: { roomId: room.id, role: 'guest' } });
    expect(result).toEqual(refusedWith(400, 'Room code limit reached', ['a room has at most 100 codes']));
  });

  it('is not sent for an empty role name', async () => {
    await using scene = await startScene();
    const { result } = await scene.data(createRoomCode, { input: { roomId: scene.room.id, role: '' } });
    expect(result).toEqual(invalidAt(['role'], 'must not be empty'));
    expect(scene.sent()).toEqual([]);
  });
});

describe('enabling and disabling a code', () => {
  it('decides whether the code can be exchanged; the input is the code or its global id', async () => {
    await using scene = await startScene();
    const { code } = scene.code;
    const id = encodeGlobalId('RoomCode', `${scene.room.id}:${code}`);
    const exchange = async () => (await scene.data(exchangeRoomCode, { input: { code } })).result?.__typename;
    const shown = async () => (await scene.data(readRoomCodes, { id: scene.room.id })).room?.roomCodes;

    const off = await scene.data(disableRoomCode, { input: { code } });
    expect(off.result).toEqual({ __typename: 'RoomCode', id, code, role: 'guest', enabled: false });
    expect(await exchange()).toBe('NotFoundError');
    expect(await shown()).toMatchObject([{ code, enabled: false }]);
    const on = await scene.data(enableRoomCode, { input: { code: id } });
    expect(on.result).toEqual({ __typename: 'RoomCode', id, code, role: 'guest', enabled: true });
    expect(await exchange()).toBe('AuthToken');
    expect(await shown()).toMatchObject([{ code, enabled: true }]);
    expect(scene.sent().filter((line) => line.endsWith('/code'))).toHaveLength(2);
  });

  it('of a deleted role: it can be disabled, but not enabled', async () => {
    await using scene = await startScene();
    scene.world.templates.deleteRole(scene.room.templateId, 'guest');
    const { result } = await scene.data(disableRoomCode, { input: { code: scene.code.code } });
    expect(result).toMatchObject({ __typename: 'RoomCode', enabled: false });
  });

  it('sends nothing for a value that is no code', async () => {
    await using scene = await startScene();
    for (const code of ['', 'a b', '../rooms', 'x'.repeat(41), encodeGlobalId('Room', MISSING)]) {
      const answer = await scene.ask(disableRoomCode, { input: { code } });
      expect(answer).toMatchObject({
        data: { result: null },
        errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
      });
    }
    expect(scene.sent()).toEqual([]);
  });
});
