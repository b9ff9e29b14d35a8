// Which rooms are live, and in which session: one sweep over all running sessions of the workspace, or a request a
// room, whichever is fewer. One sweep at a time, shared by all who ask for one while it runs.
import type { ByKey } from '../catalog/by-id.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import type { Subject } from '../errors.ts';
import { RestBadResponseError, RestError } from '../errors.ts';
import { Flights } from '../client/flights.ts';
import { walkPages } from '../shapes/pages.ts';
import type { SessionResource } from '../sessions/sessions.ts';
import { listSessions } from '../sessions/sessions.ts';

/** 100 000 running sessions: a list that goes on beyond has no end. */
const MAX_PAGES = 1000;
const SWEEP: Subject = { method: 'GET', route: '/sessions' };

export class ActiveSessions {
  readonly #client: RestClient;
  readonly #sweeps = new Flights();
  #pages = 1;

  constructor(client: RestClient) {
    this.#client = client;
  }

  /** The running session of each room, null where there is none. */
  async ofRooms(roomIds: readonly string[], options: CallOptions): Promise<ByKey<SessionResource>> {
    const rooms = [...new Set(roomIds)];
    const swept = rooms.length > this.#pages ? await this.#ofSweep(rooms, options) : null;
    if (swept !== null) return swept;
    return new Map(
      await Promise.all(rooms.map(async (id) => [id, await this.#ofRoom(id, options)] as const)),
    );
  }

  /** Every running session, newest first. Rejects rather than leave one out. */
  all(options: CallOptions): Promise<readonly SessionResource[]> {
    if (options.fresh === true) return this.#sweep(options);
    const priority = options.priority ?? 'query';
    const { account, signal } = options;
    const wait = { subject: SWEEP, priority, account, signal };
    // Of each priority and account its own: nobody must wait at another's pace. In step they share the requests anyway.
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
      ended = page.ended;
      sessions.push(...page.items);
    }
    if (!ended) throw new RestBadResponseError('answered with a list that has no end', SWEEP);
    this.#pages = pages;
    return sessions;
  }

  /** Null when the sweep can't be had but single requests may: one malformed session must not hide all others. */
  async #ofSweep(rooms: readonly string[], options: CallOptions): Promise<ByKey<SessionResource> | null> {
    try {
      const byRoom = new Map<string, SessionResource>();
      for (const session of await this.all(options)) {
        // Should a room have several, the newest comes first.
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
