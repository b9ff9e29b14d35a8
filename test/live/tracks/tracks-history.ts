// Random histories of the cameras, microphones and screens in a room, of joins, leaves and lost calls, and of clients, with the law
// that `trackChanges` obeys: what it tells is what was, in order, and never older than it says; reads keep within their share.
import * as fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { msBetween, type Moment } from '../../../src/clock.ts';
import type { TrackChange } from '../../../src/live/changes.ts';
import { LiveRooms } from '../../../src/live/live-rooms.ts';
import type { LiveRoomsOptions } from '../../../src/live/live-rooms-options.ts';
import type { TrackResource } from '../../../src/rest/peers/peers.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { FakeUpstream } from '../fake-upstream.ts';
import { Mirror } from '../mirror.ts';
import { TracksMirror } from './tracks-mirror.ts';

/** About the size of an event here: the log holds twelve. */
const EVENT_BYTES = 700;
/** Reads a second; below what ten peers want, so that they wait for their turns. */
export const READS_PER_SECOND = 4;

const roles = ['guest', 'host', 'viewer'];
const index = fc.nat({ max: 5 });
/** 0 to 2 watch the tracks, 3 the peers. */
const client = fc.nat({ max: 3 });
const kind = fc.constantFrom('cam', 'mic', 'screen');

/** One thing that happens. */
export const trackStep = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('join' as const), index, kinds: fc.subarray(['cam', 'mic']) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('leave' as const), index }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('role' as const), index, role: index }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('mute' as const), index, kind }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('publish' as const), index, kind }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('end' as const) }) },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(10, 90, 300, 1000, 1100, 2500, 6000, 20_000, 400_000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fail' as const),
      calls: fc.subarray(['peers', 'tracks', 'publishingRoles', 'activeSessions'] as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('slow' as const),
      latenciesMs: fc.array(fc.constantFrom(0, 40, 700, 3000), { minLength: 1, maxLength: 5 }),
      turnMs: fc.constantFrom(0, 0, 20, 900),
      shows: fc.constantFrom('request' as const, 'answer' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('webhook' as const), index }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('connect' as const), client }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('drop' as const), client }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pause' as const), client }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('resume' as const), client }) },
);
export type TrackStep = typeof trackStep extends fc.Arbitrary<infer S> ? S : never;

/** What a peer published from a time on; null: it was not in the room. */
interface Since {
  readonly at: number;
  readonly tracks: readonly TrackResource[] | null;
}

/** A room with three clients of its tracks and one of its peers. */
export class TracksWorld implements Disposable {
  readonly clock = new ManualClock();
  readonly upstream = new FakeUpstream(this.clock);
  readonly live: LiveRooms;
  /** The options of each instance of the gateway. */
  readonly options: LiveRoomsOptions = {
    upstream: this.upstream,
    clock: this.clock,
    pollIntervalMs: 1000,
    pollMaxIntervalMs: 10_000,
    sessionCheckMs: 5000,
    trackLooksPerSecond: READS_PER_SECOND,
    random: () => 0.5,
    limits: {
      maxBytes: 12 * EVENT_BYTES,
      backlogBytes: 4 * EVENT_BYTES,
      burstBytes: 3 * EVENT_BYTES,
      burstChanges: 3,
    },
  };
  readonly clients: readonly TracksMirror[];
  readonly #peers: Mirror;
  readonly #published = new Map<string, Since[]>();
  /** The roles that each peer has had. */
  readonly #roles = new Map<string, Set<string>>();
  #webhooks = 0;
  #haveRolesFailed = false;

  /** `create` makes the first instance. */
  constructor(create: (options: LiveRoomsOptions) => LiveRooms = (options) => new LiveRooms(options)) {
    this.live = create(this.options);
    this.clients = [0, 1, 2].map(() => new TracksMirror(this.live, 'a'));
    for (const mirror of this.clients) mirror.witness = (change) => this.#witness(change);
    this.#peers = new Mirror(this.live, { roomId: 'a' });
    this.upstream.room('a');
  }

