// The members of a simulated Redis, by the rules of the heartbeat's script in src/fleet.
import type { Member } from '../../../src/fleet/fleet.ts';

type Facts = Record<string, number>;

/** The instances whose heartbeat is recent. */
export class SimulatedMembers {
  readonly ttlMs: number;
  /** By id, with the time of death. */
  readonly byId = new Map<string, { facts: string; diesAt: number }>();
  /** Grows when an instance comes, goes, or has other facts. */
  version = 0;
  /** The list of members at a version. */
  #list: { readonly version: number; readonly members: readonly Member[] } = { version: -1, members: [] };

  constructor(ttlMs: number) {
    this.ttlMs = ttlMs;
  }

  /** Sorted by id: one list for all instances that ask at the same version. */
  get list(): readonly Member[] {
    const { version } = this;
    if (this.#list.version !== version) {
      // Facts are the JSON of an instance of this process.
      const all = [...this.byId].map(([id, { facts }]) => ({ id, facts: JSON.parse(facts) as Facts }));
      this.#list = { version, members: all.sort((a, b) => (a.id < b.id ? -1 : 1)) };
    }
    return this.#list.members;
  }

  /** A heartbeat; `facts` are JSON. `isNew`: the instance was no member. `hasChanged`: it is new, or other members have died. */
  beat(id: string, facts: string, now: number): { readonly isNew: boolean; readonly hasChanged: boolean } {
    const before = this.byId.get(id);
    const isNew = before === undefined || before.diesAt <= now;
    let hasChanged = isNew;
    for (const [other, { diesAt }] of this.byId)
      if (diesAt <= now) hasChanged = this.byId.delete(other) || hasChanged;
    this.byId.set(id, { facts, diesAt: now + this.ttlMs });
    if (before?.facts !== facts) this.version += 1;
    return { isNew, hasChanged };
  }

  /** All members are lost. */
  clear(): void {
    this.byId.clear();
    this.version += 1;
  }
}
