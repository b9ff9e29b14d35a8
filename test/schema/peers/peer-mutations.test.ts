// The mutations of live rooms: their effects on peers and sessions. The bulk mutations are in
// peer-mutations-bulk.test.ts, the vendor's documented refusals in room-errors.test.ts, the subscribers' events in
// peer-mutations-watched.test.ts.
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../../resolvers/ids.ts';
import {
  endRoom,
  removePeer,
  removePeers,
  removePeersByRole,
  removeTwo,
  sendMessage,
  sendMessages,
  updatePeer,
} from './peer-documents.ts';
import {
  eventsOf,
  globalPeerId,
  invalidAt,
  MISSING,
  namesIn,
  NOBODY,
  NOT_CONNECTED,
  NOT_LIVE,
  NOT_THERE,
  startScene,
} from '../rooms/room-scene.ts';

describe('changing a peer', () => {
  it('sends the given fields, keeps the others, and returns the changed peer', async () => {
    await using scene = await startScene();
    const { room, ada, world } = scene;
    const first = await scene.data(updatePeer, {
      input: { roomId: room.id, peerId: ada.id, name: 'Ada L.', metadata: '{"hand":true}', role: null },
    });
    expect(scene.sent()).toEqual([`POST /active-rooms/${room.id}/peers/${ada.id}`]);
    expect(first.result).toEqual({
      __typename: 'Peer',
      hmsId: ada.id,
      name: 'Ada L.',
      role: 'host',
      metadata: '{"hand":true}',
      connected: true,
    });
    const second = await scene.data(updatePeer, {
      input: {
        roomId: encodeGlobalId('Room', room.id),
        peerId: globalPeerId(scene, ada),
        role: 'speaker',
        metadata: '',
      },
    });
    expect(second.result).toMatchObject({ name: 'Ada L.', role: 'speaker', metadata: null });
    expect(world.sessions.connectedPeer(room.id, ada.id)).toMatchObject({
      name: 'Ada L.',
      role: 'speaker',
      metadata: '',
    });
  });

  it.each(['king', 'Host', 'constructor'])(
    'to the role %s, which does not exist, is refused with a list of the roles, and not sent',
    async (role) => {
      await using scene = await startScene();
      const { room, ada, world } = scene;
      const roles = [...world.templates.get(room.templateId).roles.keys()].toSorted().join(', ');
      const { result } = await scene.data(updatePeer, {
        input: { roomId: room.id, peerId: ada.id, role, name: 'Ada L.' },
      });
      expect(result).toEqual(invalidAt(['role'], `must be a role of the room's template: ${roles}`));
      expect(scene.sent().filter((line) => line.startsWith('POST'))).toEqual([]);
      expect(world.sessions.connectedPeer(room.id, ada.id)).toMatchObject({ name: 'Ada', role: 'host' });
    },
  );

  it('to a role that the cached template lacks and the current one has is sent', async () => {
    await using scene = await startScene();
    const { room, ada, world } = scene;
    const input = { roomId: room.id, peerId: ada.id };
    await scene.data(updatePeer, { input: { ...input, role: 'guest' } });
    world.templates.putRole(room.templateId, 'judge', {});
    const { result } = await scene.data(updatePeer, { input: { ...input, role: 'judge' } });
    expect(result).toMatchObject({ __typename: 'Peer', role: 'judge' });
  });

  it('to a role of a template that cannot be read is sent, so that the vendor decides', async () => {
    await using scene = await startScene();
    scene.sandbox.faults.set('getTemplate', { kind: 'status', status: 400 });
    const { result } = await scene.data(updatePeer, {
      input: { roomId: scene.room.id, peerId: scene.ada.id, role: 'guest' },
    });
    expect(result).toMatchObject({ __typename: 'Peer', role: 'guest' });
  });

  it('to a role that is full returns the unchanged peer: the vendor reports no error', async () => {
    await using scene = await startScene();
    const { room, ada, world } = scene;
    world.templates.putRole(room.templateId, 'speaker', { maxPeerCount: 1 });
    world.updatePeer(room.id, scene.grace.id, { role: 'speaker' });
    const { result } = await scene.data(updatePeer, {
      input: { roomId: room.id, peerId: ada.id, role: 'speaker' },
    });
    expect(result).toMatchObject({ __typename: 'Peer', role: 'host' });
  });

  it('is not sent without a change or with an empty role name', async () => {
    await using scene = await startScene();
    const input = { roomId: scene.room.id, peerId: scene.ada.id };
    const nothing = invalidAt(['peerId'], 'comes with nothing to change: give name, role or metadata');
    expect((await scene.data(updatePeer, { input })).result).toEqual(nothing);
    expect((await scene.data(updatePeer, { input: { ...input, role: '' } })).result).toEqual(
      invalidAt(['role'], 'must not be empty'),
    );
    expect(scene.sent()).toEqual([]);
  });

  it('that is not connected, or has left, is a NotFoundError', async () => {
    await using scene = await startScene();
    const { room, ada, world } = scene;
    world.leave(room.id, ada.id);
    for (const [roomId, peerId] of [
      [room.id, NOBODY],
      [room.id, ada.id],
      [MISSING, NOBODY],
    ] as const) {
      const { result } = await scene.data(updatePeer, { input: { roomId, peerId, name: 'x' } });
      expect(result).toEqual(NOT_CONNECTED);
    }
  });
});

