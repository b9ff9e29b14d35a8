// The sandbox of the library: a team's own code against it, without another network than loopback.
import { expect, test } from 'vitest';
import { createSandbox, type SandboxOptions } from '../../src/library.ts';
import { canaryCredentials } from '../support/canary.ts';
import { namesInRoom } from './names-in-room.ts';

const credentials = canaryCredentials;

test('people who join are listed, and a 503 is asked for once more', async () => {
  await using sandbox = await createSandbox({ ...credentials, data: 'empty' });
  const room = sandbox.world.rooms.create({ name: 'physics' });
  sandbox.world.join(room.id, { name: 'Ada', role: 'guest', userId: 'ada' });
  sandbox.faults.set('listActivePeers', { kind: 'status', status: 503 }, { times: 1 });

  expect(await namesInRoom(room.id, sandbox)).toEqual(['Ada']);

  const asked = `GET /active-rooms/${room.id}/peers`;
  expect(sandbox.ledger.lines()).toEqual([asked, asked]);
});

test('wrong credentials are refused with 401', async () => {
  await using sandbox = await createSandbox({ ...credentials, data: 'empty' });
  const { id } = sandbox.world.rooms.create();
  await expect(namesInRoom(id, { ...sandbox, secret: 'wrong' })).rejects.toThrow('401');
});

test('the seed decides the data, and sandboxes of one process know nothing of one another', async () => {
  await using one = await createSandbox({ ...credentials, seed: 7 });
  await using same = await createSandbox({ ...credentials, seed: 7 });
  await using other = await createSandbox({ ...credentials, seed: 8 });
  const idsOf = ({ world }: typeof one) => [...world.rooms.all.keys()];
  expect(idsOf(same)).toEqual(idsOf(one));
  expect(idsOf(other)).not.toEqual(idsOf(one));
  one.world.rooms.create({ name: 'new' });
  expect(idsOf(same)).not.toEqual(idsOf(one));
});

test('all faults of the options are told at once', async () => {
  const options = {
    ports: 4100,
    port: 65_536,
    seed: '7',
    accessKey: '',
    data: 'full',
    living: 'yes',
    webhook: { url: 'localhost:4000/webhooks/100ms', header: {} },
  };
  // As a program in JavaScript may give them.
  await expect(createSandbox(options as unknown as SandboxOptions)).rejects.toMatchObject({
    name: 'ConfigError',
    faults: [
      'ports is not an option of createSandbox; did you mean port?',
      'port must be a whole number from 0 to 65535',
      'seed must be a whole number',
      'accessKey must be a text that is not empty',
      'data must be `demo` or `empty`',
      'living must be true or false',
      'webhook.header is not an option of createSandbox; did you mean webhook.headers?',
      'webhook.url must be an http or https URL',
    ],
  });
});

test('a closed sandbox answers nobody, and closing it again does nothing', async () => {
  const sandbox = await createSandbox(credentials);
  await sandbox.close();
  await sandbox.close();
  await expect(fetch(sandbox.url)).rejects.toThrow('fetch failed');
});
