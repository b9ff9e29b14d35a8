// Gateways in one process over one sandbox, joined by fleets over a real Redis or Valkey.
import { expect, vi } from 'vitest';
import { Authenticator } from '../../../src/auth/authenticator.ts';
import { systemClock } from '../../../src/clock.ts';
import type { Config } from '../../../src/config.ts';
import type { Fleet } from '../../../src/fleet/fleet.ts';
import { shareOver } from '../../../src/fleet/join-fleet.ts';
import { composeGateway, type Gateway } from '../../../src/gateway.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import type { Limits } from '../../../src/server/operation/limits.ts';
import { canaryCredentials, canaryLog, gatewayCredentials } from '../../support/canary.ts';
import { openTestFleet } from '../../support/fleet.ts';
import { noJitter, testConfig, type Answer } from '../../support/gateway.ts';
import { RedisServer, type RedisEngine } from '../../support/redis-server.ts';

/** One of the gateways. */
export interface Instance {
  readonly gateway: Gateway;
  readonly fleet: Fleet;
  ask(document: string): Promise<Answer>;
  /** The same, for an answer that must have no errors. */
  data(document: string): Promise<unknown>;
}

export interface Instances extends AsyncDisposable {
  readonly server: RedisServer;
  readonly sandbox: Sandbox;
  readonly all: readonly Instance[];
  readonly here: Instance;
  readonly there: Instance;
}

export interface InstancesOptions {
  readonly count?: number;
  readonly engine?: RedisEngine;
  readonly sandbox?: SandboxOptions;
  readonly config?: Partial<Config>;
  readonly limits?: Partial<Limits>;
}

/** Starts `count` of them (default: 2) and waits until each knows all. */
export async function startInstances(options: InstancesOptions = {}): Promise<Instances> {
  const { count = 2, engine = 'redis' } = options;
  await using resources = new AsyncDisposableStack();
  const server = resources.use(await RedisServer.start({ engine }));
  const sandbox = resources.use(
    await startSandbox({ ...canaryCredentials, data: 'empty', ...options.sandbox }),
  );
  const all: Instance[] = [];
  for (let index = 0; index < count; index += 1) {
    // Heartbeats are rare, so a busy machine does not miss one: no test here waits for the loss of a silent Redis.
    const fleet = resources.use(await openTestFleet({ port: server.port, pollIntervalMs: 20_000 }));
    const gateway = resources.use(gatewayOf(sandbox, fleet, options));
    all.push(instanceOf(gateway, fleet));
  }
  await vi.waitFor(
    () => {
      if (!all.every(({ fleet }) => fleet.members.length === count)) throw new Error('not all know all');
    },
    { interval: 5, timeout: 5000 },
  );
  const [here, there] = all;
  if (here === undefined || there === undefined) throw new Error('two instances at least');
  const owned = resources.move();
  return { server, sandbox, all, here, there, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function gatewayOf(sandbox: Sandbox, fleet: Fleet, { config, limits }: InstancesOptions): Gateway {
  const settings = testConfig({ upstreamRequestsPerSecond: 100_000, ...config });
  return composeGateway({
    config: settings,
    log: canaryLog(),
    compilesAtOnce: true,
    lingerMs: 0,
    upstream: { apiUrl: sandbox.url, ...gatewayCredentials },
    limits: { pointsPerMinute: 0, failuresPerMinute: 1e6, ...limits },
    client: { random: noJitter },
    authentication: new Authenticator({}, systemClock),
    joined: shareOver(fleet, {
      clock: systemClock,
      secret: gatewayCredentials.secret,
      requestsPerSecond: settings.upstreamRequestsPerSecond,
      trackLooksPerSecond: settings.trackLooksPerSecond,
    }),
  });
}

function instanceOf(gateway: Gateway, fleet: Fleet): Instance {
  const ask = async (document: string): Promise<Answer> => {
    const response = await gateway.graphql.fetch('http://gateway.test/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: document }),
    });
    return (await response.json()) as Answer;
  };
  return {
    gateway,
    fleet,
    ask,
    async data(document) {
      const answer = await ask(document);
      expect(answer.errors, JSON.stringify(answer.errors)).toBeUndefined();
      return answer.data;
    },
  };
}
