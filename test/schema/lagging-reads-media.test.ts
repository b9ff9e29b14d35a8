// Reads of media jobs and stream keys that lag behind writes: queries right after a start or a stop show it.
import { describe, expect, it } from 'vitest';
import { WRITE_LAG_MS } from '../../src/rest/catalog/written.ts';
import { PROCESSING_MS, STARTING_MS, STOPPING_MS } from '../../src/sandbox/media/jobs.ts';
import { startWithLiveRoom } from './media/media-scene.ts';

type Scene = Awaited<ReturnType<typeof startWithLiveRoom>>;

/** Makes all later reads show the jobs and keys as they are at this call. */
function lag({ sandbox }: Scene): void {
  sandbox.faults.clear();
  sandbox.faults.set('*', { kind: 'stale', ms: 60_000 });
}

interface Kind {
  readonly type: string;
  readonly one: string;
  readonly list: string;
  readonly start: string;
  readonly stop: string;
  readonly stopAll: string;
}

const kinds: readonly Kind[] = [
  {
    type: 'Recording',
    one: 'recording',
    list: 'recordings',
    start: 'startRecording(input: { roomId: "ROOM" })',
    stop: 'stopRecording(input: { id: "ID" })',
    stopAll: 'stopRecordings(input: { roomId: "ROOM" })',
  },
  {
    type: 'LiveStream',
    one: 'liveStream',
    list: 'liveStreams',
    start: 'startLiveStream(input: { roomId: "ROOM" })',
    stop: 'stopLiveStream(input: { id: "ID" })',
    stopAll: 'stopLiveStreams(input: { roomId: "ROOM" })',
  },
  {
    type: 'ExternalStream',
    one: 'externalStream',
    list: 'externalStreams',
    start: 'startExternalStream(input: { roomId: "ROOM", rtmpUrls: ["rtmp://live.example.com/app/key"] })',
    stop: 'stopExternalStream(input: { id: "ID" })',
    stopAll: 'stopExternalStreams(input: { roomId: "ROOM" })',
  },
];

async function start(scene: Scene, { start: mutation, type }: Kind): Promise<string> {
  const { job } = (await scene.data(
    `mutation { job: ${mutation.replace('ROOM', scene.roomId)} { ... on ${type} { hmsId status } } }`,
  )) as { job: { hmsId: string; status: string } };
  expect(job.status).toBe('STARTING');
  return job.hmsId;
}

/** The job's status by its id, and in the list of all jobs; null where the list lacks it. */
async function statuses(scene: Scene, { one, list }: Kind, id: string): Promise<unknown> {
  const read = await scene.data(
    `{ one: ${one}(id: "${id}") { status } list: ${list}(first: 9) { edges { node { status } } } }`,
  );
  const { one: job, list: all } = read as {
    one: { status: string } | null;
    list: { edges: readonly { node: { status: string } }[] };
  };
  return [job?.status ?? null, all.edges[0]?.node.status ?? null];
}

