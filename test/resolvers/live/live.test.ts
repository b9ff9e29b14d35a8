// What the context of a subscription keeps between events. The context lives as long as the subscription.
import { expect, test } from 'vitest';
import { createContext } from '../../../resolvers/context.ts';
import { peerChanges } from '../../../resolvers/live/live.ts';
import { anyone } from '../../../src/auth/caller.ts';
import { startTestGateway } from '../../support/gateway.ts';
import { addPeers, addRooms } from '../../support/worlds.ts';

test('each event begins with new loaders', async () => {
  await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const [room] = addRooms(tested.sandbox.world, 1);
  const roomId = room?.id ?? '';
  addPeers(tested.sandbox.world, roomId, 1);
  const context = createContext(tested.gateway.services, { caller: anyone });
  const events = (await peerChanges({ roomId }, context))[Symbol.asyncIterator]();
  await events.next();
  const ofFirst = context.loaders;
  const joined = events.next();
  addPeers(tested.sandbox.world, roomId, 1);
  tested.gateway.services.live.hint(roomId);
  await joined;
  expect(context.loaders).not.toBe(ofFirst);
  await events.return?.();
});
