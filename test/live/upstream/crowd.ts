// Many watched rooms behind the real REST client, its budget and the real live core, on a clock that only the test
// advances. The upstream is a dispatcher in memory: each room has one peer, who has a camera, and its answers come after 5 ms.
import type { Dispatcher } from 'undici';
import type { PeerChange } from '../../../src/live/changes.ts';
import { LiveRooms } from '../../../src/live/live-rooms.ts';
import { restUpstream } from '../../../src/live/upstream/rest-upstream.ts';
import { RestCatalog } from '../../../src/rest/catalog/catalog.ts';
import { RestClient } from '../../../src/rest/client/client.ts';
import { getRoom } from '../../../src/rest/rooms/rooms.ts';
import { gatewayCredentials } from '../../support/canary.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';

const LATENCY_MS = 5;
const JOINED_AT = '2026-03-12T16:00:00Z';

const TEMPLATE = {
  id: '64c3d8f2a05b4e0023bc45de',
  name: 'template',
  roles: { guest: { name: 'guest', publishParams: { allowed: ['video'] } } },
};
const CAMERA = { id: 'camera', stream_id: 's', mute: false, type: 'video', source: 'regular' };
const TRACKS = { camera: { ...CAMERA, started_at: JOINED_AT, description: '' } };

const hex = (at: number) => at.toString(16).padStart(24, '0');

export class Crowd implements AsyncDisposable {
  readonly clock = new ManualClock();
  readonly roomIds: readonly string[];
  /** When each room's peers were requested, in milliseconds since the start. */
  readonly polls = new Map<string, number[]>();
  /** When the tracks of a peer were requested, in milliseconds since the start. */
  readonly reads: number[] = [];
  /** All requests so far, by the first segments of their paths. */
  readonly calls: string[] = [];
  /** The snapshots with `stale` that subscribers got. */
  readonly stale: PeerChange[] = [];
  /** Rooms whose peers are different at each request. */
  readonly busy = new Set<string>();
  /** Whether all requests for peers are answered 500. */
  isFailing = false;
  /** Rooms whose requests for peers are answered 500. */
  readonly failing = new Set<string>();
  readonly client: RestClient;
  readonly live: LiveRooms;
  #startedAt = this.clock.now();
  #changes = 0;

  private constructor(rooms: number, requestsPerSecond: number, trackLooksPerSecond: number) {
    this.roomIds = Array.from({ length: rooms }, (_, at) => hex(at + 1));
    // The client calls `dispatch` of its dispatcher and nothing else.
    const dispatcher = {
      dispatch: (options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler) =>
        this.#answer(options, handler),
    } as unknown as Dispatcher;
    const { clock } = this;
    this.client = new RestClient({
      apiUrl: 'https://rest.test/v2',
      ...gatewayCredentials,
      clock,
      dispatcher,
      requestsPerSecond,
    });
    this.live = new LiveRooms({
      upstream: restUpstream(this.client, new RestCatalog(this.client, { clock })),
      clock,
      pollIntervalMs: 1000,
      pollMaxIntervalMs: 10_000,
      sessionCheckMs: 5000,
      trackLooksPerSecond,
      random: () => 0.5,
    });
  }

  /** Makes a first call: the client's token is signed in real time, during which the clock stands still. */
  static async start(rooms: number, requestsPerSecond: number, trackLooksPerSecond = 10): Promise<Crowd> {
    const crowd = new Crowd(rooms, requestsPerSecond, trackLooksPerSecond);
    const call = getRoom(crowd.client, hex(1));
    while (crowd.calls.length === 0) await settle();
    await crowd.clock.advance(LATENCY_MS);
    await call;
    crowd.calls.length = 0;
    crowd.#startedAt = crowd.clock.now();
    return crowd;
  }

  /** One subscriber for each room. */
  watch(roomIds: readonly string[] = this.roomIds): void {
    for (const roomId of roomIds) void this.#follow(this.live.peerChanges(roomId));
  }

  /** One subscriber for the tracks of each room. */
  watchTracks(roomIds: readonly string[] = this.roomIds): void {
    for (const roomId of roomIds) void this.#drain(this.live.trackChanges(roomId));
  }

