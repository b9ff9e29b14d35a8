// Secrets that the REST API echoes are in no answer: every field of every Node of a world that is full of them.
import { expect, it } from 'vitest';
import type { TestGateway } from '../support/gateway.ts';
import { startTestGateway } from '../support/gateway.ts';
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

/** A template and rooms that hold a secret wherever the REST API lets one be. */
function plantSecrets({ sandbox: { world } }: TestGateway): void {
  const template = world.createTemplate({
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
  const room = world.createRoom({
    name: 'with secrets',
    templateId: template.id,
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
  world.createRoomCode(room.id, 'host');
  world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada', publish: ['audio'] });
}

it('no secret of a workspace is in any answer or any line of the log', async () => {
  const { log, text } = memoryLog();
  await using tested = await startTestGateway({ log, sandbox: { data: 'empty' } });
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
  expect(all).not.toMatch(/CANARY|sandbox-secret|eyJ[\w-]+\.[\w-]+\./);
});
