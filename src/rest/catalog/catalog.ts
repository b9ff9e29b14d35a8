// Reads of many objects in as few calls as possible: rooms and templates from a short cache and by the cheaper plan,
// running sessions by a sweep. Errors are per key: one object that fails does not fail its neighbours.
import type { Clock } from '../../clock.ts';
import { systemClock } from '../../clock.ts';
import { ActiveSessions } from '../live/active-sessions.ts';
import type { ByKey, LookUp } from './by-id.ts';
import { ById } from './by-id.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import { Kept } from './kept.ts';
import type { OnStale } from './stale.ts';
import type { RoomResource } from '../rooms/rooms.ts';
import { getRoom, listRooms } from '../rooms/rooms.ts';
import type { RoomCodeResource } from '../rooms/room-codes.ts';
import type { PollResource } from '../polls/polls.ts';
import type { SessionResource } from '../sessions/sessions.ts';
import type { RecordingConfigResource, TemplateResource } from '../templates/templates.ts';
import { getTemplate, listTemplates } from '../templates/templates.ts';
import type { ExternalStreamResource } from '../media/external-streams.ts';
import type { LiveStreamResource } from '../media/live-streams.ts';
import type { RecordingResource } from '../media/recordings.ts';
import type { StreamKeyResource } from '../media/stream-keys.ts';
import { Written } from './written.ts';
import { RecentPeers } from '../peers/recent-peers.ts';
import { WrittenPeers } from '../peers/written-peers.ts';

/** Ages and sizes of the caches. */
export interface RestCatalogOptions {
  /** Default: the system's clock. */
  readonly clock?: Clock | undefined;
  /** Age in milliseconds up to which a room or template is answered from the cache. Default 5 000. */
  readonly ttlMs?: number | undefined;
  /** Age in milliseconds up to which a cached object is still answered while a background read refreshes it. Default 30 000. */
  readonly staleMs?: number | undefined;
  /**
   * Age in milliseconds up to which a cached object is answered while the upstream is out, to callers who are told so
   * (`CallOptions.onStale`). Default 600 000.
   */
  readonly outageMs?: number | undefined;
  /** Most cached rooms, and most cached templates. Default 10 000. */
  readonly maxEntries?: number | undefined;
  /** Most bytes of JSON of the cached rooms, and of the cached templates. Default 16 000 000. */
  readonly maxBytes?: number | undefined;
  /** Called at each look-up in a cache, for metrics. Must not throw. */
  readonly onLookUp?: ((cache: 'rooms' | 'templates', result: LookUp) => void) | undefined;
}

/** The recent writes by kind, under the id of a template, a room, a poll or a media job. */
export interface RecentWrites {
  readonly recordingConfigs: Written<readonly RecordingConfigResource[]>;
  readonly roomCodes: Written<readonly RoomCodeResource[]>;
  readonly polls: Written<PollResource>;
  readonly peers: WrittenPeers;
  /** A room's active key; null without one. */
  readonly streamKeys: Written<{ readonly key: StreamKeyResource | null }>;
  readonly liveStreams: Written<LiveStreamResource>;
  readonly recordings: Written<RecordingResource>;
  readonly externalStreams: Written<ExternalStreamResource>;
}

/** Batched, cached reads over one client. Shared by all operations. */
export class RestCatalog {
  /**
   * Recent writes to objects that the catalog does not read. The code that reads them lays the writes over its reads.
   */
  readonly written: RecentWrites;
  /** Recent reads of the peers of large rooms. */
  readonly recentPeers: RecentPeers;
  readonly #keptRooms: Kept<RoomResource>;
  readonly #keptTemplates: Kept<TemplateResource>;
  readonly #rooms: ById<RoomResource>;
  readonly #templates: ById<TemplateResource>;
  readonly #sessions: ActiveSessions;
  readonly #written: { readonly room: Written<RoomResource>; readonly template: Written<TemplateResource> };

  constructor(client: RestClient, options: RestCatalogOptions = {}) {
    const {
      clock = systemClock,
      ttlMs = 5000,
      staleMs = 30_000,
      outageMs = 600_000,
      maxEntries = 10_000,
      maxBytes = 16_000_000,
      onLookUp,
    } = options;
    const kept = { clock, ttlMs, staleMs, outageMs, maxEntries, maxBytes };
    this.#keptRooms = new Kept(kept);
    this.#keptTemplates = new Kept(kept);
    this.recentPeers = new RecentPeers(clock);
    this.written = {
      recordingConfigs: new Written(clock),
      roomCodes: new Written(clock),
      polls: new Written(clock),
      peers: new WrittenPeers(clock),
      streamKeys: new Written(clock),
      liveStreams: new Written(clock),
      recordings: new Written(clock),
      externalStreams: new Written(clock),
    };
    this.#written = { room: new Written(clock), template: new Written(clock) };
    this.#rooms = new ById(
      {
        type: 'Room',
        get: (id, call) => getRoom(client, id, call),
        list: (call) => (page) => listRooms(client, page, call),
        expectedPages: null,
        onLookUp: (result) => onLookUp?.('rooms', result),
      },
      this.#keptRooms,
      this.#written.room,
    );
    this.#templates = new ById(
      {
        type: 'Template',
        get: (id, call) => getTemplate(client, id, call),
        list: (call) => (page) => listTemplates(client, page, call),
        expectedPages: 1,
        onLookUp: (result) => onLookUp?.('templates', result),
      },
      this.#keptTemplates,
      this.#written.template,
    );
    this.#sessions = new ActiveSessions(client, clock);
  }

  /**
   * The room from memory, without a promise; null when it must be read. A stale one is refreshed in the background; if that
   * fails because the upstream is out, `onStale` is told at later calls.
   */
  knownRoom(id: string, onStale?: OnStale): RoomResource | null {
    return this.#rooms.known(id, onStale);
  }

  /** The counterpart of `knownRoom` for templates. */
  knownTemplate(id: string, onStale?: OnStale): TemplateResource | null {
    return this.#templates.known(id, onStale);
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

  /**
   * Caches a room that was read elsewhere, such as in a page of a list, and returns it with the recent writes over it.
   * It is not cached within 10 s after the room was forgotten.
   */
  rememberRoom(read: RoomResource): RoomResource {
    const room = this.#written.room.over(read.id, read);
    this.#keptRooms.keep(room.id, room);
    return room;
  }

  /** The counterpart of `rememberRoom` for templates. */
  rememberTemplate(read: TemplateResource): TemplateResource {
    const template = this.#written.template.over(read.id, read);
    this.#keptTemplates.keep(template.id, template);
    return template;
  }

  /** Call when a room was written: drops the cached room and lays the write over reads; see `Written.lay`. */
  wroteRoom(id: string, change: (read: RoomResource) => RoomResource, whole?: RoomResource): void {
    this.#keptRooms.forget(id);
    this.#written.room.lay(id, change, whole);
  }

  /** The counterpart of `wroteRoom` for templates. */
  wroteTemplate(
    id: string,
    change: (read: TemplateResource) => TemplateResource,
    whole?: TemplateResource,
  ): void {
    this.#keptTemplates.forget(id);
    this.#written.template.lay(id, change, whole);
  }

  /**
   * A template for a patch: the result of `read` with the recent writes over it. Without them the patch would undo
   * these writes. Rejects as `read`.
   */
  templateToPatch(id: string, read: () => Promise<TemplateResource>): Promise<TemplateResource> {
    return this.#written.template.read(id, read);
  }

  /** Drops the cached running sessions, after a change or a possible change of a live room. */
  forgetActiveSessions(): void {
    this.#sessions.forget();
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
