// An API key that is taken back while its holder is connected, by a change of the file.
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createApiKey } from '../../src/auth/api-keys.ts';
import { createAuthenticator } from '../../src/auth/create-authenticator.ts';
import { systemClock } from '../../src/clock.ts';
import { gatewayCredentials } from '../support/canary.ts';
import { figures } from '../support/figures.ts';
import { startGatewayProcess } from '../support/gateway-process.ts';
import { openSession, subscribe } from '../support/raw-socket.ts';
import { openEventStream } from '../support/sockets.ts';
import { followPeers, followSessions } from './documents.ts';
import { newcomer, stage } from './stage.ts';

const keyOf = (name: string, scopes = ['*']) => createApiKey({ name, scopes, rooms: [], expires: null });
const [bot, desk] = [keyOf('bot'), keyOf('desk')];
const bearer = ({ key }: { readonly key: string }) => ({ authorization: `Bearer ${key}` });

/** A gateway with the keys of both, and what their file becomes. */
async function guarded() {
  const folder = await mkdtempDisposable(join(tmpdir(), 'hms-gateway-keys-'));
  const apiKeysFile = join(folder.path, 'keys');
  await writeFile(apiKeysFile, `${bot.line}\n${desk.line}\n`);
  const authentication = await createAuthenticator(
    { apiKeysFile, jwt: null, hmsToken: false },
    { ...gatewayCredentials, clock: systemClock },
  );
  const staged = await stage({ authentication });
  return {
    ...staged,
    change: (text: string) => writeFile(apiKeysFile, text),
    statusOf: async (key: { readonly key: string }) => {
      const headers = { ...bearer(key), 'content-type': 'application/json' };
      const body = '{"query":"{ __typename }"}';
      return (await fetch(`${staged.url}/graphql`, { method: 'POST', headers, body })).status;
    },
    async [Symbol.asyncDispose]() {
      await staged[Symbol.asyncDispose]();
      authentication[Symbol.dispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe.each([
  ['is taken back', () => `${desk.line}\n`, 401],
  ['has other scopes', () => `${bot.line.replace(' *', ' rooms:read')}\n${desk.line}\n`, 200],
])('a key that %s', (_what, file, status) => {
  it.each([
    ['peerChanges', followPeers],
    ['sessionChanges', followSessions],
  ])('ends its event stream of `%s`, and no other', async (_field, document) => {
    await using gateway = await guarded();
    const variables = { roomId: gateway.room.id };
    await using taken = await openEventStream(gateway.url, document, variables, bearer(bot));
    await using kept = await openEventStream(gateway.url, followPeers, variables, bearer(desk));
    for (const stream of [taken, kept]) expect((await stream.next())?.event).toBe('next');
    await gateway.change(file());
    const last = await taken.next();
    expect(last?.data).toContain('"code":"UNAUTHENTICATED"');
    expect(last?.data).toContain('The API key was taken back, or its rights have changed.');
    expect((await taken.next())?.event).toBe('complete');
    expect([await gateway.statusOf(bot), await gateway.statusOf(desk)]).toEqual([status, 200]);
    gateway.world.join(gateway.room.id, newcomer('Grace'));
    expect((await kept.next())?.data).toContain('PeerJoined');
  });

  it('closes its WebSockets with 4403, and no other', async () => {
    await using gateway = await guarded();
    await using taken = await openSession(gateway.url, bearer(bot));
    await using idle = await openSession(gateway.url, bearer(bot));
    await using kept = await openSession(gateway.url, bearer(desk));
    for (const socket of [taken, kept]) {
      subscribe(socket, '1', `subscription { peerChanges(roomId: "${gateway.room.id}") { __typename } }`);
      expect(await socket.next()).toMatchObject({ type: 'next' });
    }
    await gateway.change(file());
    const reason = 'The API key was taken back, or its rights have changed.';
    for (const socket of [taken, idle]) expect(await socket.closed).toEqual({ code: 4403, reason });
    gateway.world.join(gateway.room.id, newcomer('Grace'));
    expect(await kept.next()).toMatchObject({
      payload: { data: { peerChanges: { __typename: 'PeerJoined' } } },
    });
  });
});

it('a faulty file ends nothing', async () => {
  await using gateway = await guarded();
  await using stream = await openEventStream(
    gateway.url,
    followPeers,
    { roomId: gateway.room.id },
    bearer(bot),
  );
  expect((await stream.next())?.event).toBe('next');
  await gateway.change(`${desk.line}\n${bot.key} *\n`);
  for (let looks = 0; looks < 5; looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await gateway.statusOf(bot)).toBe(200);
  }
  gateway.world.join(gateway.room.id, newcomer('Grace'));
  expect((await stream.next())?.data).toContain('PeerJoined');
});

it('a faulty file shows in /metrics until it is mended', { timeout: 60_000 }, async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'hms-gateway-keys-'));
  const path = join(folder.path, 'keys');
  await writeFile(path, `${bot.line}\n`);
  const variables = { GATEWAY_AUTH: 'api-key', GATEWAY_API_KEYS: path, LOG_LEVEL: 'fatal' };
  await using gateway = await startGatewayProcess({ variables });
  const refused = async () => (await figures(gateway.url))['hms_api_key_file_refused'];
  expect(await refused()).toBe(0);
  await writeFile(path, 'no key\n');
  await expect.poll(refused).toBe(1);
  await writeFile(path, `${bot.line}\n`);
  await expect.poll(refused).toBe(0);
});
