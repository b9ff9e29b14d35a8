// What happens to gateways and to Redis. Each happening ends with everything healed.
import type { Random } from '../../../src/sandbox/random.ts';
import type { FleetProcesses, Instance } from '../../support/fleet-processes.ts';

/** Where it happens, and how long. */
export interface Scene {
  readonly fleet: FleetProcesses;
  readonly random: Random;
  /** An instance that nothing else happens to at this time. */
  readonly instance: Instance;
  /** The instance that leads most rooms of those that nothing else happens to. */
  readonly leader: Instance;
  /** How long a process is paused, in milliseconds. */
  readonly pauseMs: number;
  /** How long all else lasts at most, in milliseconds. */
  readonly longestMs: number;
}

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** By name. Two happenings at a time must not have the same instance, and one at a time may be of Redis. */
export const happenings: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  async 'the leader is killed'({ leader, random, longestMs }) {
    await leader.kill();
    await after(random.between(0, longestMs));
    await leader.start();
  },
  async 'the leader is paused'({ leader, pauseMs }) {
    leader.pause();
    await after(pauseMs);
    leader.resume();
  },
  async 'an instance is killed'({ instance }) {
    await instance.kill();
    await instance.start();
  },
  async 'an instance is paused'({ instance, pauseMs, random }) {
    instance.pause();
    await after(random.between(100, pauseMs));
    instance.resume();
  },
  async 'an instance is stopped'({ instance, random, longestMs }) {
    await instance.stop();
    await after(random.between(0, longestMs));
    await instance.start();
  },
  async 'an instance is cut off'({ leader, random, longestMs }) {
    leader.proxy?.cut();
    await after(random.between(100, longestMs));
    leader.proxy?.heal();
  },
  async 'connections are reset'({ leader }) {
    leader.proxy?.reset();
  },
  async 'bytes of an instance vanish'({ leader, random, longestMs }) {
    leader.proxy?.blackhole();
    await after(random.between(100, longestMs));
    leader.proxy?.heal();
  },
  async 'Redis is killed'({ fleet, random, longestMs }) {
    await fleet.server.kill();
    await after(random.between(0, longestMs));
    await fleet.server.restart();
  },
  async 'Redis is paused'({ fleet, random, longestMs }) {
    fleet.server.pause();
    await after(random.between(100, longestMs));
    fleet.server.resume();
  },
  async 'Redis is emptied'({ fleet }) {
    await fleet.server.flush();
  },
};

/** Whether it happens to Redis. */
export const isOfRedis = (name: string) => name.startsWith('Redis');
