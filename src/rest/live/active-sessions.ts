// Which rooms are live, and in which session: by one sweep over all running sessions of the workspace or by one request
// per room, whichever takes fewer calls. Callers share a running sweep.
import type { ByKey } from '../catalog/by-id.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import type { Subject } from '../errors.ts';
import { RestBadResponseError, RestError } from '../errors.ts';
import { Flights } from '../client/flights.ts';
import { walkPages } from '../shapes/pages.ts';
import type { SessionResource } from '../sessions/sessions.ts';
import { listSessions } from '../sessions/sessions.ts';

/** 100 000 running sessions. A list with more pages is taken for an endless one. */
const MAX_PAGES = 1000;
const SWEEP: Subject = { method: 'GET', route: '/sessions' };

/** Looks up running sessions. Learns from each sweep how many pages it takes. */
export class ActiveSessions {
  readonly #client: RestClient;
  readonly #sweeps = new Flights();
  #pages = 1;

  constructor(client: RestClient) {
    this.#client = client;
  }

  /**
   * The running session of each room, null when no session runs. Errors of the upstream are entries, never rejections.
   */
  async ofRooms(roomIds: readonly string[], options: CallOptions): Promise<ByKey<SessionResource>> {
    const rooms = [...new Set(roomIds)];
    const swept = rooms.length > this.#pages ? await this.#ofSweep(rooms, options) : null;
    if (swept !== null) return swept;
    return new Map(
      await Promise.all(rooms.map(async (id) => [id, await this.#ofRoom(id, options)] as const)),
    );
  }

  /** Every running session, newest first. Rejects with a `RestError` when one page cannot be read. */
  all(options: CallOptions): Promise<readonly SessionResource[]> {
    if (options.fresh === true) return this.#sweep(options);
    const priority = options.priority ?? 'query';
    const { account, signal } = options;
    const wait = { subject: SWEEP, priority, account, signal };
    // One sweep per priority and account, so no caller waits at another's pace. The client merges their identical
    // requests in flight.
    return this.#sweeps.share(`${priority} ${account ?? ''}`, wait, (flight) =>
      this.#sweep({ ...options, signal: flight.signal }),
    );
  }

  async #sweep(options: CallOptions): Promise<readonly SessionResource[]> {
    const sessions: SessionResource[] = [];
    let pages = 0;
    let ended = false;
    const walk = walkPages((page) => listSessions(this.#client, { active: true, ...page }, options), {
      maxPages: MAX_PAGES,
    });
    for await (const page of walk) {
      pages += 1;
      ended = page.isLast;
      sessions.push(...page.items);
    }
    if (!ended) throw new RestBadResponseError('answered with a list that has no end', SWEEP);
    this.#pages = pages;
    return sessions;
  }

  /** Null when the sweep failed on a malformed answer: single requests may still work for the other rooms. */
  async #ofSweep(rooms: readonly string[], options: CallOptions): Promise<ByKey<SessionResource> | null> {
    try {
      const byRoom = new Map<string, SessionResource>();
      for (const session of await this.all(options)) {
        // If a room has several running sessions, the newest wins; it comes first in the list.
        if (!byRoom.has(session.room_id)) byRoom.set(session.room_id, session);
      }
      return new Map(rooms.map((id) => [id, byRoom.get(id) ?? null]));
    } catch (error) {
      if (error instanceof RestBadResponseError) return null;
      if (error instanceof RestError) return new Map(rooms.map((id) => [id, error]));
      throw error;
    }
  }

  async #ofRoom(roomId: string, options: CallOptions): Promise<SessionResource | null | RestError> {
    try {
      const page = await listSessions(this.#client, { active: true, roomId, limit: 10 }, options);
      return page.items.find((session) => session.room_id === roomId) ?? null;
    } catch (error) {
      if (error instanceof RestError) return error;
      throw error;
    }
  }
}
