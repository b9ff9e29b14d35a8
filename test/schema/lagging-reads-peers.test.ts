// Reads of live rooms that lag behind writes: a mutation and later queries show the written values, and a removed peer
// does not reappear. Subscribers get what polls show; see test/live/rooms/polling.test.ts.
import { describe, expect, it } from 'vitest';
import { WRITE_LAG_MS } from '../../src/rest/catalog/written.ts';
import type { PeerRecord } from '../../src/sandbox/records.ts';
import { startLagging } from './lagging-scene.ts';
import { startScene, type Scene } from './rooms/room-scene.ts';

/** A connection with these nodes, in the form of an answer. */
const listed = (...nodes: readonly unknown[]) => ({ edges: nodes.map((node) => ({ node })) });

const peerFields = 'name role metadata connected';

function change(scene: Scene, { id }: PeerRecord, values: string): Promise<unknown> {
  return scene.data(`mutation { changed: updatePeer(input: { roomId: "${scene.room.id}", peerId: "${id}", ${values} }) {
    ... on Peer { ${peerFields} room { peers(filter: { userId: "ada" }) { edges { node { ${peerFields} } } } } }
  } }`);
}

/** The peer by its id and in the list of its room. */
async function shown(scene: Scene, { id, userId }: PeerRecord): Promise<unknown> {
  const read = await scene.data(`{
    peer(roomId: "${scene.room.id}", id: "${id}") { ${peerFields} }
    room(id: "${scene.room.id}") { peers(filter: { userId: "${userId}" }) { edges { node { ${peerFields} } } } }
  }`);
  // The document above selects it.
  const { peer, room } = read as { peer: unknown; room: { peers: unknown } };
  expect(room.peers).toEqual(listed(peer));
  return peer;
}

const everybody = (scene: Scene) =>
  scene.data(`{ room(id: "${scene.room.id}") {
    peerCount peers { edges { node { name } } } activeSession { peers(first: 9) { edges { node { name connected } } } }
  } }`);

