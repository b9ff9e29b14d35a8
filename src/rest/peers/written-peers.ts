// The writes to live rooms in the last seconds. Reads of the REST API may lag behind writes, so for queries the writes are
// applied to the values read. They are not applied to polls, because events must report what the room really shows. But once a
// removed peer was missing from a poll, it is also removed from later polls. A write is a value, so that other instances of the
// gateway can apply it to their reads too.
import { momentAfter, type Clock, type Moment } from '../../clock.ts';
import type { PeerUpdateInput } from '../../openapi/types.ts';
import { WRITE_LAG_MS } from '../catalog/written.ts';
import type { SessionResource } from '../sessions/sessions.ts';
import type { ActivePeerResource, ActiveRoomResource } from './peers.ts';

/** A done write to a live room, as JSON. Ids of peers are the vendor's; times are of the wall clock. */
export type PeersChange =
  | { readonly peerId: string; readonly values: PeerUpdateInput }
  | { readonly removedId: string }
  /** `known`: the ids of those peers that the gateway knew; it may be empty. */
  | { readonly removedRole: string; readonly known: readonly string[]; readonly at: number }
  | { readonly endedAt: number; readonly known: readonly string[] };

/** The properties of a peer that a removal compares. A session's record of a peer has them too. */
type RemovablePeer = Pick<ActivePeerResource, 'id' | 'role' | 'joined_at'>;

/** New values of one peer. */
interface Change {
  readonly values: PeerUpdateInput;
  /**
   * Whether a read with these values shows that it is newer than the write. It does not if a recent earlier write had other
   * values, because the peer may have had these values before both.
   */
  readonly isProof: boolean;
  /** A read has shown the values. From then on reads are returned unchanged, because another client may change the values. */
  isShown: boolean;
  readonly endsAt: Moment;
}

/** The removal of peers. Every join has a new peer id, so a removed peer cannot come back before the removal ends. */
interface Removal {
  readonly removes: (peer: RemovablePeer) => boolean;
  readonly ids: ReadonlySet<string>;
  /** Those of `ids` that no poll has shown. */
  readonly gone: Set<string>;
  /** When the write that ended the session was done; null for a removal of peers alone. */
  readonly endedAt: number | null;
  readonly endsAt: Moment;
}

interface RoomWrites {
  readonly changes: Map<string, Change>;
  readonly removals: Removal[];
}

/** The recent writes to live rooms, each for `WRITE_LAG_MS`. Times that are compared with the vendor's are wall-clock times. */
export class WrittenPeers {
  readonly #clock: Clock;
  readonly #onLaid: ((roomId: string, change: PeersChange) => void) | undefined;
  readonly #rooms = new Map<string, RoomWrites>();

  /** `onLaid` is called with each write that `lay` gets. It must not throw. Default: not called. */
  constructor(clock: Clock, onLaid?: (roomId: string, change: PeersChange) => void) {
    this.#clock = clock;
    this.#onLaid = onLaid;
  }

  /** Call when a peer was changed. The write ends before its time when a read shows `values`; without values, no write. */
  changed(roomId: string, peerId: string, values: PeerUpdateInput): void {
    if (keysOf(values).length > 0) this.#lay(roomId, { peerId, values });
  }

  /** Call when one peer was removed. */
  removed(roomId: string, peerId: string): void {
    this.#lay(roomId, { removedId: peerId });
  }

  /** Call when the peers of a role were removed. `known`: the ids of those that the gateway knows; it may be empty. */
  roleRemoved(roomId: string, role: string, known: readonly string[]): void {
    this.#lay(roomId, { removedRole: role, known, at: this.#clock.now() });
  }

  /** Call when a room's session was ended. `known` as in `roleRemoved`, of all peers. */
  ended(roomId: string, known: readonly string[]): void {
    this.#lay(roomId, { endedAt: this.#clock.now(), known });
  }

