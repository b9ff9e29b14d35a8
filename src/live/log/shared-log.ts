// The interface between a feed and its log. Only one instance writes the log of a feed: the leader. A single instance leads all
// its feeds. Of several instances one leads a feed, and the others follow: they get the leader's conclusions, and serve their
// subscribers from them. A feed does not know which engine implements its log: own-log.ts for a single instance, src/fleet/logs/
// for several.
import type { Position } from './cursor.ts';

/** What one read concluded. `events` lead from the state `before` to the state `after`. */
export interface Conclusion<S, E> {
  readonly before: S;
  readonly after: S;
  readonly events: readonly E[];
  /** When a read last confirmed the state `after`, in milliseconds since the Unix epoch; null: no read has. */
  readonly asOf: number | null;
  /** How long before now the read began, in milliseconds: what happened since may not show. */
  readonly readAgeMs: number;
  /** Whether the reads fail, so that the state may be out of date. */
  readonly stale: boolean;
  /** The last mutation whose effect the read showed or no longer waits for; null: none, or it is still waited for. */
  readonly shownMutation: string | null;
  /**
   * The parts of the state that the read confirmed, by id, with the time, in milliseconds since the Unix epoch: of a state
   * whose parts are read one by one. Default: none.
   */
  readonly confirmed?: Readonly<Record<string, number>> | undefined;
}

/** A conclusion of the leader, at a follower. */
export interface Told<E> extends Omit<Conclusion<unknown, E>, 'before' | 'after' | 'readAgeMs'> {
  /** How long ago the leader concluded it, in milliseconds. Default: just now. */
  readonly agoMs?: number;
}

/** The state of a feed at a position of the log that several instances share. */
export interface SharedState<S> extends Pick<Position, 'epoch' | 'seq'> {
  readonly state: S;
  readonly asOf: number | null;
  /** How long ago the read that confirmed the state began, in milliseconds; null: `asOf` is null. */
  readonly ageMs: number | null;
  readonly stale: boolean;
}

/**
 * What an instance tells the others of a feed. `read`: the leader reads at once. `mutated`: so it does, because a mutation was
 * made, whose effect must show before the state serves queries; `id` names it. `unknown`: the room does not exist.
 */
export type Note =
  | { readonly kind: 'read' }
  | { readonly kind: 'mutated'; readonly id: string }
  | { readonly kind: 'unknown' };

/** The feed of a log. The log calls it; none of the methods may throw. */
export interface LogHost<S, E> {
  /** From now on this instance reads and concludes, and nobody else does. `isAlone`: the shared log is out of reach. */
  lead(isAlone: boolean): void;
  /** From now on another instance concludes. */
  follow(): void;
  /** The state that the instances share, after a pause or at the beginning: tells subscribers what differs from theirs. */
  adopt(shared: SharedState<S>): void;
  /** This instance leads a log that has no state yet: the host's events follow that position. */
  begin(position: Pick<Position, 'epoch' | 'seq'>): void;
  /** The leader has concluded this, directly after what the host knows. */
  apply(told: Told<E>): void;
  /** Another instance has told this. */
  hear(note: Note): void;
  /** The epoch and the number of the last event that the host knows. */
  readonly position: Pick<Position, 'epoch' | 'seq'>;
  /** The position after which the host's log has all events. */
  readonly heldFrom: Pick<Position, 'epoch' | 'seq'>;
  /** How long ago a read confirmed what the host knows, in milliseconds; null: none has. */
  readonly ageMs: number | null;
  /** The host's present state, which begins a log that has no state. */
  readonly known: Pick<Conclusion<S, E>, 'after' | 'asOf' | 'stale'>;
  /** Events before those that the host's log holds, oldest poll first. */
  prepend(polls: readonly Pick<Told<E>, 'events' | 'asOf'>[]): void;
}

/** How a state and its events are written for other instances: all values are such that JSON keeps them. */
export interface Codec<S, E> {
  /** The parts of a state that are written one by one, by their id: peers, or sessions. */
  items(state: S): ReadonlyMap<string, object>;
  /** The rest of the state, which is small. */
  head(state: S): unknown;
  /** The state of these parts, which `items` and `head` have made. */
  state(head: unknown, items: ReadonlyMap<string, unknown>): S;
  /** The events of one conclusion as a value for JSON. */
  encode(events: readonly E[]): unknown;
  /** The events that `encode` has made into `value`. */
  decode(value: unknown): readonly E[];
}

/** The log of one feed. */
export interface SharedLog<S, E> {
  /** The feed has its first subscriber: calls the host's `lead` or `follow`, at once or later. */
  join(): void;
  /** The feed has lost its last subscriber, or ends. The host is not called any more. */
  leave(): void;
  /**
   * Writes what the leader concluded. True: the host tells its subscribers in the same turn, as the conclusion is written, or
   * will be and shows no change. False: this instance does not lead any more, and the conclusion counts for nothing.
   */
  commit(conclusion: Conclusion<S, E>): true | Promise<boolean>;
  /** Whether this instance leads. */
  readonly isLeading: boolean;
  /**
   * Asks for the events after `position` that the host's log lacks: `prepend` follows before the promise resolves, if the
   * events are kept. Null: there are none to ask for.
   */
  reachBack(position: Position): Promise<void> | null;
}

/** Makes the logs of all feeds. */
export interface LogEngine {
  /** The log of one feed. `scope`: the room's id, WORKSPACE, or what `tracksScope` makes. */
  open<S, E>(scope: string, host: LogHost<S, E>, codec: Codec<S, E>): SharedLog<S, E>;
  /** Tells the other instances that have joined the log of this scope. Does nothing for an instance that is alone. */
  send(scope: string, note: Note): void;
}