  /** The times between the polls of a room since `fromMs`, in milliseconds. */
  intervals(roomId: string, fromMs: number): readonly number[] {
    const polls = (this.polls.get(roomId) ?? []).filter((at) => at >= fromMs);
    return polls.slice(1).map((at, index) => at - (polls[index] ?? 0));
  }

  /** The longest interval of these rooms; Infinity if one of them was polled less than twice. */
  worst(fromMs: number, roomIds: readonly string[] = this.roomIds): number {
    return Math.max(...roomIds.map((id) => Math.max(...withDefault(this.intervals(id, fromMs)))));
  }

  get elapsedMs(): number {
    return this.clock.now() - this.#startedAt;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.live.close();
    await this.client.close();
  }

  async #drain(changes: AsyncIterable<object>): Promise<void> {
    for await (const _ of changes);
  }

  async #follow(changes: AsyncIterable<PeerChange>): Promise<void> {
    for await (const change of changes) {
      if (change.kind === 'snapshot' && change.stale) this.stale.push(change);
    }
  }

  #answer({ path }: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const url = new URL(path, 'https://rest.test');
    const [, , family = '', roomId = '', , peerId] = url.pathname.split('/');
    this.calls.push(family);
    if (peerId !== undefined) this.reads.push(this.elapsedMs);
    else if (family === 'active-rooms') {
      const times = this.polls.get(roomId) ?? [];
      times.push(this.elapsedMs);
      this.polls.set(roomId, times);
    }
    const failed = family === 'active-rooms' && (this.isFailing || this.failing.has(roomId));
    const body = failed ? { code: 500, message: 'failing' } : this.#body(family, roomId, url);
    this.clock.schedule(() => answerWith(handler, failed ? 500 : 200, body), LATENCY_MS);
    return true;
  }

  #body(family: string, id: string, { pathname, searchParams }: URL): object {
    if (family === 'sessions') return this.#sessions(searchParams);
    if (family === 'templates') return TEMPLATE;
    if (family === 'rooms') return { id, name: 'room', enabled: true, template_id: TEMPLATE.id };
    return pathname.endsWith('/peers') ? this.#peers(id) : { ...this.#peer(id), tracks: TRACKS };
  }

  #peers(roomId: string) {
    if (this.busy.has(roomId)) this.#changes += 1;
    const peer = this.#peer(roomId);
    return { peers: { [peer.id]: peer } };
  }

  #peer(roomId: string) {
    const metadata = this.busy.has(roomId) ? String(this.#changes) : '';
    const id = `peer-of-${roomId}`;
    return { id, name: 'Ada', user_id: 'ada', metadata, role: 'guest', joined_at: JOINED_AT };
  }

  #sessions(query: URLSearchParams) {
    const limit = Number(query.get('limit') ?? 10);
    const roomId = query.get('room_id');
    const start = query.get('start');
    const ids = roomId === null ? this.roomIds : [roomId];
    const from = start === null ? 0 : ids.findIndex((id) => sessionIdOf(id) === start) + 1;
    const page = ids.slice(from, from + limit).map(sessionOf);
    return { limit, data: page, ...(from + limit < ids.length ? { last: page.at(-1)?.id } : {}) };
  }
}

const sessionIdOf = (roomId: string) => `f${roomId.slice(1)}`;

function sessionOf(roomId: string) {
  const id = sessionIdOf(roomId);
  const peer = { id: `peer-of-${roomId}`, name: 'Ada', user_id: 'ada', role: 'guest', joined_at: JOINED_AT };
  return {
    id,
    room_id: roomId,
    customer_id: 'c',
    active: true,
    peers: { [peer.id]: { ...peer, session_id: id } },
    created_at: JOINED_AT,
    updated_at: JOINED_AT,
  };
}

function answerWith(handler: Dispatcher.DispatchHandler, status: number, body: unknown): void {
  // The client controls a request only to abort it.
  const controller = { abort: () => undefined } as unknown as Dispatcher.DispatchController;
  handler.onResponseStart?.(controller, status, { 'content-type': 'application/json' });
  handler.onResponseData?.(controller, Buffer.from(JSON.stringify(body)));
  handler.onResponseEnd?.(controller, {});
}

function withDefault(intervals: readonly number[]): readonly number[] {
  return intervals.length === 0 ? [Number.POSITIVE_INFINITY] : intervals;
}
