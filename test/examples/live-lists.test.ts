// The examples for Apollo Client, urql and Relay, and those for graphql-ws, graphql-sse and EventSource, over real sockets: each keeps a true list of the peers of a room through lost
// connections, a time in which the REST API fails, and a restart of the gateway. One course of events serves all of them.
import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { watchPeers as watchByApollo } from '../../examples/apollo/peers.ts';
import { watchPeers as watchByEventSource } from '../../examples/peers/event-source.ts';
import { watchPeers as watchBySse } from '../../examples/peers/graphql-sse.ts';
import { watchPeers as watchByWs } from '../../examples/peers/graphql-ws.ts';
import { watchPeers as watchByRelay } from '../../examples/relay/peers.ts';
import { watchPeers as watchByUrql } from '../../examples/urql/peers.ts';
import { Authenticator } from '../../src/auth/authenticator.ts';
import { systemClock } from '../../src/clock.ts';
import { composeGateway } from '../../src/gateway.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { FAST, newcomer } from '../e2e/stage.ts';
import { canaryCredentials, canaryLog, gatewayCredentials } from '../support/canary.ts';
import { testConfig } from '../support/gateway.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { addRooms } from '../support/worlds.ts';

/** The examples of at most 60 lines each. */
const apps = { apollo: watchByApollo, relay: watchByRelay, urql: watchByUrql };
const recipes = { 'graphql-sse': watchBySse, 'graphql-ws': watchByWs };

/** What an example shows. */
interface Shown {
  names: readonly string[];
  stale: boolean;
}

it(
  'keep true lists of a room through lost connections, staleness and a restart',
  { timeout: 120_000 },
  async () => {
    await using sandbox = await startSandbox({ ...canaryCredentials, data: 'empty' });
    const { world } = sandbox;
    const [room] = addRooms(world, 1);
    const roomId = room?.id ?? '';
    const ada = world.join(roomId, newcomer('Ada'));
    const start = async (port: number) => {
      const gateway = composeGateway({
        config: testConfig({ upstreamRequestsPerSecond: 100_000, ...FAST, port }),
        log: canaryLog(),
        upstream: { apiUrl: sandbox.url, ...gatewayCredentials },
        limits: { pointsPerMinute: 0 },
        authentication: new Authenticator({}, systemClock),
      });
      return { gateway, port: Number(new URL(await gateway.listen()).port) };
    };
    await using gateways = new AsyncDisposableStack();
    const first = await start(0);
    gateways.use(first.gateway);
    await using proxy = await TcpProxy.start(first.port);
    await using watching = new AsyncDisposableStack();
    const url = `http://127.0.0.1:${proxy.port}`;
    const shown = await Promise.all(
      Object.entries({ ...apps, ...recipes }).map(async ([name, watchPeers]) => {
        const app: Shown & { readonly name: string } = { name, names: [], stale: false };
        watching.defer(await watchPeers(url, roomId, (names, stale) => Object.assign(app, { names, stale })));
        return app;
      }),
    );
    const truth = (stale = false) => {
      const peers = [...(world.sessions.active(roomId)?.peers.values() ?? [])];
      const names = peers.filter(({ leftAt }) => leftAt === undefined).map(({ name }) => name);
      return shown.map(({ name }) => ({ name, names, stale }));
    };
    const allTrue = (stale = false) =>
      expect.poll(() => shown, { interval: 20, timeout: 20_000 }).toEqual(truth(stale));
    await allTrue();

    // It waits seconds before it connects again; test/e2e/restart.test.ts has that.
    let bySource: readonly string[] = [];
    const stopSource = await watchByEventSource(url, roomId, (names) => (bySource = names));
    watching.defer(stopSource);
    const grace = world.join(roomId, newcomer('Grace'));
    await allTrue();
    world.updatePeer(roomId, grace.id, { name: 'Grace H.' });
    await allTrue();
    await expect.poll(() => bySource, { interval: 20 }).toEqual(['Ada', 'Grace H.']);
    await stopSource();

    const logged = vi.spyOn(console, 'error').mockReturnValue();
    const subscribe = vi.spyOn(first.gateway.services.live, 'peerChanges');
    proxy.cut();
    world.leave(roomId, ada.id);
    world.join(roomId, newcomer('Emmy'));
    proxy.heal();
    await allTrue();
    expect(logged.mock.calls.flat()).toContain(`No connection to ${url} (1006); it is tried again.`);
    // Each has come back with a cursor, not for a snapshot.
    expect(subscribe.mock.calls.map(([, options]) => typeof options?.after)).toEqual(
      shown.map(() => 'string'),
    );

    sandbox.faults.set('*', { kind: 'status', status: 500 });
    await allTrue(true);
    sandbox.faults.clear();
    world.join(roomId, newcomer('Ida'));
    await allTrue();

    await first.gateway.close();
    world.leave(roomId, grace.id);
    world.join(roomId, newcomer('Hedy'));
    gateways.use((await start(first.port)).gateway);
    await allTrue();
    world.join(roomId, newcomer('Rosa'));
    await allTrue();
  },
);

it.each(Object.keys(apps))('%s is an app of at most 60 lines', (name) => {
  const text = readFileSync(new URL(`../../examples/${name}/peers.ts`, import.meta.url), 'utf8');
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
});
