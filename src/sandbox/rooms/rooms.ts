// The rooms of the workspace. Rules of the REST reference: names are unique regardless of case, and creating a room
// with a known name updates the known room.
import type { RoomRecord } from '../records.ts';
import type { Templates } from '../templates/templates.ts';
import { PastMap } from '../past.ts';
import type { Workspace } from '../workspace.ts';

/** The settings of a new or changed room. A new room without `templateId` gets the default template. */
export type RoomSettings = Partial<Omit<RoomRecord, 'id' | 'createdAt' | 'updatedAt'>>;

/** Holds the rooms. Every change emits `room.changed`; methods that take an id throw if it is unknown. */
export class Rooms {
  readonly #workspace: Workspace;
  readonly #templates: Templates;
  readonly #rooms: Map<string, RoomRecord>;
  /** Keyed by the name in lower case. */
  readonly #idByName: Map<string, string>;

  constructor(workspace: Workspace, templates: Templates) {
    this.#workspace = workspace;
    this.#rooms = new PastMap(workspace.past);
    this.#idByName = new PastMap(workspace.past);
    this.#templates = templates;
  }

  /** By id, oldest first. */
  get all(): ReadonlyMap<string, RoomRecord> {
    return this.#rooms;
  }

  /** The room with this id; throws a RangeError if it is unknown. */
  get(roomId: string): RoomRecord {
    const room = this.#rooms.get(roomId);
    if (room === undefined) throw new RangeError(`unknown room ${roomId}`);
    return room;
  }

  byName(name: string): RoomRecord | undefined {
    return this.#rooms.get(this.#idByName.get(name.toLowerCase()) ?? '');
  }

  /** Creates a room, or updates the room that already has the name; that room keeps the name's upper and lower case. */
  create(settings: RoomSettings = {}): RoomRecord {
    const known = settings.name === undefined ? undefined : this.byName(settings.name);
    if (known !== undefined) return this.update(known.id, { ...settings, name: known.name });
    const { ids } = this.#workspace;
    const now = this.#workspace.instant();
    const templateId = settings.templateId ?? this.#templates.default().id;
    const id = ids.objectId();
    return this.#keep({
      id,
      enabled: true,
      description: '',
      region: this.#templates.get(templateId).settings.region ?? 'auto',
      recordingInfo: undefined,
      largeRoom: false,
      size: undefined,
      maxDurationSeconds: undefined,
      polls: undefined,
      webhook: undefined,
      createdAt: now,
      updatedAt: now,
      ...settings,
      name: settings.name ?? ids.uuid(),
      templateId,
    });
  }

  /** Changes the given settings of a room. */
  update(roomId: string, change: RoomSettings): RoomRecord {
    const room = this.get(roomId);
    this.#idByName.delete(room.name.toLowerCase());
    return this.#keep({ ...room, ...change, updatedAt: this.#workspace.instant() });
  }

  #keep(room: RoomRecord): RoomRecord {
    this.#rooms.set(room.id, room);
    this.#idByName.set(room.name.toLowerCase(), room.id);
    this.#workspace.events.emit({ type: 'room.changed', room });
    return room;
  }
}