  /** Runs the steps; clients note what breaks the law. */
  async run(steps: readonly TrackStep[]): Promise<void> {
    for (const step of steps) {
      await this.#do(step);
      await settle();
      this.#note();
      for (const { faults } of [...this.clients, this.#peers]) expect(faults).toEqual([]);
    }
  }

  /** Lets the upstream recover and all clients come back, and checks that each has the present state. */
  async calmDown(): Promise<void> {
    Object.assign(this.upstream.weather, { latenciesMs: [0], turnMs: 0, failing: new Set() });
    for (const client of this.clients) {
      client.connect();
      client.resume();
    }
    await this.clock.advance(60_000);
    const room = this.upstream.room('a');
    const present = (room.connected() ?? []).filter(({ role }) => role !== 'viewer');
    const expected = new Map(present.map(({ id }) => [id, sorted(room.tracksOf(id) ?? [])]));
    for (const { faults, peers, stale } of this.clients) {
      expect(faults).toEqual([]);
      expect(new Map([...peers].map(([id, { tracks }]) => [id, tracks]))).toEqual(expected);
      expect(stale).toBe(false);
    }
  }

  /**
   * Asserts that reads of tracks and of roles kept their share, in any time that one can choose, and that no read was of a peer who
   * never could publish, unless the roles could not be read.
   */
  checkReads(): void {
    let level = 0;
    let last: Moment | null = null;
    for (const { peerId, sentAt } of this.upstream.trackReads) {
      const sinceMs = last === null ? 0 : msBetween(last, sentAt);
      last = sentAt;
      // A bucket that leaks at the pace of the share. A read of the roles is up to two calls, which are sent together.
      level = Math.max(0, level - (sinceMs * READS_PER_SECOND) / 1000) + (peerId === null ? 2 : 1);
      expect(level).toBeLessThan(3.001);
      const had = [...(this.#roles.get(peerId ?? '') ?? ['guest'])];
      if (!this.#haveRolesFailed) expect(had, 'a read in vain').not.toEqual(['viewer']);
    }
  }

  [Symbol.dispose](): void {
    this.#peers.drop();
    this.live.close();
  }

  /** Asserts that what is told was so, at the time that it names or later. */
  #witness(change: TrackChange): void {
    this.#note();
    if (change.kind === 'snapshot') {
      for (const { peer, tracks, asOf } of change.peers) this.#wasSo(peer.id, tracks, asOf);
      const ages = change.peers.map(({ asOf }) => asOf);
      if (change.asOf !== null)
        expect(ages.every((asOf) => asOf !== null && asOf >= (change.asOf ?? 0))).toBe(true);
    } else if (change.kind === 'tracks') {
      this.#wasSo(change.peer.id, change.tracks, change.asOf);
      this.#wasSo(change.peer.id, change.previous, change.previousAsOf);
    } else if (change.kind === 'ended' && change.cause === 'LEFT') {
      expect(this.#published.get(change.peer.id)?.at(-1)?.tracks, 'left').toBeNull();
    } else {
      expect(this.#published.has(change.peer.id)).toBe(true);
      expect(this.#roles.get(change.peer.id)).toContain(change.peer.role);
    }
  }

  #wasSo(id: string, tracks: readonly TrackResource[] | null, asOf: number | null): void {
    if (tracks === null || asOf === null) {
      expect([tracks, asOf]).toEqual([null, null]);
      return;
    }
    expect(asOf).toBeLessThanOrEqual(this.clock.now());
    const all = this.#published.get(id) ?? [];
    const then = all.filter((_, at) => (all[at + 1]?.at ?? Infinity) >= asOf);
    const wasSo = then.some((since) => isDeepStrictEqual(since.tracks, tracks));
    expect(wasSo, JSON.stringify({ id, tracks, asOf, all }, null, 1)).toBe(true);
  }

  #note(): void {
    const room = this.upstream.room('a');
    for (const { id, role } of room.connected() ?? []) {
      if (!this.#published.has(id)) this.#published.set(id, []);
      const had = this.#roles.get(id) ?? new Set();
      this.#roles.set(id, had.add(role));
    }
    for (const [id, all] of this.#published) {
      const read = room.tracksOf(id);
      const tracks = read === null ? null : sorted(read);
      if (all.length === 0 || !isDeepStrictEqual(all.at(-1)?.tracks, tracks)) {
        all.push({ at: this.clock.now(), tracks });
      }
    }
  }

  async #do(step: TrackStep): Promise<void> {
    switch (step.do) {
      case 'wait':
        return this.clock.advance(step.ms);
      case 'fail':
        this.upstream.weather.failing = new Set(step.calls);
        this.#haveRolesFailed ||= step.calls.includes('publishingRoles');
        return;
      case 'slow': {
        const { latenciesMs, turnMs, shows } = step;
        Object.assign(this.upstream.weather, { latenciesMs, turnMs, shows });
        return;
      }
      case 'connect':
        return (this.clients[step.client] ?? this.#peers).connect();
      case 'drop':
        return (this.clients[step.client] ?? this.#peers).drop();
      case 'pause':
        return this.clients[step.client]?.pause();
      case 'resume':
        return this.clients[step.client]?.resume();
      default:
        this.#happen(step);
        this.#note();
    }
  }

  #happen(
    step: Extract<TrackStep, { do: 'join' | 'leave' | 'role' | 'mute' | 'publish' | 'end' | 'webhook' }>,
  ): void {
    const room = this.upstream.room('a');
    if (step.do === 'end') return room.end();
    if (step.do === 'join') {
      const id = room.join({ role: roles[step.index % 3] ?? 'guest' });
      if (step.index % 3 !== 2) room.publish(id, Object.fromEntries(step.kinds.map((kind) => [kind, {}])));
      return;
    }
    const id = room.nth(step.index);
    if (id === null) return;
    const tracks = new Map((room.tracksOf(id) ?? []).map((track) => [track.id, track]));
    if (step.do === 'leave') room.leave(id);
    else if (step.do === 'role') {
      const role = roles[step.role % 3] ?? 'guest';
      // The vendor's clients stop what the new role may not publish.
      if (role === 'viewer') room.publish(id, {});
      room.update(id, { role });
    } else if (step.do === 'webhook') {
      this.#webhooks += 1;
      const event = { id: String(this.#webhooks), type: 'role.change.failure' };
      this.live.receive({ ...event, data: { room_id: 'a', peer_id: id } });
    } else if (step.do === 'mute') {
      const track = tracks.get(step.kind);
      if (track === undefined) return;
      room.publish(id, Object.fromEntries(tracks.set(step.kind, { ...track, mute: !track.mute })));
    } else {
      const isViewer = room.connected()?.find((peer) => peer.id === id)?.role === 'viewer';
      const track = {
        source: step.kind === 'screen' ? 'screen' : 'regular',
        started_at: `${this.clock.now()}`,
      };
      if (!tracks.delete(step.kind) && !isViewer) {
        room.publish(id, { ...Object.fromEntries(tracks), [step.kind]: track });
      } else room.publish(id, Object.fromEntries(tracks));
    }
  }
}

function sorted(tracks: readonly TrackResource[]): readonly TrackResource[] {
  return [...tracks].sort((a, b) => (a.id < b.id ? -1 : 1));
}
