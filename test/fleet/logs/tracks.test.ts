// The law of `trackChanges` for several instances that share their logs: whatever happens to them and to Redis, what a client is told
// of tracks was so at the time that it names or later, and in the end it has the present state. FUZZ_RUNS raises the number.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LiveRooms } from '../../../src/live/live-rooms.ts';
import { fuzzRuns } from '../../support/fuzz.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { SimulatedRedis } from '../../support/simulated-redis/redis.ts';
import { FakeUpstream } from '../../live/fake-upstream.ts';
import { trackStep, TracksWorld, type TrackStep } from '../../live/tracks/tracks-history.ts';
import { inShort, TracksMirror } from '../../live/tracks/tracks-mirror.ts';
import { setCut, startInstance, trouble, type Instance, type Trouble } from './fleet-world.ts';

const fleetStep = fc.oneof({ weight: 4, arbitrary: trackStep }, { weight: 1, arbitrary: trouble });

/** Three instances. Clients begin on the first one. */
class TracksFleet extends TracksWorld {
  readonly #redis: SimulatedRedis;
  readonly #instances: (Instance | null)[];
  readonly #places = [0, 0, 0];

  constructor() {
    let redis: SimulatedRedis | null = null;
    let first: Instance | null = null;
    super((options) => {
      redis = new SimulatedRedis(options.clock);
      first = startInstance(redis, options);
      return first.live;
    });
    if (redis === null || first === null) throw new Error('The first instance was not made.');
    this.#redis = redis;
    this.#instances = [first, null, null];
    for (const client of this.clients) client.mayGoBack = true;
  }

  async runAll(steps: readonly (TrackStep | Trouble)[]): Promise<void> {
    for (const step of steps) {
      const happens = this.#trouble(step);
      happens?.();
      // A step that is no trouble is one of the room or of a client.
      await this.run(happens === null ? [step as TrackStep] : []);
    }
  }

  override async calmDown(): Promise<void> {
    if (!this.#redis.isUp) this.#redis.start();
    this.#redis.resume();
    for (const instance of this.#instances) if (instance !== null) setCut(instance, false);
    await this.clock.advance(5000);
    await super.calmDown();
  }

  override [Symbol.dispose](): void {
    for (const instance of this.#instances) {
      instance?.link.kill();
      instance?.live.close();
    }
  }

  /** What a step of trouble does; null: it is a step of the room or of a client. */
  #trouble(step: TrackStep | Trouble): (() => void) | null {
    const redis = this.#redis;
    switch (step.do) {
      case 'move':
        return () => this.#move(step.client, step.slot);
      case 'die':
      case 'stop':
        return () => this.#stop(step.slot, step.do === 'die');
      case 'cut':
      case 'heal':
        return () => {
          const instance = this.#instances[step.slot];
          if (instance) setCut(instance, step.do === 'cut');
        };
      case 'flush':
        return () => redis.flush();
      case 'lose redis':
        return () => redis.stop();
      case 'start redis':
        return () => void (redis.isUp || redis.start());
      case 'pause redis':
        return () => redis.pause();
      case 'resume redis':
        return () => redis.resume();
      default:
        return null;
    }
  }

  #move(at: number, to: number): void {
    const client = this.clients[at];
    if (client === undefined) return;
    const wasConnected = client.connected;
    const instance = this.#instances[to] ?? startInstance(this.#redis, this.options);
    this.#instances[to] = instance;
    client.drop();
    client.moveTo(instance.live);
    this.#places[at] = to;
    if (wasConnected) client.connect();
  }

  /** An instance ends, or dies. Its clients come back to another one. The client of the peers is not among them. */
  #stop(at: number, dies: boolean): void {
    const instance = this.#instances[at];
    if (!instance) return;
    this.#instances[at] = null;
    if (dies) instance.link.kill();
    for (const [client, place] of this.#places.entries()) if (place === at) this.#move(client, (at + 1) % 3);
    instance.live.close();
    // What it has sent before is carried out first.
    if (!dies) this.clock.schedule(() => instance.link.leaveFleet(), 20);
  }
}

test('what trackChanges tells was so, whichever instances a client reads it from', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fleetStep, { maxLength: 50, size: 'max' }), async (steps) => {
      using world = new TracksFleet();
      await world.runAll(steps);
      await world.calmDown();
    }),
    fuzzRuns(60),
  );
}, 600_000);

/** Two instances with a client of each in one room, whose peers are `ada` and `bob`. */
async function two() {
  const clock = new ManualClock();
  const upstream = new FakeUpstream(clock);
  const redis = new SimulatedRedis(clock);
  const options = { upstream, clock, pollIntervalMs: 1000, pollMaxIntervalMs: 10_000, sessionCheckMs: 5000 };
  const instances = [0, 1].map(() => startInstance(redis, { ...options, random: () => 0.5 }));
  const room = upstream.room('r');
  for (const id of ['ada', 'bob']) room.join({ id });
  room.publish('ada', { cam: {} });
  await clock.advance(100);
  const watch = async ({ live }: { readonly live: LiveRooms }) => {
    const mirror = new TracksMirror(live, 'r');
    mirror.connect();
    await clock.advance(1000);
    return mirror;
  };
  const [one, other] = instances;
  if (one === undefined || other === undefined) throw new Error('There are two.');
  const stop = () => {
    for (const { live, link } of instances) {
      link.kill();
      live.close();
    }
  };
  return { clock, upstream, room, one, other, watch, [Symbol.dispose]: stop };
}

test('one instance reads for all, and all tell the same events and ages', async () => {
  using scene = await two();
  const { clock, upstream, room, one, other, watch } = scene;
  const here = await watch(one);
  const there = await watch(other);
  await clock.advance(20_000);
  const alone = upstream.trackReads.length;
  await clock.advance(20_000);
  // As many as one instance makes: each of two quiet peers every 9 s.
  expect(upstream.trackReads.length - alone).toBeLessThan(7);
  room.publish('ada', {});
  await clock.advance(12_000);
  expect(inShort(here).at(-1)).toBe('ada: -');
  expect(there.received.at(-1)).toEqual(here.received.at(-1));
  const late = await watch(other);
  expect(late.received[0]).toMatchObject({ kind: 'snapshot', reason: 'SUBSCRIBED' });
  // The follower was told of the reads that changed nothing.
  const [snapshot] = late.received;
  expect(clock.now() - (snapshot?.kind === 'snapshot' ? (snapshot.asOf ?? 0) : 0)).toBeLessThan(12_000);
  expect(one.live.gauges().trackedPeers + other.live.gauges().trackedPeers).toBe(2);
});

test('when the instance that reads dies, another one goes on, and clients resume there', async () => {
  using scene = await two();
  const { clock, room, one, other, watch } = scene;
  const here = await watch(one);
  const there = await watch(other);
  await clock.advance(3000);
  const [leader, follower] = one.live.gauges().trackedPeers > 0 ? [one, other] : [other, one];
  const client = leader === one ? here : there;
  leader.link.kill();
  room.publish('bob', { mic: { type: 'audio' } });
  client.drop();
  client.moveTo(follower.live);
  const from = client.received.length;
  client.connect();
  await clock.advance(20_000);
  expect(inShort(client, from)).toEqual(['bob: mic on']);
  expect(client.faults).toEqual([]);
});
