// Some instances that share their logs, over one upstream and one Redis, on a clock that the test advances.
import type { LiveRooms } from '../../../src/live/live-rooms.ts';
import { FakeUpstream } from '../../live/fake-upstream.ts';
import { Mirror } from '../../live/mirror.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { SimulatedRedis } from '../../support/simulated-redis/redis.ts';
import { startInstance, type Instance } from './fleet-world.ts';

/** Instances that end when it is disposed of. */
export class FleetScene implements Disposable {
  readonly clock = new ManualClock();
  readonly upstream = new FakeUpstream(this.clock);
  readonly redis = new SimulatedRedis(this.clock);
  readonly instances: Instance[];

  constructor(count: number) {
    this.instances = Array.from({ length: count }, () => this.start());
  }

  start() {
    const { clock, upstream } = this;
    const intervals = { pollIntervalMs: 1000, pollMaxIntervalMs: 10_000, sessionCheckMs: 5000 };
    return startInstance(this.redis, { clock, upstream, random: () => 0, ...intervals });
  }

  instance(index: number): Instance {
    const instance = this.instances[index];
    if (instance === undefined) throw new Error(`There is no instance ${index}`);
    return instance;
  }

  at(index: number): LiveRooms {
    return this.instance(index).live;
  }

  /** Ends an instance without warning. */
  kill(index: number): void {
    const { link, live } = this.instance(index);
    link.kill();
    live.close();
  }

  /** A client that has received its first event. */
  async client(index: number, roomId = 'r'): Promise<Mirror> {
    const mirror = new Mirror(this.at(index), { roomId });
    mirror.connect();
    await this.clock.advance(50);
    return mirror;
  }

  /** How many entries and messages of confirmations the instances write from now on. */
  written(): { entries: number; confirmations: number } {
    const written = { entries: 0, confirmations: 0 };
    for (const { link } of this.instances) {
      const [commit, confirm] = [link.commit.bind(link), link.confirm.bind(link)];
      link.commit = (...args) => {
        written.entries += 1;
        return commit(...args);
      };
      link.confirm = (...args) => {
        written.confirmations += 1;
        return confirm(...args);
      };
    }
    return written;
  }

  leads(): readonly number[] {
    return this.instances.map(({ live }) => live.gauges().ledRooms);
  }

  [Symbol.dispose](): void {
    for (const { live } of this.instances) live.close();
  }
}

/** The same with the peer `a` in the room `r`, and a client of the room on each instance. */
export class WatchedRoom extends FleetScene {
  readonly room = this.upstream.room('r');
  /** By the numbers of their instances. */
  readonly clients: Mirror[] = [];

  static async start(count: number): Promise<WatchedRoom> {
    const scene = new WatchedRoom(count);
    scene.room.join({ id: 'a' });
    for (const index of scene.instances.keys()) scene.clients.push(await scene.client(index));
    return scene;
  }

  /** The client of the instance with this number. */
  of(index: number): Mirror {
    const client = this.clients[index];
    if (client === undefined) throw new Error(`There is no client ${index}`);
    return client;
  }
}
