// Reads of many objects at the least cost: rooms and templates from a short memory and by the cheaper plan, running
// sessions by sweep. Errors are per key: one object that fails doesn't fail its neighbours.
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

export interface RestCatalogOptions {
  /** Default: the system's. */
  readonly clock?: Clock | undefined;
  /** Age up to which a room or a template is answered from memory. Default 5 000. */
  readonly ttlMs?: number | undefined;
  /** Age up to which it is still answered, while it is asked for anew in the background. Default 30 000. */
  readonly staleMs?: number | undefined;
  /** Of each kind. Default 10 000. */
  readonly maxEntries?: number | undefined;
}

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

  /** Null: there is no such room. Rejects with a `RestError`. */
  room(id: string, options: CallOptions = {}): Promise<RoomResource | null> {
    return this.#rooms.one(id, options);
  }

  /** An entry for each id; null: there is no such room. Never rejects because of the upstream. */
  rooms(ids: readonly string[], options: CallOptions = {}): Promise<ByKey<RoomResource>> {
    return this.#rooms.many(ids, options);
  }

  /** An entry for each id; null: there is no such template. Never rejects because of the upstream. */
  templates(ids: readonly string[], options: CallOptions = {}): Promise<ByKey<TemplateResource>> {
    return this.#templates.many(ids, options);
  }

  /** The running session of each room; null: none runs. Never rejects because of the upstream. */
  activeSessions(roomIds: readonly string[], options: CallOptions = {}): Promise<ByKey<SessionResource>> {
    return this.#sessions.ofRooms(roomIds, options);
  }

  /** Every running session of the workspace, newest first. Rejects rather than leave one out. */
  allActiveSessions(options: CallOptions = {}): Promise<readonly SessionResource[]> {
    return this.#sessions.all(options);
  }

  /** Keeps what came by another way, such as a page of a list; not within 10 s after it was forgotten. */
  remember(kind: 'room', resource: RoomResource): void;
  remember(kind: 'template', resource: TemplateResource): void;
  remember(kind: 'room' | 'template', resource: RoomResource | TemplateResource): void {
    // The overloads tie the resource to its kind.
    if (kind === 'room') this.#keptRooms.keep(resource.id, resource as RoomResource);
    else this.#keptTemplates.keep(resource.id, resource as TemplateResource);
  }

  /** A room has changed or may have: what is known of it is not used any more. */
  forgetRoom(id: string): void {
    this.#keptRooms.forget(id);
  }

  forgetTemplate(id: string): void {
    this.#keptTemplates.forget(id);
  }
}
