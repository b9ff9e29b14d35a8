// Numbers in a peer's metadata: `metadataJson` has them as JavaScript numbers, `metadata` as the app wrote them. The
// field's description says both.
import { expect, it } from 'vitest';
import { schema } from '../../../schema/index.ts';
import { startScene } from '../rooms/room-scene.ts';

it.each([
  ['an integer of 60 bits', '{"n":750727362669608961}', { n: 750727362669609000 }],
  ['an integer that is 1 too large', '{"n":[9007199254740993]}', { n: [9007199254740992] }],
  ['a fraction of 40 digits', '0.1000000000000000055511151231257827021182', 0.1],
  ['a number that JavaScript cannot hold', '{"n":1e400,"m":1}', { n: null, m: 1 }],
])('%s is exact in metadata and rounded in metadataJson', async (_, metadata, rounded) => {
  await using scene = await startScene();
  const { room, ada, world } = scene;
  world.updatePeer(room.id, ada.id, { metadata });
  expect(
    await scene.data(`{ peer(roomId: "${room.id}", id: "${ada.id}") { metadata metadataJson } }`),
  ).toEqual({ peer: { metadata, metadataJson: rounded } });
});

it('the description of metadataJson says that large numbers are rounded, and which field is exact', () => {
  const type = schema.getType('Peer');
  const fields = type !== undefined && 'getFields' in type ? type.getFields() : {};
  const { description } = fields['metadataJson'] ?? {};
  expect(description).toContain('integers beyond 2^53 are rounded');
  expect(description).toContain('`metadata` has the exact text');
  expect(description).toContain('numbers beyond 1.8e308 become null');
});
