// What the live core reports for metrics. Hooks must not throw.

/** How a poll of a room went: `missing` is a 404 or nobody there. */
export type PollResult = 'changed' | 'quiet' | 'missing' | 'failed';

export interface LiveObserver {
  /** Once for each look at a room that asked for its peers. */
  onPoll?(result: PollResult): void;
  /** Once for each look at the sessions of one or more rooms. */
  onSessionLook?(result: 'answered' | 'failed'): void;
  /** Once for each event that a watcher takes: milliseconds since the gateway saw the change. */
  onDelivered?(delayMs: number): void;
}

/** What is watched at this moment. */
export interface LiveGauges {
  readonly watchedRooms: number;
  /** Watched rooms with a running session. */
  readonly liveRooms: number;
  /** Watched rooms that the upstream has not answered for lately. */
  readonly staleRooms: number;
  /** Rooms that nobody watches any more, kept for those who come back. */
  readonly keptRooms: number;
  /** Of `peerChanges`, `sessionChanges` and `roomEvents` together. */
  readonly subscribers: number;
  /** Age in milliseconds of what is least fresh among the watched rooms; 0: nothing is known yet or watched. */
  readonly oldestAsOfAgeMs: number;
}
