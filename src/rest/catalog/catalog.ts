// Reads many objects with as few calls as possible: rooms and templates through a short-lived cache and by-id.ts, running
// sessions by a sweep over their list. Errors are per key: if one object fails, the others are still returned.
import type { Clock } from '../../clock.ts';
import { systemClock } from '../../clock.ts';
import { ActiveSessions } from '../live/active-sessions.ts';
import type { ByKey, LookUp } from './by-id.ts';
import { ById } from './by-id.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import {
  changedJob,
  changedStreamKey,
  type JobResource,
  type RoomStreamKey,
} from '../media/media-changes.ts';
import { Kept } from './kept.ts';
import type { OnStale } from './stale.ts';
import {
  changedRoom,
  changedRoomCodes,
  type RoomChange,
  type RoomCodesChange,
} from '../rooms/room-changes.ts';
import type { RoomResource } from '../rooms/rooms.ts';
import { getRoom, listRooms } from '../rooms/rooms.ts';
import type { RoomCodeResource } from '../rooms/room-codes.ts';
import { changedPoll, type PollChange } from '../polls/poll-changes.ts';
import type { PollResource } from '../polls/polls.ts';
import type { SessionResource } from '../sessions/sessions.ts';
import {
  changedRecordingConfigs,
  changedTemplate,
  type RecordingConfigsChange,
  type TemplateChange,
} from '../templates/template-changes.ts';
import type { RecordingConfigResource, TemplateResource } from '../templates/templates.ts';
import { getTemplate, listTemplates } from '../templates/templates.ts';
import type { ExternalStreamResource } from '../media/external-streams.ts';
import type { LiveStreamResource } from '../media/live-streams.ts';
import type { RecordingResource } from '../media/recordings.ts';
import type { WriteEffect, WrittenKind } from './write-effects.ts';
import { Written, type DoneWrite } from './written.ts';
import { RecentPeers } from '../peers/recent-peers.ts';
import { WrittenPeers, type PeersChange } from '../peers/written-peers.ts';

/** Ages and sizes of the caches. */
export interface RestCatalogOptions {
  /** Default: the system's clock. */
  readonly clock?: Clock | undefined;
  /** Age in milliseconds up to which a room or template is answered from the cache. Default 5 000. */
  readonly ttlMs?: number | undefined;
  /** Age in milliseconds up to which a cached object is still answered while a background read refreshes it. Default 30 000. */
  readonly staleMs?: number | undefined;
  /**
   * Age in milliseconds up to which a cached object is answered while the upstream is out, to callers with `CallOptions.onStale`.
   * Default 600 000.
   */
  readonly outageMs?: number | undefined;
  /** Maximum number of cached rooms, and of cached templates. Default 10 000. */
  readonly maxEntries?: number | undefined;
  /** Maximum bytes of JSON of the cached rooms, and of the cached templates. Default 16 000 000. */
  readonly maxBytes?: number | undefined;
  /** Called at each look-up in a cache, for metrics. Must not throw. */
  readonly onLookUp?: ((cache: 'rooms' | 'templates', result: LookUp) => void) | undefined;
  /** Called with each effect of the gateway's own writes, for `repeat` of other instances. Must not throw. */
  readonly onEffect?: ((effect: WriteEffect) => void) | undefined;
}

/** The recent writes by kind, under the id of a template, a room, a poll or a media job. */
export interface RecentWrites {
  readonly recordingConfigs: Written<readonly RecordingConfigResource[], RecordingConfigsChange>;
  readonly roomCodes: Written<readonly RoomCodeResource[], RoomCodesChange>;
  readonly polls: Written<PollResource, PollChange>;
  readonly peers: WrittenPeers;
  readonly streamKeys: Written<RoomStreamKey, RoomStreamKey>;
  readonly liveStreams: WrittenJobs<LiveStreamResource>;
  readonly recordings: WrittenJobs<RecordingResource>;
  readonly externalStreams: WrittenJobs<ExternalStreamResource>;
}

