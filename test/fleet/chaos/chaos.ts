// Gateways, rooms and clients, to which things happen at random, and the law that must hold.
import { setTimeout as after } from 'node:timers/promises';
import { expect } from 'vitest';
import { Random } from '../../../src/sandbox/random.ts';
import type { FleetProcesses, Instance } from '../../support/fleet-processes.ts';
import { BusyRooms } from './busy-rooms.ts';
import { Shared } from './copies.ts';
import { happenings, isOfRedis } from './happenings.ts';
import { RoamingClient, roomSubscription, sessionsSubscription } from './roaming-client.ts';

/** The longest time until all is as it should be again, in milliseconds, on a busy machine. */
const CALM_MS = 60_000;

export interface ChaosOptions {
  readonly fleet: FleetProcesses;
  readonly seed: string;
  /** What may happen. */
  readonly names: readonly string[];
  readonly rooms: number;
  readonly clients: number;
  /** See Scene. */
  readonly pauseMs: number;
  readonly longestMs: number;
}

interface Seat {
  readonly client: RoamingClient;
  readonly truth: () => Map<string, string>;
}

/** Runs until it is disposed of. */
export class Chaos implements AsyncDisposable {
  readonly #options: ChaosOptions;
  readonly #random: Random;
  readonly #rooms: BusyRooms;
  readonly #shared = new Shared();
  readonly #seats: Seat[];
  readonly #down = new Set<Instance>();
  readonly #said: string[] = [];
  #roaming: NodeJS.Timeout | undefined;

  constructor(options: ChaosOptions) {
    const { fleet, seed } = options;
    this.#options = options;
    this.#random = new Random(seed);
    this.#rooms = new BusyRooms(fleet.sandbox.world, options.rooms, seed);
    this.#seats = Array.from({ length: options.clients }, (_, at) => this.#seat(at));
  }

  /** What has happened, for the report. */
  get report(): string {
    const sum = (of: (seat: Seat) => number) => this.#seats.reduce((total, seat) => total + of(seat), 0);
    const told = `${sum(({ client }) => client.copy.changes)} changes and ${sum(({ client }) => client.copy.snapshots)} snapshots were told`;
    return `${this.#rooms.changes} changes of rooms; ${told}; ${this.#said.join('; ')}`;
  }

