// Rooms over REST, with the vendor's irregularities: creating a room with a known name updates that room; list elements
// have `recording` in place of `recording_info` and no update time; the answer to disabling has blank fields.
import type { RecordingInfo, Room, RoomCreateInput, RoomList, RoomUpdateInput } from '../../openapi/types.ts';
import { compact } from '../compact.ts';
import { invalidBody, notFound } from '../http/errors.ts';
import { param, type Call, type Family } from '../family.ts';
import { inMillis, inNanos, ZERO_TIME } from '../instant.ts';
import { isWithin, pageOf, type PageQuery, type TimeFilter } from '../http/paging.ts';
import type { RoomRecord } from '../records.ts';
import type { World } from '../live/world.ts';
import type { RoomSettings } from './rooms.ts';

interface RoomQuery extends PageQuery, TimeFilter {
  readonly enabled?: boolean;
  readonly name?: string;
  readonly template_id?: string;
}

/** Rooms: list, create, read, update. The vendor words the errors of some invalid fields itself. */
export const rooms: Family = {
  answers: {
    listRooms,
    createRoom,
    updateRoom,
    getRoom: (call: Call) => asRoom(call.world, roomInPath(call)),
  },
  refusals: { createRoom: refusalOf, updateRoom: refusalOf },
};

/** The room whose id is in the path; throws a 404 if it is unknown. */
export function roomInPath(call: Call): RoomRecord {
  const room = call.world.rooms.all.get(param(call, 'room_id'));
  if (room === undefined) throw notFound('Room');
  return room;
}

function listRooms({ world, query }: Call<unknown, RoomQuery>): RoomList {
  const found = [...world.rooms.all.values()].toReversed().filter((room) => matches(room, query));
  return pageOf(found, query, world.options.emptyData, (room): Room => {
    const { recording_info: recording, ...rest } = asRoom(world, room);
    return {
      ...rest,
      ...(recording !== undefined && { recording }),
      key: `${world.customerId}:${room.name}`,
      updated_at: ZERO_TIME,
    };
  });
}

function matches(room: RoomRecord, { enabled, name, template_id: templateId, ...times }: RoomQuery): boolean {
  return (
    (enabled === undefined || room.enabled === enabled) &&
    (name === undefined || room.name.toLowerCase() === name.toLowerCase()) &&
    (templateId === undefined || room.templateId === templateId) &&
    isWithin(room.createdAt.ms, times)
  );
}

function createRoom({ world, body: input }: Call<RoomCreateInput>): Room {
  const { template_id: templateId } = input;
  if (templateId !== undefined && !world.templates.all.has(templateId))
    throw invalidBody('template not found');
  const room = world.rooms.create({ ...settingsOf(input), ...(templateId !== undefined && { templateId }) });
  return { ...asRoom(world, room), app_id: world.appId };
}

function updateRoom(call: Call<RoomUpdateInput>): Room {
  const { world, body: input } = call;
  const room = roomInPath(call);
  const namesake = input.name === undefined ? undefined : world.rooms.byName(input.name);
  // If another room has the name, nothing changes and that room is the answer.
  const changed =
    namesake === undefined || namesake.id === room.id
      ? world.rooms.update(room.id, settingsOf(input))
      : namesake;
  const isDisabling = input.enabled === false && Object.keys(input).length === 1;
  return isDisabling ? asDisabledRoom(world, changed) : asUpdatedRoom(world, changed);
}

function settingsOf(input: RoomUpdateInput): RoomSettings {
  return compact({
    name: input.name,
    description: input.description,
    enabled: input.enabled,
    recordingInfo: input.recording_info,
    region: input.region,
    largeRoom: input.large_room,
    size: input.size,
    maxDurationSeconds: input.max_duration_seconds,
    polls: input.polls,
    webhook: input.webhook,
  });
}

function asRoom(world: World, room: RoomRecord): Room {
  return compact({
    id: room.id,
    name: room.name,
    enabled: room.enabled,
    description: room.description,
    customer_id: world.customerId,
    recording_info: room.recordingInfo,
    recording_source_template: room.recordingInfo === undefined,
    template_id: room.templateId,
    template: world.templates.get(room.templateId).name,
    region: room.region,
    large_room: room.largeRoom,
    size: room.size,
    max_duration_seconds: room.maxDurationSeconds,
    polls: room.polls && [...room.polls],
    webhook: room.webhook,
    created_at: inMillis(room.createdAt),
    updated_at: inMillis(room.updatedAt),
  });
}

function asUpdatedRoom(world: World, room: RoomRecord): Room {
  return { ...asRoom(world, room), customer: world.customerId, enabled_source_template: false };
}

function asDisabledRoom(world: World, room: RoomRecord): Room {
  const { recording_info: _unshown, ...rest } = asUpdatedRoom(world, room);
  return {
    ...rest,
    description: '',
    enabled_source_template: true,
    recording: null,
    template_id: '',
    template: '',
    region: '',
    updated_at: inNanos(room.updatedAt),
  };
}

/** The first error that applies, in the order and with the texts of the vendor's page about creating rooms. */
function refusalOf(body: unknown): string | undefined {
  // The body has not been checked yet, so each field may have any type.
  const input = (body ?? {}) as Record<string, unknown>;
  const { size = 0, max_duration_seconds: duration = 120, region = 'auto' } = input;
  if ('template' in input) return 'template. Use template_id';
  if (Number(size) > 20_000) return 'room size greater than 20000';
  if (Number(size) > 2500 && input['large_room'] !== true) {
    return 'room size greater than 2500, set large_room flag as true';
  }
  if (Number(duration) < 120) return 'max_duration_seconds less than 120 seconds';
  if (Number(duration) > 43_200) return 'max_duration_seconds greater than 43200 seconds';
  if (!['eu', 'in', 'us', 'auto'].includes(String(region))) return 'region not supported';
  return uploadRefusal(input['recording_info']);
}

function uploadRefusal(recordingInfo: unknown): string | undefined {
  // Not checked yet either, so the type is a guess.
  const upload = (recordingInfo as RecordingInfo | null | undefined)?.upload_info;
  if (upload === undefined) return undefined;
  if (!upload.location) return 'bucket location missing from upload_info';
  return ['s3', 'gs', 'oss', 'azure'].includes(upload.type) ? undefined : 'invalid upload configuration';
}
