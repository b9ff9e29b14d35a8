// What happened between two states of a room, in the order in which it is told. Pure.
// A peer is known by its id, which is new on every join: what came and went between two looks is owed nothing.
import type { ActivePeerResource } from '../../rest/peers/peers.ts';
import type { LiveSession, PeerAspect, PeerJoined, PeerLeft, PeerUpdated, SessionTurn } from '../changes.ts';

/** A room at one moment. Without a session nobody is there. */
export interface RoomState {
  readonly session: LiveSession | null;
  /** By peer id, in the order in which they were told. */
  readonly peers: ReadonlyMap<string, ActivePeerResource>;
}

/** What the upstream shows of a room. */
export interface RoomReading {
  readonly session: LiveSession | null;
  readonly peers: readonly ActivePeerResource[];
}

export const EMPTY_ROOM: RoomState = { session: null, peers: new Map() };

type Untold<E> = E extends unknown ? Omit<E, 'cursor' | 'at' | 'roomId'> : never;

/** A change before it is numbered. */
export type Difference = Untold<PeerJoined | PeerLeft | PeerUpdated | SessionTurn>;

/** Why a peer left, if known. */
export type LeaveReasonOf = (peerId: string) => string | null;

/** Within a session: who left, who changed, who joined. At its end: who left, then the end; then what begins. */
export function differences(
  before: RoomState,
  reading: RoomReading,
  leaveReasonOf: LeaveReasonOf,
): { readonly after: RoomState; readonly told: readonly Difference[] } {
  if (before.session?.id === reading.session?.id) return within(before, reading, leaveReasonOf);
  const end = within(before, { session: before.session, peers: [] }, leaveReasonOf);
  const start = within({ session: reading.session, peers: new Map() }, reading, leaveReasonOf);
  const told: Difference[] = [...end.told];
  if (before.session !== null) told.push({ kind: 'sessionEnded', session: before.session });
  if (reading.session !== null) told.push({ kind: 'sessionStarted', session: reading.session });
  return { after: start.after, told: [...told, ...start.told] };
}

function within(before: RoomState, reading: RoomReading, leaveReasonOf: LeaveReasonOf) {
  const { session } = before;
  if (session === null) return { after: EMPTY_ROOM, told: [] };
  const now = new Map(reading.peers.map((peer) => [peer.id, peer]));
  const after = new Map<string, ActivePeerResource>();
  const told: Difference[] = [];
  for (const peer of before.peers.values()) {
    const latest = now.get(peer.id);
    if (latest === undefined || latest.user_id !== peer.user_id) {
      told.push({
        kind: 'left',
        peer,
        sessionId: session.id,
        cause: 'ROOM',
        leaveReason: leaveReasonOf(peer.id),
      });
    } else {
      after.set(latest.id, latest);
    }
  }
  for (const peer of after.values()) {
    const update = updateOf(before.peers.get(peer.id), peer, session.id);
    if (update !== null) told.push(update);
  }
  const joined = [...now.values()].filter((peer) => !after.has(peer.id)).sort(byJoining);
  for (const peer of joined) {
    after.set(peer.id, peer);
    told.push({ kind: 'joined', peer, sessionId: session.id, cause: 'ROOM' });
  }
  return { after: { session, peers: after }, told };
}

function updateOf(
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

/** The REST API's map of peers has no order of its own. */
function byJoining(a: ActivePeerResource, b: ActivePeerResource): number {
  return Date.parse(a.joined_at) - Date.parse(b.joined_at) || (a.id < b.id ? -1 : 1);
}
