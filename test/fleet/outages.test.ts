// What a fleet does while Redis is away or cut off, and when it comes back.
import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FleetUnavailableError, type Fleet } from '../../src/fleet/fleet.ts';
import { openTestFleet } from '../support/fleet.ts';
import { freePort } from '../support/loopback.ts';
import { memoryLog, type MemoryLog } from '../support/memory-log.ts';
import { findRedis, redisNotice, RedisServer, type RedisEngine } from '../support/redis-server.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';

const PASSWORD = 'CANARY-redis-password';

/** What the listeners of a fleet were told. */
function connectionsOf(fleet: Fleet): readonly boolean[] {
  const told: boolean[] = [];
  fleet.onConnection((isConnected) => told.push(isConnected));
  return told;
}

/** The messages of the log, of warnings and errors. */
function warningsOf({ text }: MemoryLog): readonly string[] {
  return text()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { readonly level: number; readonly msg: string })
    .filter(({ level }) => level >= 40)
    .map(({ msg }) => msg);
}

describe.for<RedisEngine>(['redis', 'valkey'])('an instance over %s', (engine) => {
  describe.skipIf(findRedis(engine) === undefined)(`with a server${redisNotice(engine)}`, () => {
    let server: RedisServer;
    beforeAll(async () => {
      server = await RedisServer.start({ engine });
    });
    beforeEach(() => server.flush());
    afterAll(() => server[Symbol.asyncDispose]());

    it('whose server is restarted tells so, refuses commands, and has its subscriptions again', async () => {
      const memory = memoryLog();
      await using fleet = await openTestFleet({ port: server.port, log: memory.log });
      await using other = await openTestFleet({ port: server.port });
      await expect.poll(() => fleet.members.length).toBe(2);
      const channel = `${fleet.prefix}news`;
      const got: string[] = [];
      await fleet.subscribe(channel, (message) => got.push(message));
      const receivers: Promise<number>[] = [];
      fleet.onConnection((isConnected) => {
        if (isConnected) receivers.push(fleet.publish(channel, 'back'));
      });
      const told = connectionsOf(fleet);
      await server.kill();
      await expect.poll(() => told).toEqual([false]);
      expect(fleet.members.map(({ id }) => id)).toEqual([fleet.id]);
      await expect(fleet.command('PING')).rejects.toThrow(FleetUnavailableError);
      const late = `${fleet.prefix}late`;
      await fleet.subscribe(late, (message) => got.push(message));
      await server.restart();
      await expect.poll(() => told).toEqual([false, true]);
      expect(await Promise.all(receivers)).toEqual([1]);
      expect(await fleet.publish(late, 'late')).toBe(1);
      await expect.poll(() => got).toEqual(['back', 'late']);
      await expect.poll(() => [fleet.members.length, other.members.length]).toEqual([2, 2]);
      expect(warningsOf(memory)).toEqual([
        expect.stringMatching(/^Redis at 127\.0\.0\.1:\d+ is lost: .+\. This instance works on its own/),
        expect.stringMatching(/^Redis at 127\.0\.0\.1:\d+ is back$/),
      ]);
    });

    it('whose server loses its data enters anew, and tells so', async () => {
      await using fleet = await openTestFleet({ port: server.port });
      const told = connectionsOf(fleet);
      await server.flush();
      // Its coming makes the others send their heartbeats.
      await using other = await openTestFleet({ port: server.port });
      await expect.poll(() => told).toEqual([false, true]);
      expect(fleet.isConnected).toBe(true);
      await expect.poll(() => [fleet.members.length, other.members.length]).toEqual([2, 2]);
    });
  });
});

