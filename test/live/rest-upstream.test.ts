// The live core over the real client and the sandbox's HTTP.
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { LiveRooms } from '../../src/live/live-rooms.ts';
import { restUpstream } from '../../src/live/rest-upstream.ts';
import { RestCatalog } from '../../src/rest/catalog.ts';
import { RestClient } from '../../src/rest/client.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';

const stack = { disposables: new AsyncDisposableStack() };
afterEach(async () => {
  await stack.disposables.disposeAsync();
  stack.disposables = new AsyncDisposableStack();
});

async function start() {
  const sandbox = stack.disposables.use(await startSandbox({ data: 'empty' }));
  const client = stack.disposables.use(
    new RestClient({ apiUrl: sandbox.url, accessKey: 'sandbox', secret: 'sandbox-secret' }),
  );
  const { id } = sandbox.world.createRoom({ name: 'maths' });
  const [role = ''] = sandbox.world.template(sandbox.world.room(id).templateId).roles.keys();
  const join = (name: string) => sandbox.world.join(id, { name, role, userId: name });
  return { sandbox, id, join, upstream: restUpstream(client, new RestCatalog(client)) };
}

const { signal } = new AbortController();

test('tells a room that is not live from one that does not exist, and from one that can not be seen', async () => {
  const { sandbox, id, upstream } = await start();
  expect(await upstream.peers(id, signal)).toBeNull();
  expect(await upstream.activeSessions([id], signal)).toEqual(new Map([[id, null]]));
  expect(await upstream.roomExists(id, signal)).toBe(true);
  expect(await upstream.roomExists('64c3d8f2a05b4e0023bc45de', signal)).toBe(false);
  sandbox.faults.set('listActivePeers', { kind: 'status', status: 500 });
  await expect(upstream.peers(id, signal)).rejects.toThrow();
});

test('joins no read that began before, so that what is seen is younger than the question', async () => {
  const { sandbox, id, upstream } = await start();
  await Promise.all([upstream.peers(id, signal), upstream.peers(id, signal)]);
  expect(sandbox.ledger.count({ operationId: 'listActivePeers' })).toBe(2);
  await Promise.all([upstream.allActiveSessions(signal), upstream.activeSessions([id, 'b', 'c'], signal)]);
  expect(sandbox.ledger.count({ operationId: 'listSessions' })).toBe(2);
});

test('tells peers and sessions of a live room', async () => {
  const { sandbox, id, join, upstream } = await start();
  const peer = join('Ada');
  expect(await upstream.peers(id, signal)).toMatchObject([{ id: peer.id, name: 'Ada' }]);
  const sessionId = sandbox.world.activeSession(id)?.id;
  expect((await upstream.activeSessions([id], signal)).get(id)).toMatchObject({ id: sessionId, room_id: id });
  expect(await upstream.allActiveSessions(signal)).toMatchObject([{ id: sessionId }]);
});

test('a room is followed through joins, updates, leaves and its end', async () => {
  const { sandbox, id, join, upstream } = await start();
  using live = new LiveRooms({
    upstream,
    clock: systemClock,
    pollIntervalMs: 20,
    pollMaxIntervalMs: 20,
    sessionCheckMs: 20,
  });
  const changes = live.peerChanges(id);
  const next = async () => (await changes.next()).value as unknown;
  expect(await next()).toMatchObject({ kind: 'snapshot', peers: [], session: null, stale: false });
  const ada = join('Ada');
  expect(await next()).toMatchObject({ kind: 'sessionStarted', session: { room_id: id } });
  expect(await next()).toMatchObject({ kind: 'joined', peer: { id: ada.id } });
  sandbox.world.updatePeer(id, ada.id, { metadata: '{"isHandRaised":true}' });
  expect(await next()).toMatchObject({ kind: 'updated', changed: ['METADATA'], previous: { metadata: '' } });
  const bob = join('Bob');
  expect(await next()).toMatchObject({ kind: 'joined', peer: { id: bob.id } });
  sandbox.world.leave(id, ada.id);
  expect(await next()).toMatchObject({ kind: 'left', peer: { id: ada.id } });
  sandbox.world.endSession(id);
  expect(await next()).toMatchObject({ kind: 'left', peer: { id: bob.id } });
  expect(await next()).toMatchObject({ kind: 'sessionEnded' });
});