describe('while reads lag behind writes', () => {
  it('a changed peer has its new values in the answer and in later queries', async () => {
    await using scene = await startLagging();
    const ada = { name: 'Ada L.', role: 'host', metadata: '{"hand":true}', connected: true };
    expect(await change(scene, scene.ada, 'name: "Ada L.", metadata: "{\\"hand\\":true}"')).toEqual({
      changed: { ...ada, room: { peers: listed(ada) } },
    });
    expect(await shown(scene, scene.ada)).toEqual(ada);
    await change(scene, scene.ada, 'role: "guest"');
    expect(await shown(scene, scene.ada)).toEqual({ ...ada, role: 'guest' });
  });

  it('of two changes that cancel out, the second is laid over reads for 5 s', async () => {
    await using scene = await startLagging();
    await change(scene, scene.ada, 'name: "Ada L."');
    await change(scene, scene.ada, `name: "${scene.ada.name}"`);
    expect(await shown(scene, scene.ada)).toMatchObject({ name: 'Ada' });
    scene.sandbox.faults.clear();
    scene.world.updatePeer(scene.room.id, scene.ada.id, { name: 'Ada L.' });
    expect(await shown(scene, scene.ada)).toMatchObject({ name: 'Ada' });
    scene.pass(WRITE_LAG_MS);
    expect(await shown(scene, scene.ada)).toMatchObject({ name: 'Ada L.' });
  });

  it('a change that the vendor ignores without an error is not shown', async () => {
    await using scene = await startLagging();
    scene.sandbox.faults.set('updateActivePeer', {
      kind: 'shape',
      shape: (body) => Object.assign({}, body, { role: 'host' }),
    });
    expect(await change(scene, scene.ada, 'role: "guest", name: "Ada L."')).toMatchObject({
      changed: { role: 'host', name: 'Ada L.', room: { peers: listed({ role: 'host', name: 'Ada L.' }) } },
    });
    expect(await shown(scene, scene.ada)).toMatchObject({ role: 'host', name: 'Ada L.' });
  });

  it('in an answer without the changed keys the written values are filled in', async () => {
    await using scene = await startLagging();
    scene.sandbox.faults.set('updateActivePeer', { kind: 'shape', shape: () => ({ id: scene.ada.id }) });
    expect(await change(scene, scene.ada, 'name: "Ada L."')).toMatchObject({ changed: { name: 'Ada L.' } });
    expect(await shown(scene, scene.ada)).toMatchObject({ name: 'Ada L.', role: 'host' });
  });

  it('once a read has shown a change, later changes by other clients show at once', async () => {
    await using scene = await startLagging();
    await change(scene, scene.ada, 'name: "Ada L."');
    scene.sandbox.faults.clear();
    expect(await shown(scene, scene.ada)).toMatchObject({ name: 'Ada L.' });
    scene.world.updatePeer(scene.room.id, scene.ada.id, { name: 'Countess' });
    expect(await shown(scene, scene.ada)).toMatchObject({ name: 'Countess' });
  });

  it('a change that no read shows is laid over reads for 5 s', async () => {
    await using scene = await startLagging();
    await change(scene, scene.ada, 'name: "Ada L."');
    scene.pass(WRITE_LAG_MS - 1);
    expect(await shown(scene, scene.ada)).toMatchObject({ name: 'Ada L.' });
    scene.pass(1);
    expect(await shown(scene, scene.ada)).toMatchObject({ name: 'Ada' });
  });

  it('a removed peer is in no list, and not connected by its id', async () => {
    await using scene = await startLagging();
    const { room, emmy } = scene;
    const removal = `removePeer(input: { roomId: "${room.id}", peerId: "${emmy.id}" }) { ... on RemovedPeer { room { peers { edges { node { name } } } } } }`;
    const left = { peers: listed({ name: 'Ada' }, { name: 'Grace' }) };
    expect(await scene.data(`mutation { ${removal} }`)).toEqual({ removePeer: { room: left } });
    expect(await everybody(scene)).toEqual({
      room: {
        ...left,
        peerCount: 2,
        activeSession: {
          peers: listed(
            { name: 'Ada', connected: true },
            { name: 'Grace', connected: true },
            { name: 'Emmy', connected: false },
          ),
        },
      },
    });
    expect(await scene.data(`{ peer(roomId: "${room.id}", id: "${emmy.id}") { connected } }`)).toEqual({
      peer: { connected: false },
    });
  });

  it('the peers of a removed role are in no list; a peer that joins later is listed', async () => {
    await using scene = await startLagging();
    const { room, world } = scene;
    await scene.data(
      `mutation { removePeersByRole(input: { roomId: "${room.id}", role: "guest" }) { __typename } }`,
    );
    expect(await everybody(scene)).toMatchObject({ room: { peers: listed({ name: 'Ada' }) } });
    scene.sandbox.faults.clear();
    scene.pass(100);
    world.at(Date.now() + 60_000, () => world.join(room.id, { name: 'Late', role: 'guest', userId: 'late' }));
    expect(await everybody(scene)).toMatchObject({
      room: { peers: listed({ name: 'Ada' }, { name: 'Late' }) },
    });
  });

  it('a room whose session was ended has no session and no peers', async () => {
    await using scene = await startLagging();
    const empty = { peerCount: 0, peers: listed(), activeSession: null };
    const fields = 'peerCount peers { edges { node { name } } } activeSession { hmsId }';
    const ending = `endRoom(input: { roomId: "${scene.room.id}" }) { ... on Accepted { room { ${fields} } } }`;
    expect(await scene.data(`mutation { ${ending} }`)).toEqual({ endRoom: { room: empty } });
    expect(await scene.data(`{ room(id: "${scene.room.id}") { ${fields} } }`)).toEqual({ room: empty });
  });
});

describe('a done change of a peer that cannot be read again', () => {
  it('is returned as done', async () => {
    await using scene = await startScene();
    scene.sandbox.faults.set('listActivePeers', { kind: 'status', status: 500 });
    scene.sandbox.faults.set('getActivePeer', { kind: 'status', status: 404 });
    expect(
      await scene.data(`mutation { changed: updatePeer(input: { roomId: "${scene.room.id}", peerId: "${scene.ada.id}", name: "Ada L." }) {
        ... on Peer { ${peerFields} }
      } }`),
    ).toMatchObject({ changed: { name: 'Ada L.', connected: true } });
  });
});
