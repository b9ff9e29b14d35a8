// After a mutation whose answer is lost, an operation reads again what it had read before: the change may have been
// made, although no answer arrived.
import { expect, it } from 'vitest';
import { addRunningJob } from '../support/media.ts';
import { startWithMedia } from './media/media-scene.ts';
import { streamKeysOf } from '../../src/sandbox/media/stream-keys.ts';

/** A live room with a running job of each kind, and with a stream key if the mutation disables one. */
async function startScene(operationId: string) {
  const scene = await startWithMedia();
  const { world, session, room } = scene;
  const running = (kind: 'recording' | 'live-stream' | 'external-stream') => {
    addRunningJob(world, session, kind);
    return world.jobs.activeOf(room.id, kind)[0]?.id ?? '';
  };
  if (operationId === 'disableStreamKey') streamKeysOf(world).create(room.id);
  const ids: Readonly<Record<string, string>> = {
    room: room.id,
    recording: running('recording'),
    live: running('live-stream'),
    external: running('external-stream'),
  };
  return { ...scene, ids };
}

const ofJobs = 'edges { node { assets { type } } }';

it.each([
  [
    'createRoomCodes',
    'createRoomCodes(input: { roomId: "$room" })',
    'roomCodes { code }',
    'room-codes/room/$room',
  ],
  [
    'createRoomCodeForRole',
    'createRoomCode(input: { roomId: "$room", role: "host" })',
    'roomCodes { code }',
    'room-codes/room/$room',
  ],
  [
    'createStreamKey',
    'createStreamKey(input: { roomId: "$room" })',
    'streamKey { hmsId }',
    'stream-keys/room/$room',
  ],
  [
    'disableStreamKey',
    'disableStreamKey(input: { roomId: "$room" })',
    'streamKey { hmsId }',
    'stream-keys/room/$room',
  ],
  [
    'stopRecording',
    'stopRecording(input: { id: "$recording" })',
    `recordings { ${ofJobs} }`,
    'recordings/$recording',
  ],
  [
    'stopLiveStream',
    'stopLiveStream(input: { id: "$live" })',
    `liveStreams { ${ofJobs} }`,
    'live-streams/$live',
  ],
  [
    'stopExternalStream',
    'stopExternalStream(input: { id: "$external" })',
    `externalStreams { ${ofJobs} }`,
    'external-streams/$external',
  ],
])('a lost answer of %s', async (operationId, mutation, selection, path) => {
  await using scene = await startScene(operationId);
  const named = (text: string) => text.replaceAll(/\$(\w+)/g, (_, name: string) => scene.ids[name] ?? '');
  const look = `updateRoom(input: { id: "$room", name: "x" }) { ... on Room { ${selection} } }`;
  scene.sandbox.faults.set(operationId, { kind: 'cut' });
  const lines = await scene.calls(async () => {
    const { errors } = await scene.ask(
      named(`mutation { before: ${look} change: ${mutation} { __typename } after: ${look} }`),
    );
    expect(errors).toMatchObject([{ path: ['change'], extensions: { code: 'UPSTREAM_BAD_RESPONSE' } }]);
  });
  expect(lines.filter((line) => line.split('?')[0] === named(`GET /${path}`))).toHaveLength(2);
});
