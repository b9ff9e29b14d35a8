// The broadcast of writes: what passes through Redis, how long a mutation waits, and what instances do with writes that they cannot read.
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../../../src/clock.ts';
import type { Fleet } from '../../../src/fleet/fleet.ts';
import { SharedWrites } from '../../../src/fleet/shared/shared-writes.ts';
import type { WriteEffect } from '../../../src/rest/catalog/write-effects.ts';
import { Secret } from '../../../src/secret.ts';
import { openTestFleet } from '../../support/fleet.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { findRedis, redisNotice, RedisServer, type RedisEngine } from '../../support/redis-server.ts';
import { startInstances } from './gateways.ts';

const KEY = 'CANARY-storage-key';
const effect: WriteEffect = { of: 'templates', id: 'hall', change: { settings: { key: KEY } }, whole: null };

/** Two instances with these secrets: the first one tells, and the second one collects what it is told. */
async function startTwo(port: number, secrets: readonly [string, string], clock: Clock = systemClock) {
  await using resources = new AsyncDisposableStack();
  const told: (readonly WriteEffect[])[] = [];
  const writes: SharedWrites[] = [];
  const fleets: Fleet[] = [];
  for (const secret of secrets) {
    const fleet = resources.use(await openTestFleet({ port }));
    fleets.push(fleet);
    const repeat = (effects: readonly WriteEffect[]) => void told.push(effects);
    writes.push(new SharedWrites({ fleet, clock, secret: new Secret(secret), repeat }));
  }
  const [here] = writes;
  if (here === undefined) throw new Error('there are two');
  const owned = resources.move();
  return { here, told, fleets, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

describe.each<RedisEngine>(['redis', 'valkey'])('over %s', (engine) => {
  describe.skipIf(findRedis(engine) === undefined)(`on this machine${redisNotice(engine)}`, () => {
    it('the effects of one turn are one message, which another instance reads', async () => {
      await using server = await RedisServer.start({ engine });
      await using two = await startTwo(server.port, ['secret', 'secret']);
      two.here.note(effect);
      two.here.note();
      two.here.note({ ...effect, id: 'stage' });
      await two.here.told();
      await expect.poll(() => two.told).toEqual([[effect, { ...effect, id: 'stage' }]]);
      two.here.note();
      await two.here.told();
      await expect.poll(() => two.told[1]).toEqual([]);
    });

    it('an instance with another secret only drops the objects', async () => {
      await using server = await RedisServer.start({ engine });
      await using two = await startTwo(server.port, ['secret', 'next secret']);
      two.here.note(effect);
      await expect
        .poll(() => two.told)
        .toEqual([[{ of: 'templates', id: 'hall', change: null, whole: null }]]);
    });
  });
});

/** Everything that passes through the server from now on, as its command MONITOR shows it. */
function monitor(server: RedisServer) {
  const seen: string[] = [];
  const socket = connect(server.port, '127.0.0.1');
  socket
    .setEncoding('utf8')
    .on('data', (text: string) => seen.push(text))
    .on('error', () => undefined);
  socket.write('MONITOR\r\n');
  return { text: () => seen.join(''), [Symbol.dispose]: () => socket.destroy() };
}

describe.skipIf(findRedis('redis') === undefined)(`gateways${redisNotice('redis')}`, () => {
  it('no secret of a write can be read in Redis, and a patch at another instance does not lose it', async () => {
    await using instances = await startInstances();
    const { here, there, sandbox, server } = instances;
    using seen = monitor(server);
    await expect.poll(seen.text).toContain('OK');
    const { id } = sandbox.world.templates.create({ name: 'hall', roles: { host: { priority: 1 } } });
    sandbox.faults.set('*', { kind: 'stale', ms: 60_000 });
    const accepted = '{ __typename ... on InvalidInputError { issues { path message } } }';
    const write = (input: string) =>
      `mutation { done: updateTemplateDestinations(input: { templateId: "${id}", ${input} }) ${accepted} }`;
    const first = `rtmp: [{ name: "first", rtmpUrls: ["rtmp://live.example.com/app/${KEY}"] }]`;
    expect(await here.data(write(first))).toEqual({ done: { __typename: 'Template' } });
    await expect.poll(seen.text).toContain('"writes');
    expect(await there.data(write('hls: [{ name: "second" }]'))).toEqual({
      done: { __typename: 'Template' },
    });
    const { destinations } = sandbox.world.templates.get(id);
    expect(JSON.stringify(destinations)).toContain(KEY);
    expect(JSON.stringify(destinations)).toContain('second');
    expect(seen.text()).not.toContain(KEY);
  });

  it('a mutation waits for 50 ms at most, and not at all while Redis is away', async () => {
    await using server = await RedisServer.start();
    const clock = new ManualClock();
    await using two = await startTwo(server.port, ['secret', 'secret'], clock);
    server.pause();
    two.here.note(effect);
    let isTold = false;
    void two.here.told()?.then(() => (isTold = true));
    await clock.advance(49);
    expect(isTold).toBe(false);
    await clock.advance(1);
    expect(isTold).toBe(true);
    await expect.poll(() => two.fleets.some(({ isConnected }) => isConnected), { timeout: 8000 }).toBe(false);
    two.here.note(effect);
    expect(two.here.told()).toBeNull();
  });

  it('a watched room shows a mutation at once in the queries of an instance that follows it', async () => {
    await using instances = await startInstances({
      config: { pollIntervalMs: 60_000, pollMaxIntervalMs: 60_000 },
    });
    const { here, there, sandbox } = instances;
    const { id } = sandbox.world.rooms.create();
    const ada = sandbox.world.join(id, { name: 'Ada', role: 'host', userId: 'ada' });
    for (const { gateway } of [here, there]) {
      const { value } = await gateway.services.live.peerChanges(id).next();
      expect(value).toMatchObject({ peers: [{ name: 'Ada' }] });
    }
    sandbox.faults.set('*', { kind: 'stale', ms: 60_000 });
    await here.data(
      `mutation { updatePeer(input: { roomId: "${id}", peerId: "${ada.id}", name: "Ada L." }) { __typename } }`,
    );
    await expect
      .poll(() => there.data(`{ room(id: "${id}") { peers { edges { node { name } } } } }`), {
        interval: 2,
        timeout: 4000,
      })
      .toEqual({ room: { peers: { edges: [{ node: { name: 'Ada L.' } }] } } });
  });
});
