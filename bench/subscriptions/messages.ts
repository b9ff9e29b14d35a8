// What the processes of the benchmark tell each other over IPC.

/** A question to a server process: its figures since the last such question. */
export const FIGURES = 'figures';

/** A question to the upstream: the polls of peers that it has answered since the last such question. */
export const POLLS = 'polls';

/** The figures of a server process. */
export interface Figures {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly rssBytes: number;
  /** The greatest RSS that the process has had so far. */
  readonly peakRssBytes: number;
  /** The longest time for which the event loop was blocked. */
  readonly blockMs: number;
}

/** Starts the clients: each of `sockets` connections has `each` subscriptions. */
export interface Subscribing {
  /** The gateways. Each one gets as many connections as there are rooms, in turns. */
  readonly urls: readonly string[];
  readonly transport: 'ws' | 'sse';
  readonly sockets: number;
  readonly each: number;
  readonly rooms: number;
  /** Whether the subscriptions of one socket are to different rooms; else all are to one room. */
  readonly isSpread: boolean;
  readonly key: string;
  /** So many connections are opened at a time; default 50. */
  readonly atOnce?: number;
  readonly document: string;
}

/** What the clients have got since the last question. */
export interface Delivered {
  readonly frames: number;
  readonly snapshots: number;
  /** Reasons of snapshots after the first ones. */
  readonly folds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** By how many milliseconds the other gateways told an event later than the first one of them: percentiles 50 and 99. */
  readonly lagP50Ms: number;
  readonly lagP99Ms: number;
  /** By room: the least and the greatest number and sum of changes that its subscriptions have got since they began. */
  readonly counts: Readonly<Record<string, readonly [number, number, number, number]>>;
}

/** What the upstream is told: how many rooms there are, and how many changes a second it makes in all of them together. */
export interface Workspace {
  readonly rooms: number;
  readonly peers: number;
  readonly changesPerSecond: number;
  /** Joins a second in room 0. */
  readonly joinsPerSecond: number;
}

/** The vendor id of a room. */
export const roomIdOf = (index: number): string => index.toString(16).padStart(24, '0');
