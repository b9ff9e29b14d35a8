// A REST API in memory for many instances: rooms that are idle or live, and answers after 60 ms. Each call takes a token of its
// instance's budget first, as it does in the gateway.
import type { Clock } from '../../src/clock.ts';
import { momentAfter } from '../../src/clock.ts';
import type { LiveUpstream } from '../../src/live/upstream/live-upstream.ts';
import type { Budget } from '../../src/rest/client/budget.ts';
import { Urgency } from '../../src/rest/client/urgency.ts';
import type { SessionResource } from '../../src/rest/sessions/sessions.ts';
import { FakeRoom } from '../../test/live/fake-upstream.ts';

const LATENCY_MS = 60;
const PAGE = 100;
const POLL = { method: 'GET', route: '/active-rooms/{room_id}/peers' } as const;
const SESSIONS = { method: 'GET', route: '/sessions' } as const;
const ANY_TIME_MS = 1e9;

/** One for all instances. */
export class SimulatedUpstream {
  readonly rooms = new Map<string, FakeRoom>();
  /** Polls of peers, and all other calls, since the start. */
  polls = 0;
  others = 0;
  /** Pages of the list of running sessions. */
  readonly pages: number;
  readonly #clock: Clock;

  /** `rooms`: how many; the first `live` of them have `peers` peers each. */
  constructor(clock: Clock, rooms: number, live: number, peers: number) {
    this.#clock = clock;
    this.pages = Math.floor(live / PAGE) + 1;
    for (let index = 0; index < rooms; index += 1) {
      const room = new FakeRoom(index.toString(16).padStart(24, '0'));
      this.rooms.set(room.id, room);
      const count = index < live ? peers : 0;
      for (let peer = 0; peer < count; peer += 1) {
        const id = `00000000-0000-4000-8000-${(index * 1000 + peer).toString(16).padStart(12, '0')}`;
        room.join({ id, name: `Peer ${peer}`, user_id: `user-${peer}` });
      }
    }
  }

  /** The upstream of one instance, which pays for its calls from `budget`. */
  for(budget: Budget): LiveUpstream {
    const call = (subject: typeof POLL | typeof SESSIONS, signal: AbortSignal, account: string) => {
      const deadlineAt = momentAfter(this.#clock.moment(), ANY_TIME_MS);
      return budget.take(
        { subject, urgency: new Urgency('poll', account), deadlineAt, isPatient: true },
        signal,
      );
    };
    const sessions = async (calls: number, signal: AbortSignal) => {
      for (let page = 0; page < calls; page += 1) {
        await call(SESSIONS, signal, ' sessions');
        this.others += 1;
        await this.#latency();
      }
    };
    return {
      turn: async (signal) => {
        await call(POLL, signal, ' peers');
        return async (roomId) => {
          this.polls += 1;
          await this.#latency();
          return this.rooms.get(roomId)?.connected() ?? null;
        };
      },
      activeSessions: async (roomIds, signal) => {
        // The cheaper plan, as src/rest/catalog chooses it.
        await sessions(Math.min(roomIds.length, this.pages), signal);
        return new Map(roomIds.map((id) => [id, this.rooms.get(id)?.record() ?? null]));
      },
      allActiveSessions: async (signal) => {
        await sessions(this.pages, signal);
        return this.#running();
      },
      // No client of the benchmark watches tracks.
      trackTurn: () => Promise.reject(new Error('Tracks are not simulated.')),
      publishingRoles: () => Promise.resolve(null),
      // Queries have read the room before a client subscribes.
      roomExists: (roomId) => Promise.resolve(this.rooms.has(roomId)),
      isLagging: () => null,
      forgetRoom: () => {},
    };
  }

  #running(): readonly SessionResource[] {
    const records: SessionResource[] = [];
    for (const room of this.rooms.values()) {
      const record = room.record();
      if (record !== null) records.push(record);
    }
    return records;
  }

  #latency(): Promise<void> {
    return new Promise((resolve) => this.#clock.schedule(resolve, LATENCY_MS));
  }
}
