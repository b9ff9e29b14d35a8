// The copy that a client keeps of a room, or of the workspace's sessions, from the events that it gets, and the law that each event
// must fit the copy: no event is lost or told twice unless a snapshot begins the copy anew. All clients compare what they know at the
// same cursor, which must be the same whichever gateway they have asked.
import type { FollowSessionsSubscription } from '../../generated/graphql.ts';
import { decodeCursor } from '../../../src/live/log/cursor.ts';
import { WORKSPACE } from '../../../src/live/sessions/sessions-feed.ts';
import { inShort, type PeerChange } from '../../e2e/documents.ts';

export type SessionChange = FollowSessionsSubscription['sessionChanges'];

/** What all clients of the same events knew at each cursor. */
export class Shared {
  readonly faults: string[] = [];
  /** By filter, epoch and number. */
  readonly #known = new Map<string, string>();

  /** Notes what a client knows at a position, and a fault if another one knew something else there. */
  compare(place: string, known: string): void {
    const before = this.#known.get(place);
    this.#known.set(place, known);
    if (before !== undefined && before !== known) {
      this.faults.push(`at ${place} one client knows ${before}, another one ${known}`);
    }
  }
}

/** The same text for the same things. */
export function textOf(things: ReadonlyMap<string, string>): string {
  return JSON.stringify([...things].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** A copy of things by their ids. `apply` notes faults and never throws. */
export abstract class Copy<C extends { readonly cursor: string; readonly __typename?: string }> {
  readonly faults: string[] = [];
  /** The last changes in a few words, for the report of a fault. */
  readonly history: string[] = [];
  readonly things = new Map<string, string>();
  cursor: string | undefined;
  isStale = false;
  snapshots = 0;
  changes = 0;
  readonly #scope: string;
  readonly #name: string;
  readonly #shared: Shared;
  /** Whether events of a poll may be left out by a filter. */
  readonly #isFiltered: boolean;

  constructor(scope: string, name: string, shared: Shared, isFiltered: boolean) {
    this.#scope = scope;
    this.#name = name;
    this.#shared = shared;
    this.#isFiltered = isFiltered;
  }

  /** Everything that it knows, as one text. */
  get known(): string {
    return textOf(this.things);
  }

  apply(change: C, from: string): void {
    this.history.push(`${from} ${this.tell(change)}`);
    if (this.history.length > 12) this.history.shift();
    const before = this.cursor === undefined ? null : decodeCursor(this.#scope, this.cursor);
    const { epoch, seq } = decodeCursor(this.#scope, change.cursor);
    this.cursor = change.cursor;
    if (this.begins(change)) this.snapshots += 1;
    else {
      this.changes += 1;
      if (before?.epoch === epoch && (this.#isFiltered ? seq <= before.seq : seq !== before.seq + 1)) {
        this.fault(`the number ${seq} follows ${before.seq}`);
      }
    }
    this.take(change);
    this.#shared.compare(`${this.#name} ${epoch} ${seq}`, this.known);
  }

  fault(text: string): void {
    this.faults.push(`${this.#name}: ${text}, after ${this.history.join(' | ')}`);
  }

  add(id: string, value: string): void {
    if (this.things.has(id)) this.fault(`${id} is here already`);
    this.things.set(id, value);
  }

  remove(id: string): void {
    if (!this.things.delete(id)) this.fault(`${id} is not here`);
  }

  /** Whether the change is a snapshot. */
  protected abstract begins(change: C): boolean;
  /** Brings the copy to the state after the change. */
  protected abstract take(change: C): void;
  protected abstract tell(change: C): string;
}

interface PeerFields {
  readonly hmsId: string;
  readonly name: string | null;
  readonly role: string | null;
  readonly metadata: string | null;
}

/** A peer as the copy of a room keeps it. REST has empty texts where the graph has null. */
export const peerText = ({ name, role, metadata }: Omit<PeerFields, 'hmsId'>) =>
  JSON.stringify([name ?? '', role ?? '', metadata ?? '']);

export const SESSION = 'session';

/** The copy of a room: its peers, and its session. */
export class RoomCopy extends Copy<PeerChange> {
  readonly #isHere: (peerId: string) => boolean;

  /** `isHere`: whether a peer is in the room now; the events tell the past. */
  constructor(roomId: string, role: string | null, shared: Shared, isHere: (peerId: string) => boolean) {
    super(roomId, `${roomId} ${role ?? ''}`, shared, role !== null);
    this.#isHere = isHere;
  }

  protected override begins(change: PeerChange): boolean {
    return change.__typename === 'PeersSnapshot';
  }

  protected override tell(change: PeerChange): string {
    return `${inShort(change)}${'peer' in change ? ` ${change.peer.hmsId}` : ''}`;
  }

  protected override take(change: PeerChange): void {
    switch (change.__typename) {
      case 'PeersSnapshot':
        this.isStale = change.stale;
        this.things.clear();
        for (const peer of change.peers) this.things.set(peer.hmsId, peerText(peer));
        if (change.session) this.things.set(SESSION, change.session.hmsId);
        return;
      case 'PeerJoined':
        this.add(change.peer.hmsId, peerText(change.peer));
        return;
      case 'PeerLeft':
        this.remove(change.peer.hmsId);
        if (change.cause === 'ROOM' && this.#isHere(change.peer.hmsId)) this.fault('nobody has left');
        return;
      case 'PeerUpdated': {
        const { hmsId } = change.peer;
        const was = peerText(change.previous);
        if (this.things.get(hmsId) !== was) {
          this.fault(`${hmsId} was ${this.things.get(hmsId) ?? 'not here'} and not ${was}`);
        }
        this.things.set(hmsId, peerText(change.peer));
        return;
      }
      case 'SessionStarted':
        this.add(SESSION, change.session?.hmsId ?? '');
        return;
      case 'SessionEnded':
        if (this.things.get(SESSION) !== change.session?.hmsId) this.fault('another session has ended');
        this.remove(SESSION);
        return;
      default:
        this.fault('an unknown change');
    }
  }
}

/** The copy of the workspace's sessions. */
export class SessionsCopy extends Copy<SessionChange> {
  constructor(shared: Shared) {
    super(WORKSPACE, WORKSPACE, shared, false);
  }

  protected override begins(change: SessionChange): boolean {
    return change.__typename === 'SessionsSnapshot';
  }

  protected override tell(change: SessionChange): string {
    return `${change.__typename} ${'session' in change ? (change.session?.hmsId ?? '') : ''}`;
  }

  protected override take(change: SessionChange): void {
    if (change.__typename === 'SessionsSnapshot') {
      this.isStale = change.stale;
      this.things.clear();
      for (const { hmsId } of change.sessions) this.things.set(hmsId, '');
    } else if (change.__typename === 'SessionStarted') this.add(change.session?.hmsId ?? '', '');
    else if (change.__typename === 'SessionEnded') this.remove(change.session?.hmsId ?? '');
  }
}
