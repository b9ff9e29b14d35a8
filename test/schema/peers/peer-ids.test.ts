// Peers whose ids are not lower-case UUIDs: client SDKs choose the ids, and some choose others.
import { expect, it } from 'vitest';
import { encodeGlobalId } from '../../../resolvers/ids.ts';
import { startScene } from '../rooms/room-scene.ts';
import { removePeer, updatePeer } from './peer-documents.ts';

const look = `query ($roomId: ID!, $id: ID!) { peer(roomId: $roomId, id: $id) { id hmsId name } }`;
const refetch = 'query ($id: ID!) { node(id: $id) { id ... on Peer { hmsId connected } } }';

it.each(['A1B2C3D4-E5F6-4A7B-8C9D-0E1F2A3B4C5D', 'sip-peer-1', '+49151', 'ﬁn@sip:7'])(
  'the peer %s is found, changed and removed by its ids',
  async (id) => {
    await using scene = await startScene();
    const { room, ada, world, sandbox } = scene;
    world.sessions.putPeer({ ...ada, id });
    const globalId = encodeGlobalId('Peer', `${room.id}:${id}`);
    for (const given of /^\w+-/.test(id) ? [id, globalId] : [globalId]) {
      expect(await scene.data(look, { roomId: room.id, id: given })).toEqual({
        peer: { id: globalId, hmsId: id, name: 'Ada' },
      });
    }
    expect(await scene.data(refetch, { id: globalId })).toEqual({
      node: { id: globalId, hmsId: id, connected: true },
    });
    const changed = await scene.data(updatePeer, {
      input: { roomId: room.id, peerId: globalId, name: 'Changed' },
    });
    expect(changed.result).toMatchObject({ hmsId: id, name: 'Changed' });
    const removed = await scene.data(removePeer, { input: { roomId: room.id, peerId: globalId } });
    expect(removed.result).toMatchObject({ peerId: globalId, hmsId: id });
    expect(world.sessions.connectedPeer(room.id, id)).toBeUndefined();
    expect(world.sessions.connectedPeer(room.id, ada.id)).toBeDefined();
    expect(sandbox.ledger.lines().at(0)).toBe(`GET /active-rooms/${room.id}/peers/${encodeURIComponent(id)}`);
  },
);