// Each has its own server. The one test that keeps the process busy runs apart from the others.
describe.skipIf(findRedis('redis') === undefined)(`Redis${redisNotice('redis')}`, () => {
  it.concurrent('that hangs counts as lost, and answers that come later change nothing', async ({
    expect,
  }) => {
    await using server = await RedisServer.start();
    await using fleet = await openTestFleet({ port: server.port });
    const told = connectionsOf(fleet);
    server.pause();
    const from = performance.now();
    const late = fleet.command('SET', 'a', 1);
    await expect(late).rejects.toThrow(FleetUnavailableError);
    expect(performance.now() - from).toBeLessThan(5000);
    await expect.poll(() => told).toEqual([false]);
    server.resume();
    await expect.poll(() => told).toEqual([false, true]);
  });

  it('whose answer waits for a busy process is not lost', async () => {
    await using server = await RedisServer.start();
    await using fleet = await openTestFleet({ port: server.port, pollIntervalMs: 60_000 });
    const told = connectionsOf(fleet);
    const answer = fleet.command('PING');
    await setImmediate();
    const until = performance.now() + 1100;
    while (performance.now() < until);
    expect(await answer).toBe('PONG');
    expect(told).toEqual([]);
  });

  it.concurrent('that lets all bytes vanish counts as lost', async ({ expect }) => {
    await using server = await RedisServer.start();
    await using proxy = await TcpProxy.start(server.port);
    await using fleet = await openTestFleet({ port: proxy.port });
    await expect.poll(() => fleet.isConnected).toBe(true);
    const told = connectionsOf(fleet);
    proxy.blackhole();
    await expect.poll(() => told).toEqual([false]);
    proxy.heal();
    await expect.poll(() => told).toEqual([false, true]);
  });

  it.concurrent('answers after all messages from before, so an instance that is connected is up to date', async ({
    expect,
  }) => {
    await using server = await RedisServer.start();
    await using fleet = await openTestFleet({ port: server.port, pollIntervalMs: 60_000 });
    await using other = await openTestFleet({ port: server.port, pollIntervalMs: 60_000 });
    const channel = `${fleet.prefix}news`;
    let got = 0;
    await fleet.subscribe(channel, () => (got += 1));
    const message = 'x'.repeat(10_000);
    await Promise.all(Array.from({ length: 500 }, () => other.publish(channel, message)));
    await fleet.command('PING');
    expect(got).toBe(500);
  });

  it.concurrent('that does not know RESP3 counts as away, and the log tells why', async ({ expect }) => {
    await using server = await RedisServer.start({ args: ['--rename-command HELLO ""'] });
    const memory = memoryLog();
    await using fleet = await openTestFleet({ port: server.port, log: memory.log });
    expect(fleet.isConnected).toBe(false);
    expect(warningsOf(memory)).toEqual([expect.stringContaining('the server does not speak RESP3')]);
  });

  it.concurrent('that is cut off from one instance makes that one dead to the others, which knows it before', async ({
    expect,
  }) => {
    await using server = await RedisServer.start();
    // It is lost after 1.5 s at most, and dead after 2.1 s.
    const times = { pollIntervalMs: 1400 };
    await using proxy = await TcpProxy.start(server.port);
    await using fleet = await openTestFleet({ port: proxy.port, ...times });
    await using other = await openTestFleet({ port: server.port, ...times });
    await expect.poll(() => [fleet.members.length, other.members.length]).toEqual([2, 2]);
    const order: string[] = [];
    fleet.onConnection((isConnected) => order.push(isConnected ? 'back' : 'lost'));
    other.onMembers(({ length }) => order.push(`${length} members`));
    proxy.blackhole();
    await expect.poll(() => order).toEqual(['lost', '1 members']);
    proxy.heal();
    await expect.poll(() => fleet.members.length).toBe(2);
    await expect.poll(() => order.toSorted()).toEqual(['1 members', '2 members', 'back', 'lost']);
  });

  it.concurrent('that is away at the start does not fail it, and is found later', async ({ expect }) => {
    const port = await freePort();
    const memory = memoryLog();
    await using fleet = await openTestFleet({ port, log: memory.log });
    const told = connectionsOf(fleet);
    expect([fleet.isConnected, fleet.members]).toEqual([false, [{ id: fleet.id, facts: {} }]]);
    await expect(fleet.publish('x', '')).rejects.toThrow(FleetUnavailableError);
    // Several attempts fail, of which the log tells once.
    await wait(350);
    // What is done with each heartbeat goes on.
    let beats = 0;
    fleet.onBeat(() => (beats += 1));
    await expect.poll(() => beats).toBeGreaterThan(1);
    await using proxy = await RedisServer.start({ port });
    expect(proxy.port).toBe(port);
    await expect.poll(() => told).toEqual([true]);
    expect(warningsOf(memory)).toEqual([
      expect.stringMatching(/^Redis at 127\.0\.0\.1:\d+ is away: connect ECONNREFUSED .+ on its own/),
      expect.stringMatching(/ is back$/),
    ]);
  });

  it.concurrent('that refuses the password is told once, without the password, and asked again', async ({
    expect,
  }) => {
    await using server = await RedisServer.start({ password: PASSWORD });
    const memory = memoryLog();
    await using fleet = await openTestFleet({
      port: server.port,
      password: `${PASSWORD}-x`,
      log: memory.log,
    });
    await using nameless = await openTestFleet({ port: server.port, log: memory.log });
    await wait(350);
    expect([fleet.isConnected, nameless.isConnected]).toEqual([false, false]);
    expect(warningsOf(memory)).toEqual([
      expect.stringMatching(/refuses the user or password \(WRONGPASS [^)]+\)/),
      expect.stringMatching(/refuses the user or password \(NOAUTH [^)]+\)/),
    ]);
    expect(memory.text()).not.toContain('CANARY');
    await server.send('CONFIG', 'SET', 'requirepass', `${PASSWORD}-x`);
    await expect.poll(() => fleet.isConnected).toBe(true);
    expect(memory.text()).not.toContain('CANARY');
  });

  it.concurrent('resets the connection of one instance only', async ({ expect }) => {
    await using server = await RedisServer.start();
    await using proxy = await TcpProxy.start(server.port);
    await using fleet = await openTestFleet({ port: proxy.port });
    await using other = await openTestFleet({ port: server.port });
    const told = [connectionsOf(fleet), connectionsOf(other)];
    proxy.cut();
    await expect.poll(() => told).toEqual([[false], []]);
    proxy.heal();
    await expect.poll(() => told).toEqual([[false, true], []]);
    expect(proxy.connections).toBe(1);
  });
});
