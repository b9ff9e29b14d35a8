// Secrets that the REST API echoes are in no answer: every field of every Node is read, in a world with a secret at
// every possible place.
import { expect, it } from 'vitest';
import type { JobPlan } from '../../src/sandbox/media/job-records.ts';
import type { World } from '../../src/sandbox/live/world.ts';
import type { TestGateway } from '../support/gateway.ts';
import { anySize, startTestGateway } from '../support/gateway.ts';
import { memoryLog } from '../support/memory-log.ts';
import { globalIdsIn, nodeTypes, refetchEverything } from '../support/select-everything.ts';

const secrets = {
  storageKey: 'CANARY-storage-key',
  storageSecret: 'CANARY-storage-secret',
  roomKey: 'CANARY-room-key',
  roomSecret: 'CANARY-room-secret',
  streamKey: 'CANARY-stream-key',
  hookHeader: 'CANARY-hook-header',
} as const;

/** A template and rooms with a secret at each place that can hold one. */
function plantSecrets({ sandbox: { world } }: TestGateway): void {
  const template = world.templates.create({
    name: 'with secrets',
    roles: { host: {}, guest: {} },
    settings: {
      recording: {
        enabled: true,
        upload: {
          type: 's3',
          location: 'bucket',
          prefix: 'all',
          credentials: { key: secrets.storageKey, secretKey: secrets.storageSecret },
        },
      },
    },
    destinations: {
      rtmpDestinations: {
        main: { name: 'main', rtmpUrls: [`rtmp://live.example.com/app/${secrets.streamKey}`] },
      },
    },
  });
  const poll = world.polls.create({ title: 'Asked' });
  const room = world.rooms.create({
    name: 'with secrets',
    templateId: template.id,
    polls: [poll.id],
    recordingInfo: {
      enabled: true,
      upload_info: {
        type: 's3',
        location: 'bucket',
        credentials: { key: secrets.roomKey, secret: secrets.roomSecret },
      },
    },
    webhook: { url: 'https://hooks.example.com/in', headers: { 'x-secret': secrets.hookHeader } },
  });
  world.roomCodes.create(room.id, 'host');
  const ada = world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada', publish: ['audio'] });
  plantMedia(world, room.id, ada.sessionId);
}

/** A completed job of each kind, with its files. */
function plantMedia(world: World, roomId: string, sessionId: string): void {
  const common = {
    roomId,
    sessionId,
    destination: 'main',
    meetingUrl: 'https://meet.example.com/',
    resolution: { width: 1280, height: 720 },
    transcription: undefined,
    maxDurationMs: 60_000,
  };
  const plans: JobPlan[] = [
    { ...common, kind: 'live-stream', recording: { hls_vod: true, single_file_per_layer: true } },
    { ...common, kind: 'recording', isAudioOnly: false },
    {
      ...common,
      kind: 'external-stream',
      rtmpUrls: [`rtmp://live.example.com/app/${secrets.streamKey}`],
      isRecorded: true,
    },
  ];
  const startMs = world.now() - 600_000;
  for (const plan of plans) {
    world.jobs.recall(plan, { startMs, stopMs: startMs + 60_000 }, (ms, step) => world.at(ms, step));
  }
}

it('no secret of a workspace is in any answer or any line of the log', async () => {
  const { log, text } = memoryLog();
  await using tested = await startTestGateway({ log, limits: anySize, sandbox: { data: 'empty' } });
  plantSecrets(tested);
  const typesSeen = new Set<string>();
  const answers: string[] = [];
  const known = new Set<string>();
  let ids = globalIdsIn(
    await tested.data('{ rooms { edges { node { id } } } templates { edges { node { id } } } }'),
  );
  while (ids.size > 0) {
    for (const id of ids) known.add(id);
    const answer = await tested.data(refetchEverything(), { ids: [...ids] });
    answers.push(JSON.stringify(answer));
    for (const { __typename } of (answer as { nodes: { __typename: string }[] }).nodes)
      typesSeen.add(__typename);
    ids = new Set([...globalIdsIn(answer)].filter((id) => !known.has(id)));
  }
  expect(typesSeen).toEqual(new Set(nodeTypes()));
  const all = answers.join('') + text();
  expect(all).toContain('https://hooks.example.com/in');
  for (const secret of Object.values(secrets)) expect(all).not.toContain(secret);
  expect(all).not.toMatch(/CANARY|eyJ[\w-]+\.[\w-]+\./);
});
