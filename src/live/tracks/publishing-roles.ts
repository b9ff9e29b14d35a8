// Finds out which roles of a room's template may publish. Only the tracks of peers with these roles are read, because other peers
// have no tracks. An unknown role counts as one that may publish.
import { msBetween, type Clock, type Moment } from '../../clock.ts';
import type { LiveUpstream } from '../upstream/live-upstream.ts';
import type { TrackShare } from './track-share.ts';

/** Everything that the roles of one room need. */
export interface PublishingRolesOptions {
  readonly roomId: string;
  readonly upstream: Pick<LiveUpstream, 'publishingRoles'>;
  readonly share: TrackShare;
  readonly clock: Clock;
  /** Called after each attempt to read the roles. */
  readonly onRead: () => void;
}

/** How old the roles may get, in milliseconds. */
const MAX_AGE_MS = 60_000;
/** The shortest time between two reads, in milliseconds: after a failure, and for roles that the template lacks. */
const LEAST_AGE_MS = 10_000;
/** A read costs at most this many REST calls: the room and its template. */
const CALLS = 2;

/** Reads between `start` and `stop`, and only then. */
export class PublishingRoles {
  readonly #options: PublishingRolesOptions;
  #roles: ReadonlyMap<string, boolean> | null = null;
  #reading: AbortController | null = null;
  #readAt: Moment | null = null;
  #isReading = false;
  #cancelTimer = () => {};

  constructor(options: PublishingRolesOptions) {
    this.#options = options;
  }

  /** Whether the first attempt to read them has ended. */
  get isTried(): boolean {
    return this.#readAt !== null;
  }

  /** Whether peers of this role may publish; an unknown role makes the roles be read again soon. */
  readonly mayPublish = (role: string): boolean => {
    const known = this.#roles?.get(role);
    if (known === undefined) this.#readWithin(LEAST_AGE_MS);
    return known ?? true;
  };

  /** Begins to read, at once unless the roles are young. */
  start(): void {
    this.#reading ??= new AbortController();
    this.#readWithin(MAX_AGE_MS);
  }

  /** Aborts the read under way, and makes no more. */
  stop(): void {
    this.#reading?.abort();
    this.#reading = null;
    this.#isReading = false;
    this.#cancelTimer();
  }

  /** Reads them when they are this old. */
  #readWithin(ageMs: number): void {
    const { clock } = this.#options;
    const reading = this.#reading;
    if (reading === null || this.#isReading) return;
    this.#cancelTimer();
    const age = this.#readAt === null ? Infinity : msBetween(this.#readAt, clock.moment());
    const read = () => void this.#read(reading.signal);
    if (age >= ageMs) read();
    else this.#cancelTimer = clock.schedule(read, ageMs - age);
  }

  async #read(signal: AbortSignal): Promise<void> {
    const { roomId, upstream, share, clock, onRead } = this.#options;
    this.#isReading = true;
    let ageMs = MAX_AGE_MS;
    try {
      await share.take(CALLS, signal);
      this.#roles = await upstream.publishingRoles(roomId, signal);
    } catch {
      // The earlier roles stay.
      ageMs = LEAST_AGE_MS;
    }
    if (signal.aborted) return;
    this.#isReading = false;
    this.#readAt = clock.moment();
    this.#readWithin(ageMs);
    onRead();
  }
}
