// Many instances over one simulated Redis and one simulated REST API. Each has the live core, the shared logs and checks, and the
// share of the upstream budget of src/, and watches some of the rooms.
import { FleetLogs } from '../../src/fleet/logs/fleet-logs.ts';
import { SharedChecks } from '../../src/fleet/logs/shared-checks.ts';
import { UpstreamShare } from '../../src/fleet/shared/upstream-share.ts';
import { LiveRooms } from '../../src/live/live-rooms.ts';
import { Budget } from '../../src/rest/client/budget.ts';
import { SimulatedInstance } from '../../test/support/simulated-redis/instance.ts';
import { SimulatedRedis } from '../../test/support/simulated-redis/redis.ts';
import { between, oneOf, randomFrom, type Random } from '../soak/random.ts';
import { Meter } from './meter.ts';
import { meteredFleet, meteredStore } from './metered-link.ts';
import { SimulatedUpstream } from './simulated-upstream.ts';
import { SimulationClock } from './simulation-clock.ts';

export interface WorldOptions {
  readonly instances: number;
  readonly rooms: number;
  /** The part of the rooms that is live. */
  readonly liveShare: number;
  /** The highest number of instances on which a room is watched; the lowest is 1. */
  readonly watchersMost: number;
  /** Time between two changes of a live room, in milliseconds. */
  readonly changeEveryMs: number;
  readonly peersInRoom: number;
  /** UPSTREAM_RPS. */
  readonly requestsPerSecond: number;
  readonly seed: number;
}

/** The defaults of the configuration. */
export const INTERVALS = { pollIntervalMs: 1000, pollMaxIntervalMs: 10_000, sessionCheckMs: 5000 };
/** See Fleet.memberTtlMs. */
export const MEMBER_TTL_MS = 1.5 * INTERVALS.pollIntervalMs;
/** All clients come within this time, in milliseconds. */
const BEGIN_MS = 10_000;
/** Clients of an instance that died are back on another one within this time, in milliseconds. */
const RECONNECT_MS = 1000;

interface Instance {
  readonly link: SimulatedInstance;
  readonly live: LiveRooms;
  readonly logs: FleetLogs;
  readonly share: UpstreamShare;
  /** The rooms that its clients watch. */
  readonly watched: Set<string>;
}

/** Begins empty: call `begin`. */
export class World {
  readonly options: WorldOptions;
  readonly clock = new SimulationClock();
  readonly meter = new Meter();
  readonly redis: SimulatedRedis;
  readonly upstream: SimulatedUpstream;
  instances: Instance[] = [];
  /** Events and snapshots that clients got. */
  told = 0;
  readonly #random: Random;
  readonly #live: readonly string[];
  #nextChange = 0;

  constructor(options: WorldOptions) {
    this.options = options;
    const { rooms, liveShare, peersInRoom, seed } = options;
    const live = Math.round(rooms * liveShare);
    this.#random = randomFrom(seed);
    this.redis = new SimulatedRedis(this.clock, MEMBER_TTL_MS);
    this.redis.witness = this.meter;
    this.upstream = new SimulatedUpstream(this.clock, rooms, live, peersInRoom);
    this.#live = [...this.upstream.rooms.keys()].slice(0, live);
  }

  /** Starts all instances and the changes; clients come within ten seconds. */
  begin(): void {
    const { instances, watchersMost } = this.options;
    this.instances = Array.from({ length: instances }, () => this.#start());
    for (const id of this.upstream.rooms.keys()) {
      const count = Math.min(between(this.#random, 1, watchersMost), instances);
      const chosen = new Set<Instance>();
      while (chosen.size < count) chosen.add(oneOf(this.#random, this.instances));
      for (const instance of chosen) {
        this.clock.schedule(() => this.#watch(instance, id), this.#random() * BEGIN_MS);
      }
    }
    this.#planChange();
  }

  /** Watched rooms, counted on each instance. */
  get watches(): number {
    return this.instances.reduce((sum, { watched }) => sum + watched.size, 0);
  }

  /** How many rooms each instance leads by a lease. */
  get leads(): readonly number[] {
    return this.instances.map(({ logs }) => logs.leads);
  }

  /** Rooms whose state is known and whose leader lives. */
  get led(): number {
    const alive = new Set(this.instances.map(({ link }) => link.id));
    return [...this.redis.logs.all.values()].filter(({ owner, asOf }) => asOf !== null && alive.has(owner))
      .length;
  }

  /** Kills an instance; its clients come back to others. Returns the rooms that it led. */
  kill(): readonly string[] {
    const victim = this.instances.pop();
    if (victim === undefined) return [];
    const led = [...this.redis.logs.all]
      .filter(([, { owner }]) => owner === victim.link.id)
      .map(([id]) => id);
    victim.link.kill();
    victim.share.stop();
    victim.live.close();
    void victim.logs.close();
    for (const id of victim.watched) {
      const back = () => this.#watch(oneOf(this.#random, this.instances), id);
      this.clock.schedule(back, this.#random() * RECONNECT_MS);
    }
    return led;
  }

  /** Of these rooms those that no live instance leads. */
  leaderless(rooms: readonly string[]): readonly string[] {
    const alive = new Set(this.instances.map(({ link }) => link.id));
    return rooms.filter((id) => !alive.has(this.redis.logs.all.get(id)?.owner ?? ''));
  }

  #start(): Instance {
    const { clock, upstream, options } = this;
    const link = new SimulatedInstance(this.redis);
    const random = this.#random;
    const store = meteredStore(link, this.meter);
    const logs = new FleetLogs({ fleet: link, store, clock, random });
    const checks = new SharedChecks(meteredFleet(link, this.meter, () => this.instances.length));
    const { requestsPerSecond: whole, instances } = options;
    const budget = new Budget({ clock, requestsPerSecond: whole / instances });
    const shared = { logs, checks };
    const live = new LiveRooms({ upstream: upstream.for(budget), clock, ...INTERVALS, random, shared });
    const share = new UpstreamShare({
      fleet: link,
      host: 'api',
      whole,
      budget: {
        get sent() {
          return budget.sent;
        },
        get waiting() {
          return budget.waiting() + live.waitingPolls;
        },
        setPace: (pace) => budget.setPace(pace),
      },
    });
    return { link, live, logs, share, watched: new Set() };
  }

  #watch(instance: Instance, roomId: string): void {
    if (instance.watched.has(roomId)) return;
    instance.watched.add(roomId);
    void this.#read(instance.live, roomId);
  }

  async #read(live: LiveRooms, roomId: string): Promise<void> {
    for await (const _ of live.peerChanges(roomId)) this.told += 1;
  }

  #planChange(): void {
    this.clock.schedule(() => {
      const id = this.#live[this.#nextChange % this.#live.length] ?? '';
      this.#nextChange += 1;
      const room = this.upstream.rooms.get(id);
      const peer = room?.nth(this.#nextChange);
      if (peer != null) room?.update(peer, { metadata: JSON.stringify({ n: this.#nextChange }) });
      this.#planChange();
    }, this.options.changeEveryMs / this.#live.length);
  }
}