describe('removing peers', () => {
  it("removes the given peer with the reason, and returns the vendor's message", async () => {
    await using scene = await startScene();
    const { room, ada } = scene;
    const events = eventsOf(scene);
    const { result } = await scene.data(removePeer, {
      input: { roomId: room.id, peerId: globalPeerId(scene, ada), reason: 'Abusive chat' },
    });
    expect(scene.sent().slice(0, 1)).toEqual([`POST /active-rooms/${room.id}/remove-peers`]);
    expect(result).toEqual({
      __typename: 'RemovedPeer',
      peerId: globalPeerId(scene, ada),
      hmsId: ada.id,
      said: 'peer remove request submitted',
      room: { hmsId: room.id, enabled: true, peerCount: 2 },
    });
    expect(events).toEqual([{ left: 'Ada', reason: 'peer kicked', message: 'Abusive chat' }]);
  });

  it('removes the peers of one role only', async () => {
    await using scene = await startScene();
    const { room } = scene;
    const { result } = await scene.data(removePeersByRole, { input: { roomId: room.id, role: 'guest' } });
    expect(result).toMatchObject({ __typename: 'Accepted', room: { peerCount: 1 } });
    expect(namesIn(scene)).toEqual(['Ada']);
    expect(scene.sent().filter((line) => line.startsWith('POST'))).toHaveLength(1);
  });

  it('returns the room without the peer, also in the second mutation of an operation', async () => {
    await using scene = await startScene();
    const { room, ada, emmy } = scene;
    const answer = await scene.data(removeTwo, {
      first: { roomId: room.id, peerId: ada.id },
      second: { roomId: room.id, peerId: emmy.id },
    });
    expect(answer).toMatchObject({ first: { room: { peerCount: 2 } }, second: { room: { peerCount: 1 } } });
  });

  it('removes no peer for an empty role name, and sends no request', async () => {
    await using scene = await startScene();
    const { result } = await scene.data(removePeersByRole, { input: { roomId: scene.room.id, role: '' } });
    expect(result).toEqual(invalidAt(['role'], 'must not be empty'));
    expect(scene.sent()).toEqual([]);
  });
});

