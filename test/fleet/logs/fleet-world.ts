// The world of test/live/random-history.ts with three instances of the gateway over a simulated Redis. Instances stop, die and come
// back, Redis is cut off, lost and emptied, and clients move to other instances, all at random.
import * as fc from 'fast-check';
import { FleetLogs } from '../../../src/fleet/logs/fleet-logs.ts';
import { SharedChecks } from '../../../src/fleet/logs/shared-checks.ts';
import type { LiveRoomsOptions } from '../../../src/live/live-rooms-options.ts';
import { LiveRooms } from '../../../src/live/live-rooms.ts';
import type { SnapshotReason } from '../../../src/live/changes.ts';
import { settle } from '../../support/manual-clock.ts';
import { step, World, type Step } from '../../live/random-history.ts';
import { SimulatedInstance } from '../../support/simulated-redis/instance.ts';
import { SimulatedRedis } from '../../support/simulated-redis/redis.ts';

const slot = fc.nat({ max: 2 });

/** What happens to instances and to Redis. */
export const trouble = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('move' as const), client: fc.nat({ max: 6 }), slot }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('die' as const), slot }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('stop' as const), slot }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cut' as const), slot }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('heal' as const), slot }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('flush' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose redis' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('start redis' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pause redis' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('resume redis' as const) }) },
);
export type Trouble = typeof trouble extends fc.Arbitrary<infer S> ? S : never;

/** One thing that happens, in a room, to a client, to an instance or to Redis. */
export const fleetStep = fc.oneof({ weight: 4, arbitrary: step }, { weight: 1, arbitrary: trouble });
export type FleetStep = Step | Trouble;

export interface Instance {
  readonly link: SimulatedInstance;
  readonly live: LiveRooms;
}

/** A `LiveRooms` that shares its logs and checks by a simulated Redis. */
export function startInstance(redis: SimulatedRedis, options: LiveRoomsOptions): Instance {
  const link = new SimulatedInstance(redis);
  const { clock } = options;
  const logs = new FleetLogs({ fleet: link, store: link, clock, random: () => 0.5 });
  const live = new LiveRooms({ ...options, shared: { logs, checks: new SharedChecks(link) } });
  return { link, live };
}

/** Three instances. Clients begin on the first one. */
export class FleetWorld extends World {
  override readonly mayGoBack = new Set<SnapshotReason>(['SUBSCRIBED', 'CURSOR_TOO_OLD']);
  readonly redis: SimulatedRedis;
  readonly instances: (Instance | null)[];
  /** For each client the slot of its instance. */
  readonly #places: number[] = [];

  constructor() {
    let redis: SimulatedRedis | null = null;
    let first: Instance | null = null;
    super((options) => {
      redis = new SimulatedRedis(options.clock);
      first = startInstance(redis, options);
      return first.live;
    });
    if (redis === null || first === null) throw new Error('The first instance was not made.');
    this.redis = redis;
    this.instances = [first, null, null];
  }

  /** Runs the steps, and checks after each that the clients obey the law. */
  async runAll(steps: readonly FleetStep[]): Promise<void> {
    for (const step of steps) {
      const happens = this.#trouble(step);
      if (happens === null) await this.run([step as Step]);
      else {
        happens();
        await settle();
        await this.run([]);
      }
    }
  }

  override async calmDown(): Promise<void> {
    if (!this.redis.isUp) this.redis.start();
    this.redis.resume();
    for (const instance of this.instances) if (instance !== null) setCut(instance, false);
    await this.clock.advance(5000);
    await super.calmDown();
  }

  override [Symbol.dispose](): void {
    for (const instance of this.instances) {
      instance?.link.kill();
      instance?.live.close();
    }
  }

  /** What a step of trouble does; null: it is a step of the rooms and clients. */
  #trouble(step: FleetStep): (() => void) | null {
    switch (step.do) {
      case 'move':
        return () => this.#move(step.client, step.slot);
      case 'die':
        return () => this.#stop(step.slot, true);
      case 'stop':
        return () => this.#stop(step.slot, false);
      case 'cut':
        return () => this.#setCut(step.slot, true);
      case 'heal':
        return () => this.#setCut(step.slot, false);
      case 'flush':
        return () => this.redis.flush();
      case 'lose redis':
        return () => this.redis.stop();
      case 'start redis':
        return () => {
          if (!this.redis.isUp) this.redis.start();
        };
      case 'pause redis':
        return () => this.redis.pause();
      case 'resume redis':
        return () => this.redis.resume();
      default:
        return null;
    }
  }

  #instance(at: number): Instance {
    const known = this.instances[at];
    if (known) return known;
    const made = startInstance(this.redis, this.options);
    this.instances[at] = made;
    return made;
  }

  #setCut(at: number, isCut: boolean): void {
    const instance = this.instances[at];
    if (instance) setCut(instance, isCut);
  }

  #move(at: number, to: number): void {
    const client = this.clients[at] ?? this.workspace;
    const wasConnected = client.connected;
    client.drop();
    client.moveTo(this.#instance(to).live);
    this.#places[at] = to;
    if (wasConnected) client.connect();
  }

  /** An instance ends, or dies. Its clients come back to another one. */
  #stop(at: number, dies: boolean): void {
    const instance = this.instances[at];
    if (!instance) return;
    this.instances[at] = null;
    if (dies) instance.link.kill();
    for (let client = 0; client < 7; client += 1) {
      if ((this.#places[client] ?? 0) === at) this.#move(client, (at + 1) % 3);
    }
    instance.live.close();
    // What it has sent before is carried out first.
    if (!dies) this.clock.schedule(() => instance.link.leaveFleet(), 20);
  }
}

export function setCut({ link }: Instance, isCut: boolean): void {
  // What was sent meanwhile is lost, so the connection is.
  if (link.isCut && !isCut) link.lose();
  link.isCut = isCut;
}
