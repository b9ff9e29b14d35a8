// A webhook of the vendor as the gateway receives it, and the check of its body. The check is lenient: unknown types and keys are
// accepted unchanged, so that subscribers get new kinds of webhooks without a change of the gateway. A webhook with a value of an
// undocumented type is also accepted, because after a refusal the vendor would repeat the delivery and then give up. Source: the
// vendor's webhook reference; the schemas WebhookEvent and WebhookData of the OpenAPI document.
import type { WebhookData } from '../../openapi/types.ts';
import { withKinds, type Kind } from '../../rest/shapes/kinds.ts';
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

const envelopeKinds: Readonly<Record<string, Kind>> = {
  id: 'string',
  type: 'string',
  timestamp: 'string',
  version: 'string',
  account_id: 'string',
  app_id: 'string',
};

// Typed by the documented keys, so that a misspelt or missing key does not compile.
const kinds: Readonly<Record<DataKey, Kind>> = {
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
 * Checks the parsed JSON body of a webhook and returns it. A documented key whose value has another type is converted if
 * nothing is lost (`"79"` to 79, 42 to `"42"`), and becomes null otherwise; then the result is a copy.
 * @throws InvalidWebhookError if the body or its `data` is no object, or `id` or `type` is missing or too long
 */
export function parseWebhook(body: unknown): WebhookEvent {
  if (!isObject(body)) throw new InvalidWebhookError('The body must be an object.');
  if (!isObject(body['data'])) throw new InvalidWebhookError('data must be an object.');
  const data = withKinds(body['data'], kinds);
  const event = withKinds(data === body['data'] ? body : { ...body, data }, envelopeKinds);
  for (const key of ['id', 'type']) checkRequired(event[key], key);
  // Every member that WebhookEvent declares has its type now.
  return event as unknown as WebhookEvent;
}

function checkRequired(value: unknown, path: string): void {
  if (typeof value !== 'string' || value === '') throw new InvalidWebhookError(`${path} is missing.`);
  if (value.length > MAX_KEY_LENGTH)
    throw new InvalidWebhookError(`${path} must have at most ${MAX_KEY_LENGTH} characters.`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
