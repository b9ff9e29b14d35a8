// Fields that the vendor refuses for a disabled room are null without an error: some clients drop a whole list because
// of one error.
import { describe, expect, it } from 'vitest';
import { startTestGateway } from '../../support/gateway.ts';
import { addRooms } from '../../support/worlds.ts';

const fields = ['roomCodes { code }', 'streamKey { __typename }', 'layout(role: "host") { role }'];

describe.each(fields)('`%s` of a disabled room', (field) => {
  const name = field.split(/\W/)[0] ?? '';

  it('is null without an error and without a call, beside enabled rooms that have it', async () => {
    await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
    const { world, ledger } = tested.sandbox;
    const [first, second] = addRooms(world, 2);
    world.rooms.update(first?.id ?? '', { enabled: false });
    const answer = await tested.ask(`{ rooms { edges { node { enabled ${field} } } } }`);
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toMatchObject({
      rooms: { edges: [{ node: { enabled: true } }, { node: { enabled: false, [name]: null } }] },
    });
    expect(ledger.lines().filter((line) => line.includes(first?.id ?? ''))).toEqual([]);
    expect(second).toBeDefined();
  });

  it('is null without an error when the room was disabled after it was cached', async () => {
    await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
    const { world } = tested.sandbox;
    const [room] = addRooms(world, 1);
    const document = `query ($id: ID!) { room(id: $id) { enabled ${field} } }`;
    await tested.data('query ($id: ID!) { room(id: $id) { name template { name } } }', { id: room?.id });
    world.rooms.update(room?.id ?? '', { enabled: false });
    tested.sandbox.faults.set('listUiLayouts', { kind: 'status', status: 403 });
    expect(await tested.data(document, { id: room?.id })).toEqual({ room: { enabled: true, [name]: null } });
  });

  it('is an error if the vendor refuses an enabled room', async () => {
    await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
    const [room] = addRooms(tested.sandbox.world, 1);
    for (const operationId of ['listRoomCodes', 'getStreamKey', 'listUiLayouts']) {
      tested.sandbox.faults.set(operationId, { kind: 'status', status: 403 });
    }
    const answer = await tested.ask(`query ($id: ID!) { room(id: $id) { ${field} } }`, { id: room?.id });
    expect(answer.errors).toHaveLength(1);
    expect(answer.data).toEqual({ room: { [name]: null } });
  });
});

it('the root field `streamKey` is null for a disabled room', async () => {
  await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const [room] = addRooms(tested.sandbox.world, 1);
  tested.sandbox.world.rooms.update(room?.id ?? '', { enabled: false });
  const document = 'query ($id: ID!) { streamKey(roomId: $id) { __typename } }';
  expect(await tested.data(document, { id: room?.id })).toEqual({ streamKey: null });
});
