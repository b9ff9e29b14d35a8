// The configured half of the sandbox's state: templates, rooms and room codes, with the verbs that change them.
// Rules of the REST reference: names are unique, a known name updates, a template is replaced as a whole.
import type { Clock } from '../clock.ts';
import type { TemplateInput, TemplateRole } from '../openapi/types.ts';
import { Emitter } from './emitter.ts';
import { Ids } from './ids.ts';
import type { Instant } from './instant.ts';
import type { RoomCodeRecord, RoomRecord, TemplateRecord } from './records.ts';
import { completeRole, completeSettings, withoutFalseFlags } from './templates/template-parts.ts';
import type { WorldEvent } from './live/world-events.ts';

/** Answers that the vendor's documentation leaves open; a client must cope with both. */
export interface WorldOptions {
  /** `GET /active-rooms/{id}/peers` of an idle room: 404, or an empty map. Default `not-found`. */
  idlePeers: 'not-found' | 'empty';
  /** `data` of a list without a hit. Default `array` (`[]`). */
  emptyData: 'array' | 'null';
}

/** What a new room may be given; a missing templateId means the default template. */
export type RoomSettings = Partial<Omit<RoomRecord, 'id' | 'createdAt' | 'updatedAt'>>;

type TemplateChange = Partial<Omit<TemplateRecord, 'id' | 'createdAt' | 'updatedAt'>>;

const DEFAULT_ROLES = ['host', 'guest', 'teacher', 'student', 'speaker', 'audience'];

export class Workspace {
  readonly events = new Emitter<WorldEvent>();
  readonly options: WorldOptions = { idlePeers: 'not-found', emptyData: 'array' };
  readonly ids: Ids;
  readonly customerId: string;
  readonly appId: string;
  protected readonly seed: number;
  protected readonly clock: Clock;
  readonly #templates = new Map<string, TemplateRecord>();
  readonly #rooms = new Map<string, RoomRecord>();
  readonly #roomIdByName = new Map<string, string>();
  readonly #codes = new Map<string, RoomCodeRecord>();
  #pretendedNow: number | undefined;

  constructor(seed: number, clock: Clock) {
    this.seed = seed;
    this.clock = clock;
    this.ids = new Ids(String(seed));
    this.customerId = this.ids.objectId();
    this.appId = this.ids.objectId();
  }

  /** By id, oldest first. */
  get templates(): ReadonlyMap<string, TemplateRecord> {
    return this.#templates;
  }

  /** By id, oldest first. */
  get rooms(): ReadonlyMap<string, RoomRecord> {
    return this.#rooms;
  }

  /** By code, oldest first. */
  get codes(): ReadonlyMap<string, RoomCodeRecord> {
    return this.#codes;
  }

  /** Runs `action` as if it were `ms` since the epoch, to give the world a past. Ids still grow by creation. */
  at<Result>(ms: number, action: () => Result): Result {
    const outer = this.#pretendedNow;
    this.#pretendedNow = ms;
    try {
      return action();
    } finally {
      this.#pretendedNow = outer;
    }
  }

  /** The world's time in milliseconds since the epoch: the clock's, unless `at` pretends another. */
  now(): number {
    return this.#pretendedNow ?? this.clock.now();
  }

  protected instant(): Instant {
    return { ms: this.now(), nanos: this.ids.nanoseconds() };
  }

