// Which rooms are live, and in which session: by one sweep over all running sessions of the workspace or by one request
// per room, whichever takes fewer calls. Concurrent sweeps share their requests, as the client merges identical ones.
import type { ByKey } from '../catalog/by-id.ts';
import type { Clock } from '../../clock.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import type { Subject } from '../errors.ts';
import { RestBadResponseError, RestError } from '../errors.ts';
import { idOf, walkPages } from '../shapes/pages.ts';
import type { SessionResource } from '../sessions/sessions.ts';
import { listSessions } from '../sessions/sessions.ts';

/** 100 000 running sessions. A list with more pages is treated as endless. */
const MAX_PAGES = 1000;
/**
 * How long a sweep of several pages answers queries, in milliseconds: while thousands of sessions run, each page of rooms
 * would cost dozens of requests. A sweep of one page is repeated, as it costs no more than the one request of a query.
 */
const KEPT_MS = 5000;
const SWEEP: Subject = { method: 'GET', route: '/sessions' };

interface Sweep {
  readonly sessions: readonly SessionResource[];
  /** Whether the list ended; if not, there are more sessions than these. */
  readonly hasEnded: boolean;
  /** The rooms of running sessions that could not be read. */
  readonly unreadable: ReadonlySet<unknown>;
}

function keptSweep(sessions: readonly SessionResource[]): Sweep {
  return { sessions, hasEnded: true, unreadable: new Set() };
}

/** Looks up running sessions. Learns from each sweep how many pages it takes, and keeps the last long one for 5 s. */
export class ActiveSessions {
  readonly #client: RestClient;
  readonly #clock: Clock;
  #pages = 1;
  #kept: readonly SessionResource[] | null = null;
  /** The number of calls of `forget`: a sweep that began before the latest one is not kept. */
  #forgotten = 0;
  #cancelTimer = () => {};

  constructor(client: RestClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  /** Drops the kept sweep, after a change or a possible change of a live room. */
  forget(): void {
    this.#forgotten += 1;
    this.#keep(null);
  }

  /**
   * The running session of each room, null when no session runs. While the workspace has several pages of running sessions,
   * the answer may be 5 s old, unless `fresh` is set. Errors of the upstream are entries, never rejections.
   */
  async ofRooms(roomIds: readonly string[], options: CallOptions): Promise<ByKey<SessionResource>> {
    const rooms = [...new Set(roomIds)];
    const found: ByKey<SessionResource> = new Map();
    if (rooms.length > this.#pages) await this.#bySweep(rooms, options, found);
    const rest = rooms.filter((id) => !found.has(id));
    await Promise.all(rest.map(async (id) => found.set(id, await this.#ofRoom(id, options))));
    return found;
  }

  /** Every running session, newest first, never from memory. Rejects with a `RestError` when one page cannot be read. */
  async all(options: CallOptions): Promise<readonly SessionResource[]> {
    const { sessions, hasEnded } = await this.#sweep(options, MAX_PAGES);
    if (!hasEnded) throw new RestBadResponseError('answered with a list that has no end', SWEEP);
    return sessions;
  }

  async #sweep(options: CallOptions, maxPages: number): Promise<Sweep> {
    const forgotten = this.#forgotten;
    const sessions: SessionResource[] = [];
    const unreadable = new Set<unknown>();
    let pages = 0;
    let hasEnded = false;
    const walk = walkPages(
      (page) => listSessions(this.#client, { active: true, ...page }, { ...options, leavesOutPeers: true }),
      {
        keyOf: idOf,
        maxPages,
      },
    );
    for await (const page of walk) {
      pages += 1;
      hasEnded = page.isLast;
      sessions.push(...page.items);
      for (const element of page.leftOut ?? []) unreadable.add(Object(element).room_id);
    }
    this.#pages = hasEnded ? pages : Math.max(this.#pages, pages + 1);
    const isKept = hasEnded && pages > 1 && unreadable.size === 0;
    if (isKept && forgotten === this.#forgotten) this.#keep(sessions);
    return { sessions, hasEnded, unreadable };
  }

  #keep(sessions: readonly SessionResource[] | null): void {
    this.#cancelTimer();
    this.#kept = sessions;
    if (sessions !== null) this.#cancelTimer = this.#clock.schedule(() => this.#keep(null), KEPT_MS);
  }

  /**
   * Finds the sessions of `rooms` by a sweep, which may be the kept one, of at most one page for each room. If an
   * answer is malformed it finds nothing, because single requests may still work. If the list has more pages, it may
   * not find all.
   */
  async #bySweep(
    rooms: readonly string[],
    options: CallOptions,
    found: ByKey<SessionResource>,
  ): Promise<void> {
    try {
      const kept = options.fresh === true ? null : this.#kept;
      const { sessions, hasEnded, unreadable } =
        kept === null ? await this.#sweep(options, rooms.length) : keptSweep(kept);
      const byRoom = new Map<string, SessionResource>();
      for (const session of sessions) {
        // If a room has several running sessions, the newest wins; it comes first in the list.
        if (!byRoom.has(session.room_id)) byRoom.set(session.room_id, session);
      }
      for (const id of rooms) {
        const session = byRoom.get(id);
        if (session !== undefined || (hasEnded && !unreadable.has(id))) found.set(id, session ?? null);
      }
    } catch (error) {
      if (error instanceof RestBadResponseError) return;
      if (!(error instanceof RestError)) throw error;
      for (const id of rooms) found.set(id, error);
    }
  }

  async #ofRoom(roomId: string, options: CallOptions): Promise<SessionResource | null | RestError> {
    try {
      const page = await listSessions(this.#client, { active: true, roomId, limit: 10 }, options);
      const session = page.items.find(({ room_id: id }) => id === roomId);
      if (session !== undefined || page.leftOut === undefined) return session ?? null;
      return new RestBadResponseError('answered with a session that cannot be read', SWEEP);
    } catch (error) {
      if (error instanceof RestError) return error;
      throw error;
    }
  }
}
