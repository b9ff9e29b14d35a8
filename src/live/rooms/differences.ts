// Compares two states of a room and lists the events between them, in the order in which they are published. Pure.
// Peers are matched by id, and every join has a new id. A peer who joined and left between two reads was in neither
// state, and gets no event.
import { Derived } from '../../derived.ts';
import type { ActivePeerResource } from '../../rest/peers/peers.ts';
import type { LiveSession, PeerAspect, PeerJoined, PeerLeft, PeerUpdated, SessionTurn } from '../changes.ts';

/** The state of a room at one moment. Without a session there are no peers. */
export interface RoomState {
  readonly session: LiveSession | null;
  /** By peer id, in the order of their `joined` events. */
  readonly peers: ReadonlyMap<string, ActivePeerResource>;
}

const peerLists = new Derived<RoomState['peers'], readonly ActivePeerResource[]>();

/** The peers of a state as a list: the same array each time, so what is made of it can be kept with it. */
export function peerListOf(peers: RoomState['peers']): readonly ActivePeerResource[] {
  let list = peerLists.get(peers);
  if (list === undefined) {
    list = [...peers.values()];
    peerLists.keep(peers, list);
  }
  return list;
}

/**
 * The list of a reading, by the state that the reading led to. An answer of the REST API that is equal to the last one is the
 * same list, and nothing changes a list in place, so a reading with this list has no difference to that state.
 */
const readLists = new Derived<RoomState['peers'], readonly ActivePeerResource[]>();

/** The state of a room as the REST API shows it, peers in any order. */
export interface RoomReading {
  readonly session: LiveSession | null;
  readonly peers: readonly ActivePeerResource[];
}

/** A room without a session; also the state of a room that has not been read yet. */
export const EMPTY_ROOM: RoomState = { session: null, peers: new Map() };

type Unstamped<E> = E extends unknown ? Omit<E, 'cursor' | 'at' | 'roomId'> : never;

/** An event before the channel numbers it. */
export type Difference = Unstamped<PeerJoined | PeerLeft | PeerUpdated | SessionTurn>;

/** Returns the reason that a webhook gave for a peer's leaving; null when no webhook has. */
export type FindLeaveReason = (peerId: string) => string | null;

/**
 * The state after a reading, and the events that lead to it. Within one session: `left`, `updated`, `joined`. When
 * the session is another one: `left` of all peers, `sessionEnded`, `sessionStarted`, `joined` of all peers.
 */
export function differences(
  before: RoomState,
  reading: RoomReading,
  findLeaveReason: FindLeaveReason,
): { readonly after: RoomState; readonly events: readonly Difference[] } {
  if (before.session?.id === reading.session?.id) return withinSession(before, reading, findLeaveReason);
  const end = withinSession(before, { session: before.session, peers: [] }, findLeaveReason);
  const start = withinSession({ session: reading.session, peers: new Map() }, reading, findLeaveReason);
  const events: Difference[] = [...end.events];
  if (before.session !== null) events.push({ kind: 'sessionEnded', session: before.session });
  if (reading.session !== null) events.push({ kind: 'sessionStarted', session: reading.session });
  return { after: start.after, events: [...events, ...start.events] };
}

/** The state after events that `differences` has listed, for an instance that was told the events alone. */
export function afterDifferences(before: RoomState, events: readonly Difference[]): RoomState {
  if (events.length === 0) return before;
  let { session } = before;
  const peers = new Map(before.peers);
  for (const event of events) {
    if (event.kind === 'left') peers.delete(event.peer.id);
    else if (event.kind === 'joined' || event.kind === 'updated') peers.set(event.peer.id, event.peer);
    else session = event.kind === 'sessionStarted' ? event.session : null;
  }
  return { session, peers };
}

function withinSession(before: RoomState, reading: RoomReading, findLeaveReason: FindLeaveReason) {
  const { session } = before;
  if (session === null) return { after: EMPTY_ROOM, events: [] };
  if (readLists.get(before.peers) === reading.peers) return { after: before, events: [] };
  const now = new Map(reading.peers.map((peer) => [peer.id, peer]));
  const after = new Map<string, ActivePeerResource>();
  const gone: ActivePeerResource[] = [];
  for (const peer of before.peers.values()) {
    const latest = now.get(peer.id);
    if (latest === undefined || latest.user_id !== peer.user_id) gone.push(peer);
    else after.set(latest.id, areEqual(peer, latest) ? peer : latest);
  }
  const departure = { sessionId: session.id, peerIds: gone.map(({ id }) => id) };
  const events: Difference[] = gone.map((peer) => ({
    kind: 'left',
    peer,
    sessionId: session.id,
    cause: 'ROOM',
    leaveReason: findLeaveReason(peer.id),
    departure,
  }));
  for (const peer of after.values()) {
    const update = updateBetween(before.peers.get(peer.id), peer, session.id);
    if (update !== null) events.push(update);
  }
  const joined = [...now.values()].filter((peer) => !after.has(peer.id)).sort(byJoining);
  for (const peer of joined) {
    after.set(peer.id, peer);
    events.push({ kind: 'joined', peer, sessionId: session.id, cause: 'ROOM' });
  }
  readLists.keep(after, reading.peers);
  return { after: { session, peers: after }, events };
}

/**
 * Whether two readings of a peer have the same values. Then the older object stays, so that what is kept with it stays too, and
 * that only peers who have changed are written for other instances.
 */
function areEqual(one: object, other: object): boolean {
  // They are parsed from JSON, and may have keys that the REST API does not document.
  const [values, others] = [one as Values, other as Values];
  const keys = Object.keys(values);
  return (
    keys.length === Object.keys(others).length &&
    keys.every((key) => values[key] === others[key] && Object.hasOwn(others, key))
  );
}

type Values = Readonly<Record<string, unknown>>;

function updateBetween(
  before: ActivePeerResource | undefined,
  peer: ActivePeerResource,
  sessionId: string,
): Difference | null {
  if (before === undefined) return null;
  const changed: PeerAspect[] = [];
  if (before.name !== peer.name) changed.push('NAME');
  if (before.role !== peer.role) changed.push('ROLE');
  if (before.metadata !== peer.metadata) changed.push('METADATA');
  if (changed.length === 0) return null;
  const previous = { name: before.name, role: before.role, metadata: before.metadata };
  return { kind: 'updated', peer, sessionId, changed, previous };
}

/**
 * By the time of joining, then by id, like the lists of peers in queries: the REST API's map of peers has no order. Peers of a
 * session that has just begun may have joined in the same millisecond, so all digits count.
 */
export function byJoining(a: ActivePeerResource, b: ActivePeerResource): number {
  return (
    Date.parse(a.joined_at) - Date.parse(b.joined_at) ||
    compareTexts(fractionOf(a.joined_at), fractionOf(b.joined_at)) ||
    compareTexts(a.id, b.id)
  );
}

/** The digits of a second's fraction, which as texts sort like numbers. */
function fractionOf(instant: string): string {
  return /\.(\d+)/.exec(instant)?.[1] ?? '';
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