  /** Lets these things happen one after another, or two at a time, heals all, and checks the law until nothing moves. */
  async round(names: readonly string[]): Promise<void> {
    this.#rooms.begin();
    this.#roam();
    for (const name of names) {
      const second =
        this.#random.chance(0.3) && !isOfRedis(name) ? this.#random.pick(this.#options.names) : null;
      await Promise.all([this.#happen(name), second === null ? null : this.#happen(second)]);
      await after(this.#random.between(0, 1500));
    }
    clearTimeout(this.#roaming);
    await this.#calm(names.join(', '));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#roaming);
    this.#rooms.rest();
    await Promise.all(this.#seats.map(({ client }) => client[Symbol.asyncDispose]()));
  }

  #seat(at: number): Seat {
    const choose = (last: string) => this.#choose(last);
    if (at % 10 === 9) {
      const client = new RoamingClient(sessionsSubscription(this.#shared), choose);
      return { client, truth: () => this.#rooms.sessions() };
    }
    const roomId = this.#rooms.ids[at % this.#rooms.ids.length] ?? '';
    const role = at % 5 === 4 ? 'host' : null;
    const isHere = (peerId: string) => this.#rooms.isHere(roomId, peerId);
    const client = new RoamingClient(roomSubscription(roomId, role, this.#shared, isHere), choose);
    return { client, truth: () => this.#rooms.truthOf(roomId, role) };
  }

  #choose(last: string): string {
    const { instances } = this.#options.fleet;
    return this.#random.pick(instances.filter(({ url }) => url !== last)).url;
  }

  /** Every now and then a client leaves its gateway for another one. */
  #roam(): void {
    this.#roaming = setTimeout(
      () => {
        this.#random.pick(this.#seats).client.leave();
        this.#roam();
      },
      this.#random.between(20, 400),
    );
  }

  async #happen(name: string): Promise<void> {
    const { fleet, pauseMs, longestMs } = this.#options;
    const isFree = (each: Instance) => !this.#down.has(each);
    const byLead = await sortedByLead(fleet.instances.filter(isFree));
    // Chosen and taken in one turn, so that two happenings never have the same instance.
    const free = byLead.filter(isFree);
    const [leader] = free;
    if (leader === undefined) throw new Error('Something happens to every instance');
    const instance = name.includes('an instance is killed') ? this.#random.pick(free) : leader;
    this.#down.add(instance);
    this.#said.push(name);
    await happenings[name]?.({ fleet, random: this.#random, instance, leader, pauseMs, longestMs });
    this.#down.delete(instance);
  }

  /** Everything is healed: within a bounded time each client knows the truth, and one instance leads each room. */
  async #calm(what: string): Promise<void> {
    const from = performance.now();
    this.#rooms.rest();
    try {
      await expect.poll(() => this.#differences(), { timeout: CALM_MS, interval: 50 }).toEqual([]);
    } catch (error) {
      this.#said.push(`no calm: ${await this.#conditions()}`);
      throw error;
    }
    this.#said.push(`calm after ${Math.round(performance.now() - from)} ms`);
    await expect
      .poll(() => this.#leaders(), { timeout: CALM_MS, interval: 200 })
      .toBe(this.#rooms.ids.length);
    expect(this.#faults(), `${what}\n${this.report}`).toEqual([]);
  }

  #faults(): readonly string[] {
    return [...this.#seats.flatMap(({ client }) => client.copy.faults), ...this.#shared.faults];
  }

  #differences(): readonly string[] {
    const wrong: string[] = [];
    for (const { client, truth } of this.#seats) {
      const { things, isStale, history } = client.copy;
      const right = truth();
      const missing = [...right].filter(([id, text]) => things.get(id) !== text);
      const surplus = [...things.keys()].filter((id) => !right.has(id));
      if (missing.length === 0 && surplus.length === 0 && !isStale) continue;
      const what = JSON.stringify({ isStale, missing, surplus });
      wrong.push(`${client.url} ${what} after ${history.join(' | ')}`);
    }
    return wrong;
  }

  /** What the gateways show of themselves, for the report. */
  async #conditions(): Promise<string> {
    const { instances, server } = this.#options.fleet;
    const shown = instances.map(async (instance) => {
      const figures = Object.entries(await instance.figures());
      const told = figures.filter(([name]) =>
        /^hms_(live|redis_(conn|mem|loss)|upstream_(wait|breaker|req))/.test(name),
      );
      const text = told
        .filter(([name]) => !name.includes('bucket'))
        .map(([name, value]) => `${name} ${value}`);
      return `${instance.url}\n${text.join('\n')}\n${instance.process.output().slice(-1500)}`;
    });
    const members = await server.send('KEYS', '*');
    return [...(await Promise.all(shown)), members].join('\n');
  }

  /** How many times a room has an instance that leads it. */
  async #leaders(): Promise<number> {
    const led = await Promise.all(this.#options.fleet.instances.map(ledBy));
    return led.reduce((sum, rooms) => sum + rooms, 0);
  }
}

async function ledBy(instance: Instance): Promise<number> {
  return (await instance.figures())['hms_live_led_rooms'] ?? 0;
}

/** The one that leads most rooms comes first. */
async function sortedByLead(instances: readonly Instance[]): Promise<readonly Instance[]> {
  const led = await Promise.all(
    instances.map(async (instance) => ({ instance, rooms: await ledBy(instance).catch(() => -1) })),
  );
  return led.toSorted((one, other) => other.rooms - one.rooms).map(({ instance }) => instance);
}
