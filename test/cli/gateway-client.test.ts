// The client of the command over a network that loses everything.
import { expect, it } from 'vitest';
import { Peers } from '../../src/cli/client/documents.ts';
import { GatewayClient } from '../../src/cli/client/gateway-client.ts';
import { newcomer, stage } from '../e2e/stage.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';

it('gives up a connection that does not answer any more, and goes on over a new one', async () => {
  await using it = await stage();
  await using proxy = await TcpProxy.start(Number(new URL(it.url).port));
  const url = new URL(`http://127.0.0.1:${proxy.port}/graphql`);
  await using gateway = new GatewayClient({ url, token: null }, 50);
  const lost = Promise.withResolvers<void>();
  gateway.onConnection = (isConnected) => {
    if (!isConnected) lost.resolve();
  };
  const stop = new AbortController();
  const events = gateway.subscribe(Peers, { roomId: it.room.id, after: null }, stop.signal);
  expect((await events.next()).value?.peerChanges.__typename).toBe('PeersSnapshot');
  proxy.blackhole();
  await lost.promise;
  it.world.join(it.room.id, newcomer('Grace'));
  proxy.heal();
  const { value } = await events.next();
  expect(value?.peerChanges).toMatchObject({ __typename: 'PeerJoined', peer: { name: 'Grace' } });
  stop.abort();
  expect((await events.next()).done).toBe(true);
});