  #lay(roomId: string, change: PeersChange): void {
    this.repeat(roomId, change);
    this.#onLaid?.(roomId, change);
  }

  /** Applies a write that another instance has done to later reads. */
  repeat(roomId: string, change: PeersChange): void {
    if ('values' in change) return this.#change(roomId, change.peerId, change.values);
    if ('removedId' in change) {
      const { removedId } = change;
      return this.#remove(roomId, [removedId], ({ id }) => id === removedId);
    }
    if ('removedRole' in change) {
      const { removedRole, known, at } = change;
      return this.#remove(roomId, known, (peer) => peer.role === removedRole && isBefore(peer.joined_at, at));
    }
    const { endedAt, known } = change;
    return this.#remove(roomId, known, (peer) => isBefore(peer.joined_at, endedAt), endedAt);
  }

  #change(roomId: string, peerId: string, values: PeerUpdateInput): void {
    const { changes } = this.#writesTo(roomId);
    const earlier = changes.get(peerId)?.values ?? {};
    const isProof = keysOf(values).every((key) => (earlier[key] ?? values[key]) === values[key]);
    changes.set(peerId, {
      values: { ...earlier, ...values },
      isProof,
      isShown: false,
      endsAt: this.#end(),
    });
  }

  /** The connected peers that a query read, with the recent writes over them. */
  over<Peer extends ActivePeerResource>(roomId: string, read: readonly Peer[]): readonly Peer[] {
    const { changes, removals } = this.#recent(roomId);
    if (changes.size === 0 && removals.length === 0) return read;
    return read
      .filter((peer) => !removals.some(({ removes }) => removes(peer)))
      .map((peer) => {
        const change = changes.get(peer.id);
        return change === undefined || isBelieved(change, peer)
          ? peer
          : Object.assign({}, peer, change.values);
      });
  }

  /** The live room that a query read; null when its session was ended. Of a removed role only known peers are left out. */
  overRoom(read: ActiveRoomResource): ActiveRoomResource | null {
    const { removals } = this.#recent(read.id);
    if (removals.length === 0) return read;
    const { session } = read;
    if (hasEnded(session, removals)) return null;
    const peers = session.peers?.filter((id) => !removals.some(({ ids }) => ids.has(id)));
    return peers === undefined ? read : { ...read, session: { ...session, peers } };
  }

  /** The running session that a query read; null when it was ended. */
  overSession(roomId: string, read: SessionResource | null): SessionResource | null {
    return read !== null && hasEnded(read, this.#recent(roomId).removals) ? null : read;
  }

  /** Whether the peer was removed by a recent write. */
  isRemoved(roomId: string, peer: RemovablePeer): boolean {
    return this.#recent(roomId).removals.some(({ removes }) => removes(peer));
  }

  /** The peers that a poll has read, without removed ones that an earlier poll did not show any more. */
  inPoll(roomId: string, read: readonly ActivePeerResource[]): readonly ActivePeerResource[] {
    const { removals } = this.#recent(roomId);
    if (removals.length === 0) return read;
    const shown = new Set(read.map(({ id }) => id));
    for (const { ids, gone } of removals) for (const id of ids) if (!shown.has(id)) gone.add(id);
    return read.filter(({ id }) => !removals.some(({ gone }) => gone.has(id)));
  }

  /** Whether polled peers lack the effect of a recent write; null without a recent write. */
  isLagging(roomId: string, polled: readonly ActivePeerResource[]): boolean | null {
    const { changes, removals } = this.#recent(roomId);
    if (changes.size === 0 && removals.length === 0) return null;
    return polled.some((peer) => {
      const change = changes.get(peer.id);
      const lacksChange = change !== undefined && !isBelieved(change, peer) && !shows(peer, change.values);
      return lacksChange || removals.some(({ removes }) => removes(peer));
    });
  }

  #remove(roomId: string, ids: readonly string[], removes: Removal['removes'], endedAt?: number): void {
    const endsAt = this.#end();
    const removal = { removes, ids: new Set(ids), gone: new Set<string>(), endedAt: endedAt ?? null, endsAt };
    this.#writesTo(roomId).removals.push(removal);
  }

  /** The time from which a write that is done now is no longer laid over reads. */
  #end(): Moment {
    return momentAfter(this.#clock.moment(), WRITE_LAG_MS);
  }

  /** Also forgets the writes of other rooms that have ended, so the map holds the writes of some seconds. */
  #writesTo(roomId: string): RoomWrites {
    for (const id of this.#rooms.keys()) this.#recent(id);
    const writes = this.#rooms.get(roomId) ?? { changes: new Map<string, Change>(), removals: [] };
    this.#rooms.set(roomId, writes);
    return writes;
  }

  #recent(roomId: string): RoomWrites {
    const writes = this.#rooms.get(roomId);
    if (writes === undefined) return NO_WRITES;
    const now = this.#clock.moment();
    const isRecent = ({ endsAt }: { readonly endsAt: Moment }) => endsAt > now;
    for (const [id, change] of writes.changes) if (!isRecent(change)) writes.changes.delete(id);
    writes.removals.splice(0, Infinity, ...writes.removals.filter(isRecent));
    if (writes.changes.size === 0 && writes.removals.length === 0) this.#rooms.delete(roomId);
    return writes;
  }
}

const NO_WRITES: RoomWrites = { changes: new Map(), removals: [] };

/** Whether a read is returned unchanged, because it or an earlier read shows the change. */
function isBelieved(change: Change, peer: ActivePeerResource): boolean {
  change.isShown ||= change.isProof && shows(peer, change.values);
  return change.isShown;
}

function shows(peer: ActivePeerResource, values: PeerUpdateInput): boolean {
  return keysOf(values).every((key) => peer[key] === values[key]);
}

function keysOf(values: PeerUpdateInput): readonly (keyof PeerUpdateInput)[] {
  // The values come from `changed`, whose callers name the documented keys alone.
  return Object.keys(values) as (keyof PeerUpdateInput)[];
}

function hasEnded(
  { created_at: createdAt }: { readonly created_at: string },
  removals: readonly Removal[],
): boolean {
  return removals.some(({ endedAt }) => endedAt !== null && isBefore(createdAt, endedAt));
}

/** Whether an instant of the vendor's is before `ms`, or is missing. */
function isBefore(instant: string | null | undefined, ms: number): boolean {
  return !(Date.parse(instant ?? '') > ms);
}
