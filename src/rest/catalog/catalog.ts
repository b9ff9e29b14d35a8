// Reads of many objects in as few calls as possible: rooms and templates from a short cache and by the cheaper plan,
// running sessions by a sweep. Errors are per key: one object that fails does not fail its neighbours.
import type { Clock } from '../../clock.ts';
import { systemClock } from '../../clock.ts';
import { ActiveSessions } from '../live/active-sessions.ts';
import type { ByKey } from './by-id.ts';
import { ById } from './by-id.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import { Kept } from './kept.ts';
import type { RoomResource } from '../rooms/rooms.ts';
import { getRoom, listRooms } from '../rooms/rooms.ts';
import type { SessionResource } from '../sessions/sessions.ts';
import type { TemplateResource } from '../templates/templates.ts';
import { getTemplate, listTemplates } from '../templates/templates.ts';

/** Ages and sizes of the caches. */
export interface RestCatalogOptions {
  /** Default: the system's clock. */
  readonly clock?: Clock | undefined;
  /** Age in milliseconds up to which a room or template is answered from the cache. Default 5 000. */
  readonly ttlMs?: number | undefined;
  /** Age in milliseconds up to which a cached object is still answered while a background read refreshes it. Default 30 000. */
  readonly staleMs?: number | undefined;
  /** Most cached rooms, and most cached templates. Default 10 000. */
  readonly maxEntries?: number | undefined;
}

/** Batched, cached reads over one client. Shared by all operations. */
export class RestCatalog {
  readonly #keptRooms: Kept<RoomResource>;
  readonly #keptTemplates: Kept<TemplateResource>;
  readonly #rooms: ById<RoomResource>;
  readonly #templates: ById<TemplateResource>;
  readonly #sessions: ActiveSessions;

  constructor(client: RestClient, options: RestCatalogOptions = {}) {
    const { clock = systemClock, ttlMs = 5000, staleMs = 30_000, maxEntries = 10_000 } = options;
    const kept = { clock, ttlMs, staleMs, maxEntries };
    this.#keptRooms = new Kept(kept);
    this.#keptTemplates = new Kept(kept);
    this.#rooms = new ById(
      {
        get: (id, call) => getRoom(client, id, call),
        list: (call) => (page) => listRooms(client, page, call),
        expectedPages: null,
      },
      this.#keptRooms,
    );
    this.#templates = new ById(
      {
        get: (id, call) => getTemplate(client, id, call),
        list: (call) => (page) => listTemplates(client, page, call),
        expectedPages: 1,
      },
      this.#keptTemplates,
    );
    this.#sessions = new ActiveSessions(client);
  }

  /** The room; null when it does not exist. Rejects with a `RestError`. */
  room(id: string, options: CallOptions = {}): Promise<RoomResource | null> {
    return this.#rooms.one(id, options);
  }

  /** An entry for each id, null when the room does not exist. Errors of the upstream are entries, never rejections. */
  rooms(ids: readonly string[], options: CallOptions = {}): Promise<ByKey<RoomResource>> {
    return this.#rooms.many(ids, options);
  }

  /** An entry for each id, null when the template does not exist. Errors of the upstream are entries, never rejections. */
  templates(ids: readonly string[], options: CallOptions = {}): Promise<ByKey<TemplateResource>> {
    return this.#templates.many(ids, options);
  }

  /** The running session of each room; null when no session runs. Errors of the upstream are entries, never rejections. */
  activeSessions(roomIds: readonly string[], options: CallOptions = {}): Promise<ByKey<SessionResource>> {
    return this.#sessions.ofRooms(roomIds, options);
  }

  /** Every running session of the workspace, newest first. Rejects with a `RestError` when one page cannot be read. */
  allActiveSessions(options: CallOptions = {}): Promise<readonly SessionResource[]> {
    return this.#sessions.all(options);
  }

  /** Caches an object that was read elsewhere, such as in a page of a list. Ignored within 10 s after the object was forgotten. */
  remember(kind: 'room', resource: RoomResource): void;
  remember(kind: 'template', resource: TemplateResource): void;
  remember(kind: 'room' | 'template', resource: RoomResource | TemplateResource): void {
    // The overloads tie the resource to its kind.
    if (kind === 'room') this.#keptRooms.keep(resource.id, resource as RoomResource);
    else this.#keptTemplates.keep(resource.id, resource as TemplateResource);
  }

  /** Drops the cached room, after a change or a possible change. */
  forgetRoom(id: string): void {
    this.#keptRooms.forget(id);
  }

  /** Drops the cached template, after a change or a possible change. */
  forgetTemplate(id: string): void {
    this.#keptTemplates.forget(id);
  }
}
