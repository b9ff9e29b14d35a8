// A LiveUpstream in memory: tests change its rooms, make its answers late or failing, and read its list of calls.
import type { Clock, Moment } from '../../src/clock.ts';
import type { LiveUpstream, ReadTracks, PollPeers } from '../../src/live/upstream/live-upstream.ts';
import type { ActivePeerResource, TrackResource } from '../../src/rest/peers/peers.ts';
import type { SessionResource } from '../../src/rest/sessions/sessions.ts';

type Call = 'peers' | 'tracks' | 'publishingRoles' | 'activeSessions' | 'allActiveSessions' | 'roomExists';

/** How the next calls are answered. */
interface Weather {
  /** Milliseconds until the answer: the calls use the entries in turn. */
  latenciesMs: readonly number[];
  /** Milliseconds until a poll of peers gets its turn. */
  turnMs: number;
  /** Whether an answer holds the state at the time of the request or at the time of the answer. */
  shows: 'request' | 'answer';
  /** Whether an aborted call rejects at once. */
  heedsAbort: boolean;
  failing: Set<Call>;
  /** Rooms that get an Error in the answer of `activeSessions`. */
  failingRooms: Set<string>;
}

export class FakeUpstream implements LiveUpstream {
  readonly calls: Call[] = [];
  readonly requestedRooms: string[][] = [];
  /** The reads of tracks, and the reads of roles as null, with the moments of their sending. */
  readonly trackReads: { readonly peerId: string | null; readonly sentAt: Moment }[] = [];
  /** By name, whether a role may publish; null: the room has no template. */
  roles: ReadonlyMap<string, boolean> | null = new Map([
    ['guest', true],
    ['host', true],
    ['viewer', false],
  ]);
  /** Rooms whose cached copy was dropped, in order. */
  readonly forgotten: string[] = [];
  readonly rooms = new Map<string, FakeRoom>();
  readonly weather: Weather = {
    latenciesMs: [0],
    turnMs: 0,
    shows: 'answer',
    heedsAbort: true,
    failing: new Set(),
    failingRooms: new Set(),
  };
  /** Number of calls that were aborted before they were answered. */
  aborted = 0;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  room(id: string): FakeRoom {
    const room = this.rooms.get(id) ?? new FakeRoom(id);
    this.rooms.set(id, room);
    return room;
  }

  count(call: Call): number {
    return this.calls.filter((made) => made === call).length;
  }

  turn(signal: AbortSignal): Promise<PollPeers> {
    return this.#later(signal, (roomId, pollSignal) => this.#peers(roomId, pollSignal));
  }

  trackTurn(signal: AbortSignal): Promise<ReadTracks> {
    return this.#later(signal, (roomId, peerId, readSignal) => {
      this.trackReads.push({ peerId, sentAt: this.#clock.moment() });
      return this.#answer('tracks', readSignal, () => this.rooms.get(roomId)?.tracksOf(peerId) ?? null);
    });
  }

  publishingRoles(_roomId: string, signal: AbortSignal): Promise<ReadonlyMap<string, boolean> | null> {
    this.trackReads.push({ peerId: null, sentAt: this.#clock.moment() });
    return this.#answer('publishingRoles', signal, () => this.roles);
  }

  #later<Poll>(signal: AbortSignal, poll: Poll): Promise<Poll> {
    const { turnMs } = this.weather;
    if (turnMs === 0) return Promise.resolve(poll);
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.schedule(() => resolve(poll), turnMs);
      const leave = () => {
        cancel();
        reject(new Error('aborted'));
      };
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  #peers(roomId: string, signal: AbortSignal): Promise<readonly ActivePeerResource[] | null> {
    return this.#answer('peers', signal, () => this.rooms.get(roomId)?.connected() ?? null);
  }

  activeSessions(roomIds: readonly string[], signal: AbortSignal) {
    this.requestedRooms.push([...roomIds]);
    return this.#answer('activeSessions', signal, () => {
      const found = new Map<string, SessionResource | null | Error>();
      for (const id of roomIds) {
        const failed = this.weather.failingRooms.has(id);
        found.set(id, failed ? new Error('no answer for this room') : (this.rooms.get(id)?.record() ?? null));
      }
      return found;
    });
  }

  allActiveSessions(signal: AbortSignal): Promise<readonly SessionResource[]> {
    return this.#answer('allActiveSessions', signal, () =>
      [...this.rooms.values()].map((room) => room.record()).filter((record) => record !== null),
    );
  }

  roomExists(roomId: string, signal: AbortSignal): Promise<boolean> {
    return this.#answer('roomExists', signal, () => this.rooms.has(roomId));
  }

  /** Set by a test that knows the effect of a mutation. */
  isLagging = (_roomId: string, _peers: readonly ActivePeerResource[]): boolean | null => null;

  forgetRoom(roomId: string): void {
    this.forgotten.push(roomId);
  }

  #answer<T>(call: Call, signal: AbortSignal, read: () => T): Promise<T> {
    this.calls.push(call);
    const { latenciesMs, shows, heedsAbort, failing } = this.weather;
    const latencyMs = latenciesMs[this.calls.length % latenciesMs.length] ?? 0;
    const failed = failing.has(call);
    const early = shows === 'request' ? read() : undefined;
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.aborted += 1;
        if (heedsAbort) reject(new Error('aborted'));
      };
      signal.addEventListener('abort', giveUp);
      const finish = () => {
        signal.removeEventListener('abort', giveUp);
        if (failed) reject(new Error(`${call} failed`));
        else resolve(early ?? read());
      };
      if (latencyMs === 0) finish();
      else this.#clock.schedule(finish, latencyMs);
    });
  }
}

