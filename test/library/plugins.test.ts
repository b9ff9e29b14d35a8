// Plugins of the host: their hooks see each operation and each result of every transport, behind the gateway's own checks.
import type { Plugin } from 'graphql-yoga';
import { expect, it } from 'vitest';
import { followPeers } from '../e2e/documents.ts';
import { post } from '../support/server.ts';
import { openEventStream, webSocketClient } from '../support/sockets.ts';
import { behindBodyParser, inNode } from './hosts.ts';
import { ADMIN, stageIn } from './stage.ts';

const admin = { authorization: `Bearer ${ADMIN}` };

/** Notes what it sees: `execute` and `subscribe` with the caller, and the data of each result. */
function spy(seen: string[]): Plugin<{ readonly caller?: { readonly name: string } }> {
  return {
    onExecute: ({ args }) => {
      seen.push(`execute ${args.contextValue.caller?.name}`);
      return { onExecuteDone: ({ result }) => void seen.push(JSON.stringify(Object(result).data)) };
    },
    onSubscribe: ({ args }) => {
      seen.push(`subscribe ${args.contextValue.caller?.name}`);
      const onNext = ({ result }: { readonly result: unknown }) =>
        void seen.push(`event ${JSON.stringify(result).match(/Peer\w+/)?.[0]}`);
      return { onSubscribeResult: () => ({ onNext }) };
    },
  };
}

it.each([
  ['read by the gateway', inNode],
  ['read by the host', behindBodyParser],
])(
  'a hook sees each operation over HTTP, with a body %s, and its data as an object',
  async (_case, start) => {
    const seen: string[] = [];
    await using staged = await stageIn(start, { plugins: [spy(seen)] });
    const body = { query: `{ room(id: "${staged.room.id}") { name } }` };
    for (let time = 0; time < 3; time += 1) expect((await post(staged.url, body, admin)).status).toBe(200);
    const query = new URLSearchParams(body);
    await staged.gateway.fetch(new Request(`http://localhost/graphql?${query}`, { headers: admin }));
    expect(seen).toEqual(
      Array.from({ length: 4 }, () => ['execute own:admin', '{"room":{"name":"physics"}}']).flat(),
    );
  },
);

it('a hook sees each event of server-sent events and of a WebSocket', async () => {
  const seen: string[] = [];
  await using staged = await stageIn(inNode, { plugins: [spy(seen)] });
  const variables = { roomId: staged.room.id };
  await using stream = await openEventStream(staged.url, followPeers, variables, admin);
  await stream.next();
  await using client = webSocketClient(staged.url, ADMIN);
  await using watching = client.watch(followPeers, variables);
  await watching.next();
  for (const name of ['Ben', 'Cleo']) {
    staged.sandbox.world.join(staged.room.id, { name, role: 'guest', userId: name });
    expect((await stream.next())?.data).toContain(name);
    await watching.next();
  }
  const ofOne = ['subscribe own:admin', 'event PeersSnapshot', 'event PeerJoined', 'event PeerJoined'];
  expect(seen.toSorted()).toEqual([...ofOne, ...ofOne].toSorted());
});

it('a hook runs for no request that the gateway refuses', async () => {
  const seen: string[] = [];
  await using staged = await stageIn(inNode, { plugins: [spy(seen)], limits: { depth: 2 } });
  const query = '{ rooms { edges { node { name } } } }';
  const strict = { ...admin, accept: 'application/graphql-response+json' };
  const answers = [
    await post(staged.url, { query: '{ __typename }' }),
    await post(staged.url, { query: '{ __typename }' }, { ...admin, origin: 'https://evil.example.com' }),
    await post(staged.url, { query }, strict),
    await post(staged.url, { query: '{ nothing }' }, strict),
  ];
  expect(answers.map(({ status }) => status)).toEqual([401, 403, 400, 400]);
  expect(seen).toEqual([]);
});

it('what a hook throws before execution is the answer, and takes no place in a limit', async () => {
  const failing: Plugin = {
    onContextBuilding: () => {
      throw new Error('CANARY');
    },
  };
  await using staged = await stageIn(inNode, { plugins: [failing], limits: { subscriptionsPerCaller: 1 } });
  for (let time = 0; time < 3; time += 1) {
    const body = { query: followPeers.toString(), variables: { roomId: staged.room.id } };
    const answer = await post(staged.url, body, { ...admin, accept: 'text/event-stream' });
    expect([answer.status, await answer.text()]).toEqual([500, expect.stringContaining('INTERNAL')]);
  }
});

it('a plugin is disposed of when the gateway closes', async () => {
  const seen: string[] = [];
  await using staged = await stageIn(inNode, { plugins: [{ onDispose: () => void seen.push('disposed') }] });
  await staged.gateway.close();
  expect(seen).toEqual(['disposed']);
});
