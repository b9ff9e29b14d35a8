// The metrics of the live core: hooks that it calls, and gauges that it computes on request.

/**
 * The outcome of a read of a room. `changed`: the state differs from the one before. `quiet`: it is the same.
 * `missing`: the REST API answered 404 or no peers, and no change was concluded. `failed`: a request failed, or
 * the answers contradict each other.
 */
export type ReadResult = 'changed' | 'quiet' | 'missing' | 'failed';

/** Hooks for metrics; each one is optional. A hook must not throw: the live core does not catch its errors. */
export interface LiveObserver {
  /** Called once after each read of a room that requested the room's peers. */
  onRead?(result: ReadResult): void;
  /** Called once after each read of the tracks of a peer. `missing`: the REST API answered 404. */
  onTrackRead?(result: ReadResult): void;
  /** Called once after each request for the sessions of rooms or of the workspace; `failed` if any room failed. */
  onSessionPoll?(result: 'answered' | 'failed'): void;
  /**
   * Called when a poll of a room's peers is sent: for how long it waited for its turn, and the time since the room's
   * last poll (null for its first one), both in milliseconds.
   */
  onPollSent?(waitMs: number, intervalMs: number | null): void;
  /** Called when an instance that follows a feed was told a conclusion of the leader. */
  onApplied?(): void;
  /** Called once for each event that a subscriber takes, with the milliseconds since the gateway created it. */
  onDelivered?(delayMs: number): void;
}

/** Counts of this moment. */
export interface LiveGauges {
  /** Rooms with at least one subscriber to `peerChanges` or `trackChanges`. */
  readonly watchedRooms: number;
  /** Watched rooms that this instance reads; of several instances, one reads a room. */
  readonly ledRooms: number;
  /** Watched rooms with a running session. */
  readonly liveRooms: number;
  /** Watched rooms whose polls fail, by the rule of RoomFeed. */
  readonly staleRooms: number;
  /** Rooms whose poll is due and waits for the budget of REST calls. */
  readonly waitingPolls: number;
  /** By how much the intervals of the latest polls exceeded those that their rooms wanted; 1: not at all. */
  readonly pollStretch: number;
  /** Estimated bytes of the events in all logs. */
  readonly logBytes: number;
  /** Rooms without subscribers whose feed is kept for 5 minutes, so that clients can resume. */
  readonly keptRooms: number;
  /** Subscribers of `peerChanges`, `trackChanges`, `sessionChanges` and `roomEvents` together. */
  readonly subscribers: number;
  /** Rooms with at least one subscriber to `trackChanges`. */
  readonly trackedRooms: number;
  /** Peers whose tracks this instance reads. */
  readonly trackedPeers: number;
  /** Peers whose tracks are due to be read, and wait for their turn. */
  readonly waitingTrackReads: number;
  /** Milliseconds since the tracks of the peer who waits longest were read, or since that peer joined; 0 without such peers. */
  readonly oldestTracksAgeMs: number;
  /** Milliseconds since the oldest `asOf` among the watched rooms; 0 when no watched room has been read yet. */
  readonly oldestAsOfAgeMs: number;
}

/**
 * An observer that also calls `changed` when a read or a request for sessions may have shown a change: in the same turn of the
 * event loop in which subscribers are told of it, so before a client can act upon it.
 */
export function tellingChanges(observer: LiveObserver, changed: () => void): LiveObserver {
  return {
    ...observer,
    onRead(result) {
      if (result !== 'quiet') changed();
      observer.onRead?.(result);
    },
    onTrackRead(result) {
      if (result !== 'quiet') changed();
      observer.onTrackRead?.(result);
    },
    onSessionPoll(result) {
      changed();
      observer.onSessionPoll?.(result);
    },
    onApplied() {
      changed();
      observer.onApplied?.();
    },
  };
}
