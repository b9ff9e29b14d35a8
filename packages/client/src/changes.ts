// The parts of the events of `peerChanges` and `sessionChanges` that this package reads. These types are structural: they accept
// the result type of any document that selects these fields. It may select more, and its types may come from any code generator.

/** An object that is identified within its type by its global `id`, or by `hmsId` if `id` is not selected. */
export type Identified = { readonly id: string } | { readonly hmsId: string };

/** Why a snapshot was sent. Newer gateways may send other reasons. */
export type SnapshotReason = 'SUBSCRIBED' | 'CURSOR_TOO_OLD' | 'SLOW_CONSUMER' | 'BURST' | 'STALENESS';

/** The fields of each event of a subscription. */
interface Stamped {
  /** The position of the event, for `after`. */
  readonly cursor: string;
  /** When the gateway noticed the change (RFC 3339). Optional; if it is selected, it updates `asOf` of the state. */
  readonly at?: string | undefined;
}

/** The fields of each snapshot. */
interface Snapshot extends Stamped {
  readonly stale: boolean;
  readonly asOf?: string | null | undefined;
  readonly reason?: string | undefined;
}

/** A session begins or ends. `session` is null if the gateway could not read its record. */
export interface SessionTurn extends Stamped {
  readonly __typename: 'SessionStarted' | 'SessionEnded';
  readonly session?: Identified | null | undefined;
  /** Optional: identifies the session if `session` is null. */
  readonly room?: Identified | null | undefined;
}

/** An event of `peerChanges`. Select `session { id }` to have the session in the state. */
export type PeerChange =
  | (Snapshot & {
      readonly __typename: 'PeersSnapshot';
      readonly peers: readonly Identified[];
      readonly session?: Identified | null | undefined;
    })
  | (Stamped & { readonly __typename: 'PeerJoined' | 'PeerUpdated'; readonly peer: Identified })
  | (Stamped & {
      readonly __typename: 'PeerLeft';
      readonly peer: Identified;
      readonly cause?: string | undefined;
    })
  | SessionTurn;

/** An event of `sessionChanges`. */
export type SessionChange =
  | (Snapshot & { readonly __typename: 'SessionsSnapshot'; readonly sessions: readonly Identified[] })
  | SessionTurn;

/** The peer as a document selects it in the snapshot. */
export type PeerOf<Change> = Change extends {
  readonly __typename: 'PeersSnapshot';
  readonly peers: readonly (infer Peer)[];
}
  ? Peer
  : never;

/** The session as a document selects it in the snapshot; `never` if it does not. */
export type SessionOf<Change> = Change extends {
  readonly __typename: 'SessionsSnapshot';
  readonly sessions: readonly (infer Session)[];
}
  ? Session
  : Selected<Change, 'PeersSnapshot', 'session'>;

/** The type of a field in events of these types; `never` if the document does not select it. */
type Selected<Change, Name, Key extends string> = Change extends { readonly __typename: Name }
  ? Key extends keyof Change
    ? NonNullable<Change[Key]>
    : never
  : never;

/** Accepts every event, if all events that add an object to the state select the same fields as the snapshot; otherwise none. */
export type Consistent<Change> = [Selected<Change, 'PeerJoined' | 'PeerUpdated', 'peer'>] extends [
  PeerOf<Change>,
]
  ? [Selected<Change, 'SessionStarted', 'session'>] extends [SessionOf<Change>]
    ? unknown
    : Misfit<'SessionStarted must select all fields of the session that the snapshot selects'>
  : Misfit<'PeerJoined and PeerUpdated must select all fields of the peer that the snapshot selects'>;

/** No event is of this type, so that the compiler's message shows the reason. */
interface Misfit<Reason extends string> {
  readonly wrong: Reason;
}

/** The text that identifies an object within its type. */
export function keyOf(object: Identified): string {
  return 'id' in object ? object.id : object.hmsId;
}