describe('sending messages', () => {
  it('sends the given text and type to one peer, a role or all peers', async () => {
    await using scene = await startScene();
    const { room, ada } = scene;
    const events = eventsOf(scene);
    for (const receiver of [{ peerId: globalPeerId(scene, ada) }, { role: 'guest' }, {}]) {
      const { result } = await scene.data(sendMessage, {
        input: { roomId: room.id, message: 'Soon', type: 'chat', ...receiver },
      });
      expect(result).toEqual({ __typename: 'Accepted', said: 'message sent' });
    }
    expect(events).toEqual([
      { message: 'Soon', type: 'chat', peerId: ada.id, role: undefined },
      { message: 'Soon', type: 'chat', peerId: undefined, role: 'guest' },
      { message: 'Soon', type: 'chat', peerId: undefined, role: undefined },
    ]);
    expect(scene.sent()).toEqual(
      Array.from({ length: 3 }, () => `POST /active-rooms/${room.id}/send-message`),
    );
  });

  it('with both a peer and a role, or with an empty role name, is refused: the vendor might send it to all peers', async () => {
    await using scene = await startScene();
    const input = { roomId: scene.room.id, message: 'Secret' };
    const both = { ...input, peerId: scene.ada.id, role: 'guest' };
    expect((await scene.data(sendMessage, { input: both })).result).toEqual(
      invalidAt(['role'], 'cannot be given together with peerId'),
    );
    expect((await scene.data(sendMessage, { input: { ...input, role: '' } })).result).toEqual(
      invalidAt(['role'], 'must not be empty'),
    );
    expect(scene.sent()).toEqual([]);
  });
});

describe('ending a room', () => {
  it('removes all peers with the reason and leaves the room enabled', async () => {
    await using scene = await startScene();
    const { room, world } = scene;
    const events = eventsOf(scene);
    const { result } = await scene.data(endRoom, { input: { roomId: room.id, reason: 'Class is over' } });
    expect(scene.sent().slice(0, 1)).toEqual([`POST /active-rooms/${room.id}/end-room`]);
    expect(result).toEqual({
      __typename: 'Accepted',
      said: 'session is ending',
      room: { hmsId: room.id, enabled: true, peerCount: 0 },
    });
    expect(events).toHaveLength(3);
    expect(events[0]).toEqual({ left: 'Ada', reason: 'server removed peer', message: 'Class is over' });
    expect(world.sessions.active(room.id)).toBeUndefined();
    expect(world.rooms.get(room.id).enabled).toBe(true);
  });

  it('with a lock disables the room as well, in the answer and in the next query', async () => {
    await using scene = await startScene();
    const { room, world } = scene;
    const query = `{ room(id: "${room.id}") { enabled activeSession { hmsId } } }`;
    expect(await scene.data(query)).toMatchObject({ room: { enabled: true } });
    const { result } = await scene.data(endRoom, { input: { roomId: room.id, lock: true } });
    expect(result).toMatchObject({ __typename: 'Accepted', room: { enabled: false, peerCount: 0 } });
    expect(await scene.data(query)).toEqual({ room: { enabled: false, activeSession: null } });
    expect(() => world.join(room.id, { name: 'Zoe', role: 'guest', userId: 'zoe' })).toThrow('disabled');
  });
});

describe('a room that is idle or does not exist', () => {
  it('is reported by every mutation, for each item of the bulk forms', async () => {
    await using scene = await startScene();
    const idle = scene.world.rooms.create().id;
    for (const roomId of [idle, MISSING]) {
      const text = { message: 'x' };
      expect([
        (await scene.data(removePeersByRole, { input: { roomId, role: 'guest' } })).result,
        (await scene.data(sendMessage, { input: { roomId, ...text } })).result,
        (await scene.data(endRoom, { input: { roomId } })).result,
        ...((await scene.data(sendMessages, { input: { roomId, messages: [text] } })).results ?? []),
      ]).toEqual(Array.from({ length: 4 }, () => NOT_LIVE));
      // The vendor does not tell such a room from one in which the peer is not.
      const toNobody = { ...text, peerId: NOBODY };
      expect([
        (await scene.data(removePeer, { input: { roomId, peerId: NOBODY } })).result,
        (await scene.data(sendMessage, { input: { roomId, ...toNobody } })).result,
        ...((await scene.data(removePeers, { input: { roomId, peerIds: [NOBODY, NOBODY] } })).results ?? []),
        ...((await scene.data(sendMessages, { input: { roomId, messages: [toNobody] } })).results ?? []),
      ]).toEqual(Array.from({ length: 5 }, () => NOT_THERE));
    }
  });
});
