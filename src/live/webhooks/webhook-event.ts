// The vendor's webhooks, read leniently: unknown types and keys pass as received, what the gateway uses is checked.
// Source: the vendor's webhook reference; envelope and data in the OpenAPI document's WebhookEvent.
import type { WebhookData } from '../../openapi/types.ts';
import { InvalidWebhookError } from '../errors.ts';

/** A webhook as received. Media families carry keys of their own in `data`, unchecked. */
export interface WebhookEvent {
  /** Of the delivery; the same for each retry. */
  readonly id: string;
  /** One of the documented types, or one that is newer than this gateway. */
  readonly type: string;
  /** RFC 3339, whole seconds. */
  readonly timestamp?: string | null;
  readonly version?: string | null;
  readonly account_id?: string | null;
  readonly app_id?: string | null;
  readonly data: { readonly [Key in keyof WebhookData]?: WebhookData[Key] | null } & Readonly<
    Record<string, unknown>
  >;
}

type DataKey = keyof WebhookData;

// Typed by the documented keys: one that is misspelt or missing does not compile.
const kinds: Readonly<Record<DataKey, 'string' | 'number' | 'boolean'>> = {
  room_id: 'string',
  room_name: 'string',
  session_id: 'string',
  template_id: 'string',
  peer_id: 'string',
  user_id: 'string',
  user_name: 'string',
  user_data: 'string',
  role: 'string',
  previous_role: 'string',
  type: 'string',
  joined_at: 'string',
  left_at: 'string',
  duration: 'number',
  reason: 'string',
  message: 'string',
  error_message: 'string',
  error_code: 'number',
  lock_room: 'boolean',
  source: 'string',
  session_started_at: 'string',
  session_stopped_at: 'string',
  session_duration: 'number',
  role_changed_at: 'string',
  role_change_requested_by: 'string',
};

/** Longer ids and types are nobody's. */
const MAX_KEY_LENGTH = 256;

/** Checks a parsed JSON body; the result is the body itself. Throws InvalidWebhookError, which shows no values. */
export function parseWebhook(body: unknown): WebhookEvent {
  if (!isObject(body)) throw new InvalidWebhookError('The body must be an object.');
  for (const key of ['id', 'type']) requireKey(body[key], key);
  for (const key of ['timestamp', 'version', 'account_id', 'app_id']) check(body[key], 'string', key);
  const { data } = body;
  if (!isObject(data)) throw new InvalidWebhookError('data must be an object.');
  for (const [key, kind] of Object.entries(kinds)) check(data[key], kind, `data.${key}`);
  // All that the type promises has been checked above.
  return body as unknown as WebhookEvent;
}

function requireKey(value: unknown, path: string): void {
  check(value, 'string', path);
  if (typeof value !== 'string' || value === '') throw new InvalidWebhookError(`${path} is missing.`);
  if (value.length > MAX_KEY_LENGTH) throw new InvalidWebhookError(`${path} is too long.`);
}

/** What is not set may be missing or null. */
function check(value: unknown, kind: 'string' | 'number' | 'boolean', path: string): void {
  if (value === undefined || value === null || typeof value === kind) return;
  throw new InvalidWebhookError(`${path} must be a ${kind}.`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
