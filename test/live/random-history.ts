// Random histories of two rooms, of the requests that read them and of the clients that watch them, and the law that their
// events must obey: what a client received adds up to a state that the room had, in order, and finally to its present state.
import * as fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { PeerChange, PeerFilter, SnapshotReason } from '../../src/live/changes.ts';
import type { LiveRoomsOptions } from '../../src/live/live-rooms-options.ts';
import { LiveRooms } from '../../src/live/live-rooms.ts';
import type { ActivePeerResource } from '../../src/rest/peers/peers.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { FakeUpstream, type FakeRoom } from './fake-upstream.ts';
import { Mirror } from './mirror.ts';
import { SessionsMirror } from './sessions/sessions-mirror.ts';

/** About the size of an event here: the log holds twelve, and a burst is four in one poll. */
const EVENT_BYTES = 540;

const roles = ['guest', 'host', 'viewer'];

const roomId = fc.constantFrom('a', 'a', 'a', 'b');
/** Selects a peer, a role or a number of repetitions, depending on the step. */
const index = fc.nat({ max: 5 });
const client = fc.nat({ max: 6 });
/** One thing that happens. */
export const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('join' as const), roomId, index }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('leave' as const), roomId, index }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('update' as const), roomId, index, role: index }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('end' as const), roomId }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restart' as const), roomId, index }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('crowd' as const), roomId, joins: fc.nat({ max: 8 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('open' as const), roomId }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('empty answers' as const), roomId }) },
  {
    weight: 14,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(10, 90, 300, 1000, 1100, 2500, 6000, 20_000, 400_000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fail' as const),
      calls: fc.subarray(['peers', 'activeSessions', 'allActiveSessions', 'roomExists'] as const),
      rooms: fc.subarray(['a', 'b']),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('slow' as const),
      latenciesMs: fc.array(fc.constantFrom(0, 40, 700, 3000), { minLength: 1, maxLength: 5 }),
      turnMs: fc.constantFrom(0, 0, 20, 900),
      shows: fc.constantFrom('request' as const, 'answer' as const),
      heedsAbort: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('hint' as const), roomId, times: index }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('mutated' as const), roomId }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('connect' as const), client }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('drop' as const), client }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pause' as const), client }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('resume' as const), client }) },
);
export type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface Moment {
  readonly sessionId: string | null;
  readonly peers: readonly ActivePeerResource[];
}

/** All states that a room had, with the facts about its peers and sessions that no later state can change. */
class Chronicle {
  readonly room: FakeRoom;
  readonly moments: Moment[] = [];
  readonly sessionOf = new Map<string, string | null>();
  readonly left = new Set<string>();
  readonly ended = new Set<string>();

  constructor(room: FakeRoom) {
    this.room = room;
    this.note();
  }

  note(): void {
    const before = this.moments.at(-1);
    const moment = momentOf(this.room.sessionId, this.room.connected() ?? []);
    const here = new Set<string>();
    for (const { id } of this.room.connected() ?? []) {
      here.add(id);
      this.sessionOf.set(id, moment.sessionId);
    }
    for (const id of this.sessionOf.keys()) if (!here.has(id)) this.left.add(id);
    if (before?.sessionId && before.sessionId !== moment.sessionId) this.ended.add(before.sessionId);
    this.moments.push(moment);
  }

  /** Asserts that no event precedes what it reports or names another session. */
  witness(change: PeerChange): void {
    if (change.kind === 'snapshot') {
      for (const { id } of change.peers) expect(this.sessionOf.get(id)).toBe(change.session?.id);
    } else if (change.kind === 'sessionEnded') {
      expect(this.ended).toContain(change.session.id);
    } else if ('peer' in change) {
      expect(this.sessionOf.get(change.peer.id)).toBe(change.sessionId);
      if (change.kind === 'left' && change.cause === 'ROOM') expect(this.left).toContain(change.peer.id);
    }
  }
}