describe.each(kinds)('while reads lag behind writes, a $type', (kind) => {
  it('that was started can be read, and its files with the answer', async () => {
    await using scene = await startWithLiveRoom();
    lag(scene);
    const mutation = kind.start.replace('ROOM', scene.roomId);
    expect(
      await scene.data(`mutation { job: ${mutation} { ... on ${kind.type} { status assets { type } } } }`),
    ).toEqual({ job: { status: 'STARTING', assets: [] } });
    const [id = ''] = scene.world.jobs.all.keys();
    // A page of the list does not show the job: its place in the list is not known.
    expect(await statuses(scene, kind, id)).toEqual(['STARTING', null]);
    await scene.clock.advance(WRITE_LAG_MS);
    expect(await statuses(scene, kind, id)).toEqual([null, null]);
  });

  it.each(['stop', 'stopAll'] as const)(
    'that was stopped (%s) is `STOPPING` in every field',
    async (stop) => {
      await using scene = await startWithLiveRoom();
      const id = await start(scene, kind);
      await scene.clock.advance(STARTING_MS);
      lag(scene);
      const mutation = kind[stop].replace('ROOM', scene.roomId).replace('ID', id);
      await scene.data(`mutation { result: ${mutation} { __typename } }`);
      expect(await statuses(scene, kind, id)).toEqual(['STOPPING', 'STOPPING']);
      await scene.clock.advance(WRITE_LAG_MS);
      expect(await statuses(scene, kind, id)).toEqual(['RUNNING', 'RUNNING']);
    },
  );

  it('that has a later status since the write is returned as it was read', async () => {
    await using scene = await startWithLiveRoom();
    const id = await start(scene, kind);
    await scene.clock.advance(STARTING_MS);
    expect(await statuses(scene, kind, id)).toEqual(['RUNNING', 'RUNNING']);
    await scene.data(`mutation { result: ${kind.stop.replace('ID', id)} { __typename } }`);
    scene.sandbox.faults.set(`get${kind.type}`, {
      kind: 'shape',
      shape: (body) => Object.assign({}, body, { status: 'failed' }),
    });
    expect(await statuses(scene, kind, id)).toEqual(['FAILED', 'STOPPING']);
    scene.sandbox.faults.clear();
    await scene.clock.advance(STOPPING_MS + PROCESSING_MS);
    expect(await statuses(scene, kind, id)).toEqual(['COMPLETED', 'COMPLETED']);
  });

  it.each([404, 500])(
    'that was started is returned as started if the read of its files is answered with %i',
    async (status) => {
      await using scene = await startWithLiveRoom();
      scene.sandbox.faults.set(`get${kind.type}`, { kind: 'status', status });
      const mutation = kind.start.replace('ROOM', scene.roomId);
      const { data } = await scene.ask(
        `mutation { job: ${mutation} { ... on ${kind.type} { status assets { type } } } }`,
      );
      expect(data).toEqual({ job: { status: 'STARTING', assets: status === 404 ? [] : null } });
    },
  );
});

describe('while reads lag behind writes, a stream key', () => {
  const keyOf = (scene: Scene) =>
    scene.data(
      `{ streamKey(roomId: "${scene.roomId}") { hmsId } room(id: "${scene.roomId}") { streamKey { hmsId } } }`,
    );
  const create = async (scene: Scene): Promise<{ hmsId: string }> => {
    const { created } = (await scene.data(
      `mutation { created: createStreamKey(input: { roomId: "${scene.roomId}" }) { ... on CreatedStreamKey { streamKey { hmsId } } } }`,
    )) as { created: { streamKey: { hmsId: string } } };
    return created.streamKey;
  };
  const disable = (scene: Scene) =>
    scene.data(`mutation { disableStreamKey(input: { roomId: "${scene.roomId}" }) { __typename } }`);

  it('that was created can be read, and is null once it was disabled', async () => {
    await using scene = await startWithLiveRoom();
    lag(scene);
    const first = await create(scene);
    expect(await keyOf(scene)).toEqual({ streamKey: first, room: { streamKey: first } });
    await disable(scene);
    expect(await keyOf(scene)).toEqual({ streamKey: null, room: { streamKey: null } });
    const second = await create(scene);
    expect(second.hmsId).not.toBe(first.hmsId);
    expect(await keyOf(scene)).toEqual({ streamKey: second, room: { streamKey: second } });
  });

  it('that was disabled is null, also if the read still shows it', async () => {
    await using scene = await startWithLiveRoom();
    const key = await create(scene);
    await scene.clock.advance(WRITE_LAG_MS);
    lag(scene);
    expect(await keyOf(scene)).toMatchObject({ streamKey: key });
    await disable(scene);
    expect(await keyOf(scene)).toEqual({ streamKey: null, room: { streamKey: null } });
    await scene.clock.advance(WRITE_LAG_MS);
    expect(await keyOf(scene)).toMatchObject({ streamKey: key });
  });
});
