// A client from outside reads live rooms and their peers, changes and removes peers, sends messages and ends rooms.
import { expect, test } from 'vitest';
import { refusal } from '../../support/outside-client.ts';
import { startLiveLab } from '../../support/outside-lab.ts';

test('active rooms are read with their peers, and a peer with its tracks is changed', async () => {
  await using lab = await startLiveLab();
  const { client, room, ada, grace } = lab;
  const path = `/active-rooms/${room.id}`;
  expect(await client.get(path)).toMatchObject({
    name: 'live',
    session: { id: ada.sessionId, peers: [ada.id, grace.id] },
  });
  expect(await client.get(`${path}/peers`)).toMatchObject({
    peers: { [ada.id]: { name: 'Ada', role: 'host' }, [grace.id]: { name: 'Grace', role: 'guest' } },
  });
  const { tracks } = await client.get(`${path}/peers/${ada.id}`);
  expect(Object.values(tracks ?? {})).toMatchObject([{ type: 'audio' }, { type: 'video' }]);
  const change = { name: 'Ada L.', role: 'guest', metadata: '{"hand":true}' };
  expect(await client.post(`${path}/peers/${ada.id}`, change)).toMatchObject({ id: ada.id, ...change });
  expect(lab.world.sessions.connectedPeer(room.id, ada.id)).toMatchObject(change);
  expect(lab.asked()).toEqual(['getActiveRoom', 'listActivePeers', 'getActivePeer', 'updateActivePeer']);
});

test("messages are sent to a role or to all peers; `peerId`, the SDK's key for a receiver, is not known to the API", async () => {
  await using lab = await startLiveLab();
  const sent: unknown[] = [];
  lab.world.events.on((event) => {
    if (event.type === 'message.sent') sent.push(event.sent);
  });
  const path = `/active-rooms/${lab.room.id}/send-message`;
  await lab.client.post(path, { message: 'hi', type: 'chat', role: 'guest' });
  await lab.client.post(path, { message: 'psst', peerId: lab.ada.id });
  expect(sent).toMatchObject([
    { message: 'hi', type: 'chat', role: 'guest', peerId: undefined },
    { message: 'psst', role: undefined, peerId: undefined },
  ]);
  expect(lab.asked()).toEqual(['sendMessage', 'sendMessage']);
});

test('active rooms lose peers by id and by role, and end', async () => {
  await using lab = await startLiveLab();
  const { client, room, ada, grace } = lab;
  const path = `/active-rooms/${room.id}`;
  await client.post(`${path}/remove-peers`, { peer_id: ada.id, reason: 'noise' });
  expect(lab.world.sessions.connectedPeers(room.id)).toMatchObject([{ id: grace.id }]);
  lab.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
  await client.post(`${path}/remove-peers`, { role: 'guest' });
  expect(lab.world.sessions.connectedPeers(room.id)).toMatchObject([{ name: 'Ada' }]);
  await client.post(`${path}/end-room`, { reason: 'over', lock: true });
  expect(lab.world.rooms.get(room.id).enabled).toBe(false);
  await expect(client.get(path)).rejects.toMatchObject(refusal(404, 'Room not active'));
  expect(lab.asked()).toEqual(['removePeers', 'removePeers', 'endActiveRoom', 'getActiveRoom']);
});
