// What the context of a subscription keeps between events. The context lives as long as the subscription.
import { expect, test } from 'vitest';
import { createContext } from '../../../resolvers/context.ts';
import { peerChanges } from '../../../resolvers/live/live.ts';
import { anyone } from '../../../src/auth/caller.ts';
import { startTestGateway } from '../../support/gateway.ts';
import { addPeers, addRooms } from '../../support/worlds.ts';

/** The key under which Pothos caches the result of each scope check, for each object. */
const accessCache = Symbol.for('Pothos.contextCache');

test('each event begins with new loaders, and without cached results of scope checks', async () => {
  await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const [room] = addRooms(tested.sandbox.world, 1);
  const roomId = room?.id ?? '';
  addPeers(tested.sandbox.world, roomId, 1);
  const context = createContext(tested.gateway.services, { caller: anyone });
  const kept = () => [context.loaders, Reflect.get(context, accessCache) as object];
  const events = (await peerChanges({ roomId }, context))[Symbol.asyncIterator]();
  await events.next();
  const ofFirst = kept();
  const joined = events.next();
  addPeers(tested.sandbox.world, roomId, 1);
  tested.gateway.services.live.hint(roomId);
  await joined;
  for (const [index, one] of kept().entries()) {
    expect(one).toBeTypeOf('object');
    expect(one).not.toBe(ofFirst[index]);
  }
  await events.return?.();
});