/** The recent writes of one kind of media job. The value of a write is its answer. */
export type WrittenJobs<Job extends JobResource> = Written<Job, Job>;

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
  readonly #written: {
    readonly rooms: Written<RoomResource, RoomChange>;
    readonly templates: Written<TemplateResource, TemplateChange>;
  };
  readonly #onEffect: ((effect: WriteEffect) => void) | undefined;

  constructor(client: RestClient, options: RestCatalogOptions = {}) {
    const {
      clock = systemClock,
      ttlMs = 5000,
      staleMs = 30_000,
      outageMs = 600_000,
      maxEntries = 10_000,
      maxBytes = 16_000_000,
      onLookUp,
      onEffect,
    } = options;
    const kept = { clock, ttlMs, staleMs, outageMs, maxEntries, maxBytes };
    this.#keptRooms = new Kept(kept);
    this.#keptTemplates = new Kept(kept);
    this.recentPeers = new RecentPeers(clock);
    this.#onEffect = onEffect;
    const telling = (of: WrittenKind) => (write: DoneWrite<object, unknown>) => onEffect?.({ of, ...write });
    const writtenOf = <T extends object, Change>(of: WrittenKind, apply: (read: T, change: Change) => T) =>
      new Written<T, Change>({ clock, apply, onLaid: telling(of) });
    this.written = {
      recordingConfigs: writtenOf('recordingConfigs', changedRecordingConfigs),
      roomCodes: writtenOf('roomCodes', changedRoomCodes),
      polls: writtenOf('polls', changedPoll),
      peers: new WrittenPeers(clock, (id, change) => onEffect?.({ of: 'peers', id, change, whole: null })),
      streamKeys: writtenOf('streamKeys', changedStreamKey),
      liveStreams: writtenOf('liveStreams', changedJob<LiveStreamResource>),
      recordings: writtenOf('recordings', changedJob<RecordingResource>),
      externalStreams: writtenOf('externalStreams', changedJob<ExternalStreamResource>),
    };
    this.#written = {
      rooms: writtenOf('rooms', changedRoom),
      templates: writtenOf('templates', changedTemplate),
    };
    this.#rooms = new ById(
      {
        type: 'Room',
        get: (id, call) => getRoom(client, id, call),
        list: (call) => (page) => listRooms(client, page, call),
        expectedPages: null,
        onLookUp: (result) => onLookUp?.('rooms', result),
      },
      this.#keptRooms,
      this.#written.rooms,
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
      this.#written.templates,
    );
    this.#sessions = new ActiveSessions(client, clock);
  }

  /**
   * The room from memory, without a promise; null when it must be read. A stale one is refreshed in the background. If that fails
   * because the upstream is out, later calls report it to `onStale`.
   */
  knownRoom(id: string, onStale?: OnStale): RoomResource | null {
    return this.#rooms.known(id, onStale);
  }

  /** Like `knownRoom`, for templates. */
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
    const room = this.#written.rooms.over(read.id, read);
    this.#keptRooms.keep(room.id, room);
    return room;
  }

  /** Like `rememberRoom`, for templates. */
  rememberTemplate(read: TemplateResource): TemplateResource {
    const template = this.#written.templates.over(read.id, read);
    this.#keptTemplates.keep(template.id, template);
    return template;
  }

  /**
   * Call when a room was written: drops the cached room and applies the write to later reads (see `Written.lay`). Without
   * `change`, for a room that may have been changed, it only drops the cached room.
   */
  wroteRoom(id: string, change: RoomChange | null, whole?: RoomResource): void {
    this.#keptRooms.forget(id);
    if (change !== null) this.#written.rooms.lay(id, change, whole);
    else this.#onEffect?.({ of: 'rooms', id, change: null, whole: null });
  }

  /** Like `wroteRoom`, for templates. */
  wroteTemplate(id: string, change: TemplateChange | null, whole?: TemplateResource): void {
    this.#keptTemplates.forget(id);
    if (change !== null) this.#written.templates.lay(id, change, whole);
    else this.#onEffect?.({ of: 'templates', id, change: null, whole: null });
  }

  /** Call when a live room was changed or may have been: drops the cached peers of the room, and the cached running sessions. */
  wroteLiveRoom(roomId: string): void {
    this.#forgetLiveRoom(roomId);
    this.#onEffect?.({ of: 'liveRooms', id: roomId, change: null, whole: null });
  }

  /**
   * Repeats here the effect of a write that another instance has made: drops the same objects, and applies the write to reads.
   */
  repeat(effect: WriteEffect): void {
    const { of, id, change } = effect;
    if (of === 'liveRooms') return this.#forgetLiveRoom(id);
    if (of === 'rooms') this.#keptRooms.forget(id);
    if (of === 'templates') this.#keptTemplates.forget(id);
    if (change === null) return undefined;
    // Both instances find the rule by the kind, and run the same version of the rule (src/fleet/shared).
    if (of === 'peers') return this.written.peers.repeat(id, change as PeersChange);
    const written = { ...this.written, ...this.#written }[of] as Written<object, unknown>;
    return written.repeat(effect);
  }

  #forgetLiveRoom(roomId: string): void {
    this.recentPeers.forget(roomId);
    this.#sessions.forget();
  }

  /**
   * A template to patch: the result of `read` with the recent writes applied, because a patch without them would undo them.
   * Rejects as `read`.
   */
  templateToPatch(id: string, read: () => Promise<TemplateResource>): Promise<TemplateResource> {
    return this.#written.templates.read(id, read);
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
