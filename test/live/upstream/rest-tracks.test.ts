// Reads of tracks over the REST client and the sandbox: what an answer says, and what one says that cannot be read.
import { expect, test } from 'vitest';
import { restUpstream } from '../../../src/live/upstream/rest-upstream.ts';
import { RestCatalog } from '../../../src/rest/catalog/catalog.ts';
import { RestClient } from '../../../src/rest/client/client.ts';
import type { TrackResource } from '../../../src/rest/peers/peers.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { canaryCredentials, gatewayCredentials } from '../../support/canary.ts';
import { addListeners } from '../../support/worlds.ts';

const { signal } = new AbortController();

async function start() {
  const stack = new AsyncDisposableStack();
  const sandbox = stack.use(await startSandbox({ ...canaryCredentials, data: 'empty' }));
  const client = stack.use(new RestClient({ apiUrl: sandbox.url, ...gatewayCredentials }));
  const upstream = restUpstream(client, new RestCatalog(client));
  const room = sandbox.world.rooms.create({ name: 'maths' });
  addListeners(sandbox.world, room);
  const publish = ['audio', 'video'] as const;
  const peer = sandbox.world.join(room.id, { name: 'Ada', role: 'guest', userId: 'ada', publish });
  const read = async (known: readonly TrackResource[] = [], peerId = peer.id) =>
    (await upstream.trackTurn(signal))(room.id, peerId, signal, known);
  /** The next answers have these tracks. */
  const answers = (change: (tracks: Record<string, Record<string, unknown>>) => unknown) =>
    sandbox.faults.set('getActivePeer', {
      kind: 'shape',
      // The sandbox answers a peer with a map of tracks here.
      shape: (body) => {
        const whole = body as { tracks: Record<string, Record<string, unknown>> };
        return { ...whole, tracks: change(whole.tracks) };
      },
    });
  return { sandbox, upstream, room, read, answers, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

test('reads the tracks of a peer; null for one who has left', async () => {
  await using scene = await start();
  const tracks = (await scene.read()) ?? [];
  expect(tracks.map(({ type, mute }) => `${type} ${mute}`).toSorted()).toEqual([
    'audio false',
    'video false',
  ]);
  expect(await scene.read([], '6f2c1a3e-9a50-4a2f-8a53-000000000000')).toBeNull();
});

test('a track that cannot be read stays as it was, and so do values of it', async () => {
  await using scene = await start();
  const known = (await scene.read()) ?? [];
  scene.answers((tracks) => {
    const [first = '', second = ''] = Object.keys(tracks);
    return { [first]: { ...tracks[first], mute: 'perhaps' }, [second]: 'odd' };
  });
  const read = (await scene.read(known)) ?? [];
  const byId = (a: TrackResource, b: TrackResource) => (a.id < b.id ? -1 : 1);
  expect([...read].sort(byId)).toEqual([...known].sort(byId));
});

test('tracks that cannot be read at all are a failure, not a peer who publishes nothing', async () => {
  await using scene = await start();
  scene.answers(() => 'none');
  await expect(scene.read()).rejects.toThrow('cannot be read');
  scene.sandbox.faults.clear();
  scene.answers(() => null);
  expect(await scene.read()).toEqual([]);
});

test('tells by the template which roles may publish', async () => {
  await using scene = await start();
  const { sandbox, upstream, room } = scene;
  const roles = await upstream.publishingRoles(room.id, signal);
  expect(Object.fromEntries(roles ?? [])).toEqual({ host: true, guest: true, listener: false });
  expect(await upstream.publishingRoles('64c3d8f2a05b4e0023bc45de', signal)).toBeNull();
  expect(sandbox.ledger.count({ operationId: 'getTemplate' })).toBe(1);
});