function momentOf(
  sessionId: string | null,
  peers: readonly ActivePeerResource[],
  { role, userId }: PeerFilter = {},
): Moment {
  const shown = peers.filter(
    (peer) => (role === undefined || peer.role === role) && (userId === undefined || peer.user_id === userId),
  );
  return { sessionId, peers: shown.sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

/** Two rooms, six clients of them, and one client of the sessions of the workspace. */
export class World implements Disposable {
  readonly clock = new ManualClock();
  readonly upstream = new FakeUpstream(this.clock);
  /** The options of each instance of the gateway. */
  readonly options: LiveRoomsOptions = {
    upstream: this.upstream,
    clock: this.clock,
    pollIntervalMs: 1000,
    pollMaxIntervalMs: 10_000,
    sessionCheckMs: 5000,
    random: () => 0.5,
    limits: {
      maxBytes: 12 * EVENT_BYTES,
      backlogBytes: 2.5 * EVENT_BYTES,
      burstBytes: 3 * EVENT_BYTES,
      burstChanges: 3,
    },
  };
  /** The first instance of the gateway. */
  readonly live: LiveRooms;
  readonly chronicles = new Map(['a', 'b'].map((id) => [id, new Chronicle(this.upstream.room(id))]));
  readonly filters: readonly PeerFilter[] = [{}, {}, { role: 'host' }, { userId: 'u1' }, {}, {}];
  readonly clients: readonly Mirror[];
  readonly workspace: SessionsMirror;
  readonly #sessions: (readonly string[])[] = [[]];
  /** For each client the index of the earliest moment that its next event can show. */
  readonly #reached: number[] = [];
  #sessionsReached = 0;
  #sessionsChecked = 0;
  /** For each client how many of its events were checked. */
  readonly #checked: number[] = [];
  /** Snapshots that may show an earlier state than the one before. Of one instance none may. */
  readonly mayGoBack: ReadonlySet<SnapshotReason> = new Set();

  /** `create` makes the first instance. */
  constructor(create: (options: LiveRoomsOptions) => LiveRooms = (options) => new LiveRooms(options)) {
    this.live = create(this.options);
    this.clients = this.filters.map((filter, at) => {
      const roomId = at === 5 ? 'b' : 'a';
      const witness = (change: PeerChange) => this.chronicles.get(roomId)?.witness(change);
      const options = { roomId, witness };
      return new Mirror(this.live, Object.keys(filter).length > 0 ? { ...options, filter } : options);
    });
    this.workspace = new SessionsMirror(this.live);
  }

  /** Runs the steps without a check. */
  async play(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      await this.#do(step);
      await settle();
    }
  }

  /** Runs the steps, and checks after each that the clients obey the law. */
  async run(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      await this.play([step]);
      this.#checkMoments();
      this.#checkSessions();
      for (const client of [...this.clients, this.workspace]) expect(client.faults).toEqual([]);
    }
  }

  /** Lets the upstream recover and all clients come back, and checks that each has the present state. */
  async calmDown(): Promise<void> {
    Object.assign(this.upstream.weather, {
      latenciesMs: [0],
      turnMs: 0,
      failing: new Set(),
      failingRooms: new Set(),
    });
    for (const client of this.clients) {
      client.connect();
      client.resume();
    }
    this.workspace.connect();
    await this.clock.advance(60_000);
    expect([...this.workspace.running].sort()).toEqual([...this.running].sort());
    expect(this.workspace.faults).toEqual([]);
    for (const [at, client] of this.clients.entries()) {
      expect(client.faults).toEqual([]);
      expect(momentOf(client.session?.id ?? null, [...client.peers.values()])).toEqual(this.presentOf(at));
      expect(client.stale).toBe(false);
    }
  }

  /** What the room of a client shows now, filtered as the client is. */
  presentOf(client: number): Moment {
    const room = this.upstream.room(client === 5 ? 'b' : 'a');
    return momentOf(room.sessionId, room.connected() ?? [], this.filters[client]);
  }

  /** The ids of the sessions that run now. */
  get running(): readonly string[] {
    return this.#sessions.at(-1) ?? [];
  }

  [Symbol.dispose](): void {
    this.live.close();
  }

  /** Asserts that each client's copy equals a state that the room had, and that no client goes back in time. */
  #checkMoments(): void {
    for (const [at, client] of this.clients.entries()) {
      // A stale snapshot of a room that no poll has read (again) says nothing of its state.
      const last = client.received.at(-1);
      const known = last !== undefined && (last.kind !== 'snapshot' || last.asOf !== null);
      // A client that was paused between two events of a poll, and has come back, holds a part of them until it is told more.
      if (!client.connected || client.paused || !client.isTold || !known) continue;
      const held = momentOf(client.session?.id ?? null, [...client.peers.values()]);
      const moments = this.chronicles.get(at === 5 ? 'b' : 'a')?.moments ?? [];
      const news = client.received.slice(this.#checked[at]);
      this.#checked[at] = client.received.length;
      const isBack = news.some((change) => change.kind === 'snapshot' && this.mayGoBack.has(change.reason));
      const reached = isBack ? 0 : (this.#reached[at] ?? 0);
      const found = moments.findIndex((moment, index) => {
        if (index < reached) return false;
        return isDeepStrictEqual(momentOf(moment.sessionId, moment.peers, this.filters[at]), held);
      });
      expect(found, JSON.stringify({ at, reached, held, moments }, null, 1)).not.toBe(-1);
      this.#reached[at] = found;
    }
  }

  #checkSessions(): void {
    if (!this.workspace.connected || !this.workspace.known) return;
    const held = [...this.workspace.running].sort();
    const news = this.workspace.received.slice(this.#sessionsChecked);
    this.#sessionsChecked = this.workspace.received.length;
    const isBack = news.some((change) => change.kind === 'sessions' && this.mayGoBack.has(change.reason));
    const reached = isBack ? 0 : this.#sessionsReached;
    const found = this.#sessions.findIndex(
      (ids, index) => index >= reached && isDeepStrictEqual([...ids].sort(), held),
    );
    expect(found, JSON.stringify({ held, sessions: this.#sessions })).not.toBe(-1);
    this.#sessionsReached = found;
  }

  async #do(step: Step): Promise<void> {
    switch (step.do) {
      case 'wait':
        return this.clock.advance(step.ms);
      case 'fail':
        this.upstream.weather.failing = new Set(step.calls);
        this.upstream.weather.failingRooms = new Set(step.rooms);
        return;
      case 'slow': {
        const { latenciesMs, turnMs, shows, heedsAbort } = step;
        Object.assign(this.upstream.weather, { latenciesMs, turnMs, shows, heedsAbort });
        return;
      }
      case 'hint':
        for (let time = 0; time < step.times; time += 1) this.live.hint(step.roomId);
        return;
      case 'mutated':
        this.live.mutated(step.roomId);
        return;
      case 'connect':
        return (this.clients[step.client] ?? this.workspace).connect();
      case 'drop':
        return (this.clients[step.client] ?? this.workspace).drop();
      case 'pause':
        return this.clients[step.client]?.pause();
      case 'resume':
        return this.clients[step.client]?.resume();
      default:
        this.#happen(step);
    }
  }

  #happen(
    step: Extract<
      Step,
      { do: 'join' | 'leave' | 'update' | 'end' | 'restart' | 'crowd' | 'open' | 'empty answers' }
    >,
  ): void {
    const room = this.upstream.room(step.roomId);
    switch (step.do) {
      case 'join':
        room.join({ user_id: `u${step.index % 3}`, role: roles[step.index % 3] ?? 'guest' });
        break;
      case 'leave': {
        const id = room.nth(step.index);
        if (id !== null) room.leave(id);
        break;
      }
      case 'update': {
        const id = room.nth(step.index);
        if (id !== null)
          room.update(id, { role: roles[step.role % 3] ?? 'guest', metadata: `m${step.role}` });
        break;
      }
      case 'end':
        room.end();
        break;
      case 'restart':
        room.end();
        room.open();
        this.#note(step.roomId);
        for (let join = 0; join < step.index; join += 1) {
          room.join({ user_id: `u${join % 3}` });
          this.#note(step.roomId);
        }
        break;
      case 'crowd':
        for (let join = 0; join < step.joins; join += 1) {
          room.join({ user_id: `u${join % 3}`, role: roles[join % 3] ?? 'guest' });
          this.#note(step.roomId);
        }
        break;
      case 'open':
        if (room.sessionId === null) room.open();
        break;
      default:
        room.emptyIs404 = !room.emptyIs404;
    }
    this.#note(step.roomId);
  }

  #note(roomId: string): void {
    this.chronicles.get(roomId)?.note();
    const rooms = [...this.upstream.rooms.values()];
    this.#sessions.push(rooms.map(({ sessionId }) => sessionId).filter((id) => id !== null));
  }
}
