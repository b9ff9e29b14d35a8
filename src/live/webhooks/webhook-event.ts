// A webhook of the vendor as the gateway receives it, and the check of its body. The check is lenient: unknown types and
// keys pass unchanged, so that a new kind of webhook reaches subscribers before the gateway knows it.
// Source: the vendor's webhook reference; the schemas WebhookEvent and WebhookData of the OpenAPI document.
import type { WebhookData } from '../../openapi/types.ts';
import { InvalidWebhookError } from '../errors.ts';

/** A webhook as received. Keys of `data` that WebhookData lacks, such as those of recordings, are not checked. */
export interface WebhookEvent {
  /** Id of the event, 1 to 256 characters. Whether a replay has the same id is not documented. */
  readonly id: string;
  /** A documented type (see webhook-types.ts), or one that is newer than this gateway: 1 to 256 characters. */
  readonly type: string;
  /** When the vendor sent it: RFC 3339, whole seconds. */
  readonly timestamp?: string | null;
  readonly version?: string | null;
  readonly account_id?: string | null;
  readonly app_id?: string | null;
  readonly data: { readonly [Key in keyof WebhookData]?: WebhookData[Key] | null } & Readonly<
    Record<string, unknown>
  >;
}

type DataKey = keyof WebhookData;

// Typed by the documented keys, so that a misspelt or missing key does not compile.
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

/** The vendor's ids have 36 characters and its types at most 31; the memory of webhooks must not hold longer ones. */
const MAX_KEY_LENGTH = 256;

/**
 * Checks the parsed JSON body of a webhook and returns that same object. Throws InvalidWebhookError when the body, its
 * `data` or a known key has another type than documented; unset keys may be missing or null, except `id` and `type`.
 */
export function parseWebhook(body: unknown): WebhookEvent {
  if (!isObject(body)) throw new InvalidWebhookError('The body must be an object.');
  for (const key of ['id', 'type']) checkRequired(body[key], key);
  for (const key of ['timestamp', 'version', 'account_id', 'app_id']) checkKind(body[key], 'string', key);
  const { data } = body;
  if (!isObject(data)) throw new InvalidWebhookError('data must be an object.');
  for (const [key, kind] of Object.entries(kinds)) checkKind(data[key], kind, `data.${key}`);
  // Every member that WebhookEvent declares has been checked above.
  return body as unknown as WebhookEvent;
}

function checkRequired(value: unknown, path: string): void {
  checkKind(value, 'string', path);
  if (typeof value !== 'string' || value === '') throw new InvalidWebhookError(`${path} is missing.`);
  if (value.length > MAX_KEY_LENGTH)
    throw new InvalidWebhookError(`${path} must have at most ${MAX_KEY_LENGTH} characters.`);
}

function checkKind(value: unknown, kind: 'string' | 'number' | 'boolean', path: string): void {
  if (value === undefined || value === null || typeof value === kind) return;
  throw new InvalidWebhookError(`${path} must be a ${kind}.`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