  /** Creates a template, or overwrites the one of the same name. */
  createTemplate(input: TemplateInput = {}): TemplateRecord {
    const name = input.name ?? this.ids.uuid();
    const known = this.templateByName(name);
    const now = this.instant();
    return this.#keepTemplate({
      id: known?.id ?? this.ids.objectId(),
      recordings: known?.recordings ?? [],
      createdAt: known?.createdAt ?? now,
      updatedAt: now,
      ...templateContent(name, input),
    });
  }

  /** Replaces a template as a whole; without `name` it keeps its own. */
  replaceTemplate(templateId: string, input: TemplateInput): TemplateRecord {
    const template = this.template(templateId);
    return this.changeTemplate(templateId, templateContent(input.name ?? template.name, input));
  }

  changeTemplate(templateId: string, change: TemplateChange): TemplateRecord {
    const recordings = change.recordings?.map(withoutFalseFlags);
    return this.#keepTemplate({
      ...this.template(templateId),
      ...change,
      ...(recordings && { recordings }),
      updatedAt: this.instant(),
    });
  }

  /** Creates or changes a role of a template; another `name` in the input renames it. */
  putRole(templateId: string, roleName: string, input: TemplateRole): TemplateRole {
    const role = completeRole(input.name ?? roleName, input);
    const roles = new Map(this.template(templateId).roles);
    if (input.name !== undefined && input.name !== roleName) roles.delete(roleName);
    roles.set(input.name ?? roleName, role);
    this.changeTemplate(templateId, { roles });
    return role;
  }

  /** False if there was no such role. */
  deleteRole(templateId: string, roleName: string): boolean {
    const roles = new Map(this.template(templateId).roles);
    const existed = roles.delete(roleName);
    if (existed) this.changeTemplate(templateId, { roles });
    return existed;
  }

  templateByName(name: string): TemplateRecord | undefined {
    return this.#templates.values().find((template) => template.name === name);
  }

  /** The template of rooms that name none: the oldest; made when there is none at all. */
  defaultTemplate(): TemplateRecord {
    const [oldest] = this.#templates.values();
    const roles = Object.fromEntries(DEFAULT_ROLES.map((role) => [role, {}]));
    return oldest ?? this.createTemplate({ name: 'default', roles });
  }

  /** Creates a room; a name that a room has already (in any case of letters) changes that room instead. */
  createRoom(settings: RoomSettings = {}): RoomRecord {
    const known = settings.name === undefined ? undefined : this.roomByName(settings.name);
    if (known !== undefined) return this.updateRoom(known.id, { ...settings, name: known.name });
    const now = this.instant();
    const templateId = settings.templateId ?? this.defaultTemplate().id;
    const id = this.ids.objectId();
    return this.#keepRoom({
      id,
      enabled: true,
      description: '',
      region: this.template(templateId).settings.region ?? 'auto',
      recordingInfo: undefined,
      largeRoom: false,
      size: undefined,
      maxDurationSeconds: undefined,
      polls: undefined,
      webhook: undefined,
      createdAt: now,
      updatedAt: now,
      ...settings,
      name: settings.name ?? this.ids.uuid(),
      templateId,
    });
  }

  updateRoom(roomId: string, change: RoomSettings): RoomRecord {
    const room = this.room(roomId);
    this.#roomIdByName.delete(room.name.toLowerCase());
    return this.#keepRoom({ ...room, ...change, updatedAt: this.instant() });
  }

  roomByName(name: string): RoomRecord | undefined {
    return this.#rooms.get(this.#roomIdByName.get(name.toLowerCase()) ?? '');
  }

  createRoomCode(roomId: string, role: string): RoomCodeRecord {
    const now = this.instant();
    return this.#keepCode({
      code: this.ids.roomCode(),
      roomId,
      role,
      enabled: true,
      createdAt: now,
      updatedAt: now,
    });
  }

  /** Switches a code on or off; undefined if there is no such code. */
  enableRoomCode(code: string, enabled: boolean): RoomCodeRecord | undefined {
    const known = this.#codes.get(code);
    return known && this.#keepCode({ ...known, enabled, updatedAt: this.instant() });
  }

  /** Oldest first. */
  codesOfRoom(roomId: string): RoomCodeRecord[] {
    return this.#codes
      .values()
      .filter((code) => code.roomId === roomId)
      .toArray();
  }

  /** The template of this id; throws if there is none. */
  template(templateId: string): TemplateRecord {
    const template = this.#templates.get(templateId);
    if (template === undefined) throw new RangeError(`no template ${templateId}`);
    return template;
  }

  /** The room of this id; throws if there is none. */
  room(roomId: string): RoomRecord {
    const room = this.#rooms.get(roomId);
    if (room === undefined) throw new RangeError(`no room ${roomId}`);
    return room;
  }

  #keepTemplate(template: TemplateRecord): TemplateRecord {
    this.#templates.set(template.id, template);
    this.events.emit({ type: 'template.changed', template });
    return template;
  }

  #keepRoom(room: RoomRecord): RoomRecord {
    this.#rooms.set(room.id, room);
    this.#roomIdByName.set(room.name.toLowerCase(), room.id);
    this.events.emit({ type: 'room.changed', room });
    return room;
  }

  #keepCode(code: RoomCodeRecord): RoomCodeRecord {
    this.#codes.set(code.code, code);
    this.events.emit({ type: 'code.changed', code });
    return code;
  }
}

function templateContent(
  name: string,
  input: TemplateInput,
): Pick<TemplateRecord, 'name' | 'roles' | 'settings' | 'destinations' | 'plugins'> {
  const roles = Object.entries(input.roles ?? {});
  return {
    name,
    roles: new Map(roles.map(([roleName, role]) => [roleName, completeRole(roleName, role)])),
    settings: completeSettings(input.settings ?? {}),
    destinations: input.destinations ?? {},
    plugins: input.plugins,
  };
}
