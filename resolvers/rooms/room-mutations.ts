// Mutations of rooms: create, update, enable, disable. Source: the vendor's Rooms API, which updates by name on create.
import type { RoomUpdateInput } from '../../src/openapi/types.ts';
import { filledIn } from '../../src/rest/catalog/written.ts';
import { checkedBody } from '../../src/rest/shapes/inputs.ts';
import * as rest from '../../src/rest/rooms/rooms.ts';
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import type { Context } from '../context.ts';
import { hmsIdOf } from '../ids.ts';
import type { IfExists, StorageInput } from '../inputs.ts';
import { afterWrite, ConflictError, issueIf, issuesOfBody, outcomeOf, refuseIssues } from '../outcomes.ts';
import { withoutNullish } from '../values.ts';
import { roomNode } from './room-node.ts';

/** A room's settings as a caller gives them. A null or missing field is not sent to the vendor. */
export interface RoomSettingsInput {
  readonly name?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly region?: 'eu' | 'in' | 'us' | 'auto' | null | undefined;
  readonly largeRoom?: boolean | null | undefined;
  readonly size?: number | null | undefined;
  readonly maxDurationSeconds?: number | null | undefined;
  readonly recording?:
    | { readonly enabled?: boolean | null | undefined; readonly storage?: StorageInput | null | undefined }
    | null
    | undefined;
  /** Vendor ids or global ids. */
  readonly pollIds?: readonly string[] | null | undefined;
  readonly webhook?:
    | {
        readonly url: string;
        readonly headers?: readonly { readonly name: string; readonly value: string }[] | null | undefined;
      }
    | null
    | undefined;
}

/** A room to create. Without `templateId` the vendor uses the workspace's default template. */
export interface CreateRoomInput extends RoomSettingsInput {
  readonly templateId?: string | null | undefined;
  readonly ifExists: IfExists;
}

/** The highest `size` of a room that is not large, by the vendor's documentation. */
const MAX_SIZE_OF_ORDINARY_ROOM = 2500;

const NO_ROOM = 'The room does not exist.';

/**
 * Creates a room. The REST API would update a room of the same name; with `FAIL` its name is looked up first, at 1 or 2
 * REST calls.
 * @throws ConflictError with `FAIL` if the name is taken; InvalidInputError for settings that the vendor would refuse.
 */
export async function createRoom(input: CreateRoomInput, context: Context): Promise<RoomResource> {
  const { name, templateId, ifExists, size, largeRoom } = input;
  const body = {
    ...settingsBody(input),
    ...withoutNullish({
      template_id: templateId == null ? null : hmsIdOf('Template', 'templateId', templateId),
    }),
  };
  // `rest.createRoom` checks the body again. It is checked here so that an invalid input costs no look-up of its name.
  refuseIssues([
    ...issueIf(
      size != null && size > MAX_SIZE_OF_ORDINARY_ROOM && largeRoom !== true,
      'size',
      `must be at most ${MAX_SIZE_OF_ORDINARY_ROOM} unless largeRoom is true`,
    ),
    ...issuesOfBody(() => checkedBody('createRoom', body)),
  ]);
  if (name != null && ifExists === 'FAIL' && (await existsByName(name, context))) {
    throw new ConflictError(`A room with the name ${JSON.stringify(name)} already exists.`);
  }
  const room = await outcomeOf({
    missing: null,
    write: () => rest.createRoom(context.client, body, context.call),
  });
  const written = { ...body, ...filledIn(room) };
  context.catalog.wroteRoom(room.id, written, room);
  context.catalog.written.roomCodes.lay(room.id, [], []);
  roomNode.loader(context).clear(room.id);
  return room;
}

/**
 * Compares names without regard to upper and lower case, as the vendor does. Reads the enabled and the disabled rooms, because a
 * list without `enabled` may leave out disabled rooms.
 */
async function existsByName(name: string, context: Context): Promise<boolean> {
  for (const enabled of [true, false]) {
    const page = await rest.listRooms(context.client, { name, enabled, limit: 10 }, context.call);
    if (page.items.some((room) => room.name.toLowerCase() === name.toLowerCase())) return true;
  }
  return false;
}

/** Settings to change of the room with the vendor id or global id `id`. */
export interface UpdateRoomInput extends RoomSettingsInput {
  readonly id: string;
}

/** Changes the given settings of a room: 2 REST calls. @throws NotFoundError, ConflictError for a name that is taken. */
export function updateRoom(input: UpdateRoomInput, context: Context): Promise<RoomResource> {
  return changeRoom(input.id, settingsBody(input), context);
}

/** Enables or disables a room: 2 REST calls. @throws NotFoundError for an unknown room. */
export function setRoomEnabled(id: string, enabled: boolean, context: Context): Promise<RoomResource> {
  return changeRoom(id, { enabled }, context);
}

/**
 * Changes a room and returns it as read again afterwards, because the vendor's answer to a change may leave out the template;
 * that answer is applied to the read. If another room has the new name, the vendor returns that room.
 */
async function changeRoom(id: string, body: RoomUpdateInput, context: Context): Promise<RoomResource> {
  const roomId = hmsIdOf('Room', 'id', id);
  const changed = await outcomeOf({
    missing: NO_ROOM,
    write: () => rest.updateRoom(context.client, roomId, body, context.call),
    forget: () => forgetRoom(roomId, context),
  });
  if (changed.id !== roomId) {
    throw new ConflictError(`Another room already has the name ${JSON.stringify(changed.name)}.`);
  }
  const written = { ...body, ...filledIn(changed) };
  context.catalog.wroteRoom(roomId, written);
  return afterWrite(roomNode.loader(context), roomId, { ...changed, ...written });
}

/** Removes a room from the catalog and the operation's loader. Call it after each change of the room, failed or not. */
export function forgetRoom(roomId: string, context: Context): void {
  context.catalog.wroteRoom(roomId, null);
  roomNode.loader(context).clear(roomId);
}

function settingsBody(input: RoomSettingsInput): RoomUpdateInput {
  const { recording, webhook } = input;
  return withoutNullish({
    name: input.name,
    description: input.description,
    region: input.region,
    large_room: input.largeRoom,
    size: input.size,
    max_duration_seconds: input.maxDurationSeconds,
    polls: input.pollIds?.map((id) => hmsIdOf('Poll', 'pollIds', id)),
    recording_info: recording == null ? null : recordingBody(recording),
    webhook:
      webhook == null
        ? null
        : {
            url: webhook.url,
            ...(webhook.headers == null
              ? {}
              : { headers: Object.fromEntries(webhook.headers.map(({ name, value }) => [name, value])) }),
          },
  });
}

function recordingBody({
  enabled,
  storage,
}: NonNullable<RoomSettingsInput['recording']>): NonNullable<RoomUpdateInput['recording_info']> {
  return withoutNullish({
    enabled,
    upload_info:
      storage == null
        ? null
        : withoutNullish({
            type: storage.type,
            location: storage.location,
            prefix: storage.prefix,
            options: storage.region == null ? null : { region: storage.region },
            credentials: storage.credentials,
          }),
  });
}
