// Resolvers of `RoomEvent` and its object types. The table of the live core defines the object type for each type of webhook, and
// its description (src/live/webhooks/webhook-types.ts).
import type { WebhookEvent } from '../../src/live/webhooks/webhook-event.ts';
import {
  isDocumentedType,
  webhookMeaning,
  webhookTypes,
  type WebhookSubject,
  type WebhookType,
} from '../../src/live/webhooks/webhook-types.ts';
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import type { Context } from '../context.ts';
import { VENDOR_ID } from '../local-ids.ts';
import type { SessionView } from '../sessions/sessions.ts';
import { instantOrNull, textOrNull } from '../values.ts';
import { roomNode } from '../rooms/room-node.ts';

/** Names of the graph's object types that implement `RoomEvent`. */
export type RoomEventName = `${WebhookSubject}Event`;

/** The enum value for a type that the vendor has added since this gateway was written. */
export const OTHER_EVENT = 'OTHER';

/** Each documented type with its description in the graph's enum. */
export const eventTypes: ReadonlyMap<string, string> = new Map(
  Object.entries(webhookTypes).map(([type, { reports }]) => [type, reports]),
);

/** The object type that shows an event; `OtherRoomEvent` when its type is not documented. */
export function eventName({ type }: WebhookEvent): RoomEventName {
  return `${webhookMeaning(type).subject}Event`;
}

/** An event's documented type, else OTHER. */
export function eventType({ type }: WebhookEvent): WebhookType | typeof OTHER_EVENT {
  return isDocumentedType(type) ? type : OTHER_EVENT;
}

/** A text in an event's `data`, also when sent as a number; null when the key is missing, empty or anything else. */
export function textIn({ data }: WebhookEvent, key: string): string | null {
  const value = data[key];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? textOrNull(value) : null;
}

/** An id in an event's `data`; null as for `textIn`, and when it has a form that no argument of the graph accepts as an id. */
export function idIn(event: WebhookEvent, key: string): string | null {
  const id = textIn(event, key);
  return id !== null && VENDOR_ID.test(id) ? id : null;
}

/** The ids under `asset_id` of a list of files in an event's `data`; null without such a list. */
export function assetIdsIn({ data }: WebhookEvent, key: string): string[] | null {
  const files = data[key];
  if (!Array.isArray(files)) return null;
  return files.flatMap((file: unknown) => {
    const id: unknown =
      typeof file === 'object' && file !== null && 'asset_id' in file ? file.asset_id : null;
    return typeof id === 'string' && VENDOR_ID.test(id) ? [id] : [];
  });
}

/** When the vendor sent an event; null when that is unset, or not a valid time. */
export function instantOf({ timestamp }: WebhookEvent): string | null {
  return instantOrNull(timestamp);
}

/** A time in an event's `data`, as the vendor wrote it; null when unset: missing, empty, or in the year 1. */
export function instantIn(event: WebhookEvent, key: string): string | null {
  return instantOrNull(textIn(event, key));
}

/** A boolean in an event's `data`; null when the key is missing or not a boolean. */
export function booleanIn({ data }: WebhookEvent, key: string): boolean | null {
  const value = data[key];
  return typeof value === 'boolean' ? value : null;
}

/** A number in an event's `data`, also when written as a text: the vendor's tables say text, its samples show numbers. */
export function numberIn({ data }: WebhookEvent, key: string): number | null {
  const value = data[key];
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/**
 * The integer part of a number in an event's `data`; null as for `numberIn`, and when it has more than 32 bits, which no Int has.
 */
export function wholeNumberIn(event: WebhookEvent, key: string): number | null {
  const whole = Math.floor(numberIn(event, key) ?? NaN);
  // Bitwise operators cut a number to 32 bits.
  return whole === (whole | 0) ? whole : null;
}

/** The room that an event names; null when it names no room, or the room no longer exists. */
export async function roomOfEvent(event: WebhookEvent, context: Context): Promise<RoomResource | null> {
  const roomId = idIn(event, 'room_id');
  return roomId === null ? null : roomNode.loader(context).load(roomId);
}

/** The session that an event names, with its id and room only: other fields are read from the REST API. */
export function sessionOfEvent(event: WebhookEvent): SessionView | null {
  const id = idIn(event, 'session_id');
  const roomId = idIn(event, 'room_id');
  return id === null || roomId === null ? null : { id, room_id: roomId };
}
