// The events that subscribers of a room get after a mutation. The room is polled once a minute, so an event during a
// test is caused by the mutation.
import { describe, expect, it } from 'vitest';
import { followPeers, inShort, type PeerChange } from '../../e2e/documents.ts';
import { webSocketClient, type SubscribingClient, type Watching } from '../../support/sockets.ts';
import {
  endRoom,
  removePeers,
  removePeersByRole,
  sendMessage,
  updatePeer,
  updatePeers,
} from './peer-documents.ts';
import { namesIn, NOBODY, startScene, type Scene } from '../rooms/room-scene.ts';

const SELDOM = { pollIntervalMs: 60_000, pollMaxIntervalMs: 60_000, sessionCheckMs: 60_000 };

interface Watched extends Scene {
  /** The next `count` events in their short form, in order. */
  told(count: number): Promise<string[]>;
}

/** A watched room. Its subscriber has received the snapshot. */
async function startWatched(): Promise<Watched> {
  await using resources = new AsyncDisposableStack();
  const scene = resources.use(await startScene({ config: SELDOM }));
  const client: SubscribingClient = resources.use(webSocketClient(await scene.gateway.listen()));
  const watching: Watching<{ readonly peerChanges: PeerChange }> = client.watch(followPeers, {
    roomId: scene.room.id,
  });
  expect(inShort((await watching.next()).peerChanges)).toBe('PeersSnapshot SUBSCRIBED [Ada, Grace, Emmy]');
  scene.sent();
  const all = resources.move();
  return {
    ...scene,
    async told(count) {
      const changes: string[] = [];
      while (changes.length < count) changes.push(inShort((await watching.next()).peerChanges));
      return changes;
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

describe('subscribers of a room', () => {
  it('get an event for each changed peer, and for no other', async () => {
    await using watched = await startWatched();
    const { room, ada, grace } = watched;
    await watched.data(updatePeers, {
      input: {
        roomId: room.id,
        updates: [
          { peerId: ada.id, name: 'Ada L.', metadata: '{"hand":true}' },
          { peerId: NOBODY, name: 'x' },
          { peerId: grace.id, role: 'speaker' },
        ],
      },
    });
    expect((await watched.told(2)).toSorted()).toEqual([
      'PeerUpdated Ada L. NAME,METADATA',
      'PeerUpdated Grace ROLE',
    ]);
  });

  it.each(['cut', 'reset'] as const)(
    'receive a change whose answer is lost (%s) if the vendor has made it',
    async (kind) => {
      await using watched = await startWatched();
      const { room, ada, world } = watched;
      watched.sandbox.faults.set('updateActivePeer', { kind });
      // A connection may break after the vendor has made the change.
      if (kind === 'reset') world.updatePeer(room.id, ada.id, { name: 'Ada L.' });
      const { errors } = await watched.ask(updatePeer, {
        input: { roomId: room.id, peerId: ada.id, name: 'Ada L.' },
      });
      expect(errors).toHaveLength(1);
      expect(await watched.told(1)).toEqual(['PeerUpdated Ada L. NAME']);
    },
  );

  it('get an event for each removed peer', async () => {
    await using watched = await startWatched();
    const { room, emmy } = watched;
    await watched.data(removePeers, { input: { roomId: room.id, peerIds: [emmy.id, NOBODY] } });
    expect(await watched.told(1)).toEqual(['PeerLeft Emmy ROOM']);
    await watched.data(removePeersByRole, { input: { roomId: room.id, role: 'host' } });
    expect(await watched.told(1)).toEqual(['PeerLeft Ada ROOM']);
    expect(namesIn(watched)).toEqual(['Grace']);
  });

  it.each([false, true])(
    'receive the end of a session: PeerLeft of every peer, then SessionEnded (lock: %s)',
    async (lock) => {
      await using watched = await startWatched();
      await watched.data(endRoom, { input: { roomId: watched.room.id, lock } });
      const changes = await watched.told(4);
      expect(changes.slice(0, 3).toSorted()).toEqual([
        'PeerLeft Ada ROOM',
        'PeerLeft Emmy ROOM',
        'PeerLeft Grace ROOM',
      ]);
      expect(changes[3]).toBe('SessionEnded');
    },
  );

  it('get no event for a message or a refused change, and the room is not polled', async () => {
    await using watched = await startWatched();
    const { room, ada } = watched;
    await watched.data(sendMessage, { input: { roomId: room.id, message: 'Soon' } });
    await watched.data(updatePeer, { input: { roomId: room.id, peerId: NOBODY, name: 'x' } });
    expect(watched.sent()).toEqual([
      `POST /active-rooms/${room.id}/send-message`,
      `POST /active-rooms/${room.id}/peers/${NOBODY}`,
    ]);
    await watched.data(updatePeer, { input: { roomId: room.id, peerId: ada.id, name: 'Ada L.' } });
    expect(await watched.told(1)).toEqual(['PeerUpdated Ada L. NAME']);
  });
});

describe('subscribers of a room whose reads lag behind writes by 1.5 s', () => {
  it('get each effect of a mutation once, within seconds, though regular polls are a minute apart', async () => {
    await using watched = await startWatched();
    const { room, ada, emmy, world } = watched;
    watched.sandbox.faults.set('*', { kind: 'stale', ms: 1500 });
    await watched.data(updatePeer, { input: { roomId: room.id, peerId: ada.id, name: 'Ada L.' } });
    await watched.data(removePeers, { input: { roomId: room.id, peerIds: [emmy.id] } });
    world.join(room.id, { name: 'Late', role: 'guest', userId: 'late' });
    expect((await watched.told(3)).toSorted()).toEqual([
      'PeerJoined Late ROOM',
      'PeerLeft Emmy ROOM',
      'PeerUpdated Ada L. NAME',
    ]);
    await watched.data(endRoom, { input: { roomId: room.id, lock: false } });
    const changes = await watched.told(4);
    expect(changes.slice(0, 3).toSorted()).toEqual([
      'PeerLeft Ada L. ROOM',
      'PeerLeft Grace ROOM',
      'PeerLeft Late ROOM',
    ]);
    expect(changes[3]).toBe('SessionEnded');
  });
});