const CAMERA = {
  stream_id: 'stream',
  mute: false,
  type: 'video',
  source: 'regular',
  started_at: '2026-03-12T16:00:00Z',
  description: '',
} as const;

let ids = 0;
const at = (id: number) => new Date(Date.parse('2026-03-12T16:00:00Z') + id * 1000).toISOString();

/** One room: its running session with the record of all joins, and its connected peers. */
export class FakeRoom {
  readonly id: string;
  /** Whether `peers` answers 404 (null) without connected peers; else an empty list. */
  emptyIs404 = true;
  #session: SessionResource | null = null;
  readonly #connected = new Map<string, ActivePeerResource>();
  readonly #tracks = new Map<string, readonly TrackResource[]>();

  constructor(id: string) {
    this.id = id;
  }

  get sessionId(): string | null {
    return this.#session?.id ?? null;
  }

  get size(): number {
    return this.#connected.size;
  }

  open(): string {
    const id = `session-${(ids += 1)}`;
    const [created_at, updated_at] = [at(ids), at(ids)];
    this.#session = {
      id,
      room_id: this.id,
      customer_id: 'c',
      active: true,
      peers: {},
      created_at,
      updated_at,
    };
    return id;
  }

  join(peer: Partial<ActivePeerResource> = {}): string {
    if (this.#session === null) this.open();
    const id = peer.id ?? `peer-${(ids += 1)}`;
    const joined_at = at(ids);
    const whole = { id, name: 'Ada', user_id: 'u1', metadata: '', role: 'guest', joined_at, ...peer };
    this.#connected.set(id, whole);
    const { name, user_id, role } = whole;
    const session_id = this.#session?.id ?? '';
    this.#record({ [id]: { id, session_id, name, user_id, role, joined_at } });
    return id;
  }

  /** `count` peers join at once: `crowd-0` of `user-0`, and so on. Returns their ids. */
  fill(count: number): string[] {
    if (this.#session === null) this.open();
    const session_id = this.#session?.id ?? '';
    const joins: SessionResource['peers'] = {};
    const joined_at = at((ids += 1));
    for (let index = 0; index < count; index += 1) {
      const known = { id: `crowd-${index}`, name: 'Ada', user_id: `user-${index}`, role: 'guest', joined_at };
      this.#connected.set(known.id, { ...known, metadata: '' });
      joins[known.id] = { ...known, session_id };
    }
    this.#record(joins);
    return Object.keys(joins);
  }

  update(id: string, change: Partial<ActivePeerResource>): void {
    const peer = this.#connected.get(id);
    if (peer !== undefined) this.#connected.set(id, { ...peer, ...change });
  }

  /** What a peer publishes from now on; the tracks by id, with what differs from a camera that is on. */
  publish(peerId: string, tracks: Readonly<Record<string, Partial<TrackResource>>>): void {
    const all = Object.entries(tracks).map(([id, track]) => Object.assign({}, CAMERA, { id }, track));
    this.#tracks.set(peerId, all);
  }

  /** The tracks of a connected peer; null for another one. */
  tracksOf(peerId: string): readonly TrackResource[] | null {
    return this.#connected.has(peerId) ? (this.#tracks.get(peerId) ?? []) : null;
  }

  leave(id: string): void {
    this.#connected.delete(id);
    const join = this.#session?.peers[id];
    if (join !== undefined) this.#record({ [id]: { ...join, left_at: at((ids += 1)) } });
  }

  end(): void {
    this.#connected.clear();
    this.#session = null;
  }

  /** The id of the connected peer at `index`, modulo their number; null without connected peers. */
  nth(index: number): string | null {
    const all = [...this.#connected.keys()];
    return all[index % all.length] ?? null;
  }

  connected(): readonly ActivePeerResource[] | null {
    return this.#connected.size === 0 && this.emptyIs404 ? null : [...this.#connected.values()];
  }

  record(): SessionResource | null {
    return this.#session;
  }

  #record(joins: SessionResource['peers']): void {
    // A new object: a record that was answered before must not change.
    if (this.#session !== null) {
      this.#session = { ...this.#session, peers: { ...this.#session.peers, ...joins } };
    }
  }
}
