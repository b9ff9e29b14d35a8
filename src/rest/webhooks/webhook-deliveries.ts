// The vendor's log of the webhooks that it has sent, and their replay. The log has numbered pages, unlike other lists. A 429 from
// these routes gives the wait only in its text. Source: the vendor's "Webhook analytics" pages.
import { openApiDocument } from '../../openapi/document.ts';
import type {
  WebhookDelivery,
  WebhookDeliveryEventType,
  WebhookReplay,
  WebhookReplayRequest,
  WebhookReplayStatus,
} from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import { checkedBody } from '../shapes/inputs.ts';
import { answersWith } from '../shapes/shapes.ts';

/** A record of the log as received. Essential keys: `event_id`, `payload`. */
export type WebhookDeliveryResource = WebhookDelivery;
/** The answer to the start of a replay. Essential key: `workflow_id`. */
export type StartedReplayResource = WebhookReplay;
/** The progress of a replay as received. Essential keys: `workflow_id`, `status`. */
export type WebhookReplayResource = WebhookReplayStatus;

/** The names of the events that the log can be filtered by, from the OpenAPI document. */
export function documentedEvents(): readonly WebhookDeliveryEventType[] {
  // The type is generated from this enumeration.
  return openApiDocument.components.schemas['WebhookDeliveryEventType']?.[
    'enum'
  ] as WebhookDeliveryEventType[];
}

/** Filters and place of a page. Times are RFC 3339 in UTC. */
export interface WebhookDeliveryListParams {
  /** At most 30 days ago. */
  readonly startTime: string;
  /** At most 14 days after `startTime`. */
  readonly endTime: string;
  readonly roomId?: string | undefined;
  readonly status?: 'failed' | 'success' | undefined;
  /** Only these events, by name. Absent: all. */
  readonly eventNames?: readonly string[] | undefined;
  /** Most records of the page, 1 to 100. */
  readonly limit: number;
  /** The number of the page, from 1. */
  readonly page: number;
}

/** A page of the log. */
export interface WebhookDeliveryPage {
  readonly items: readonly WebhookDeliveryResource[];
  /** The number of records on all pages. */
  readonly total: number;
}

interface DeliveryListAnswer {
  readonly events?: readonly WebhookDeliveryResource[] | null;
  readonly pagination: { readonly total_items: number };
}

const answerOf = answersWith({
  WebhookDeliveryList: ['events?', 'pagination'],
  WebhookDeliveryPagination: ['total_items'],
  WebhookDelivery: ['event_id', 'payload'],
  WebhookReplay: ['workflow_id'],
  WebhookReplayStatus: ['workflow_id', 'status'],
});
const logShape = answerOf<DeliveryListAnswer>('listWebhookDeliveries');
const startShape = answerOf<StartedReplayResource>('replayWebhooks');
const replayShape = answerOf<WebhookReplayResource>('getWebhookReplay');

/**
 * Lists the log.
 * @throws RestRefusedError for a time window that begins too early or is too long; RestRateLimitedError.
 */
export async function listWebhookDeliveries(
  client: RestClient,
  params: WebhookDeliveryListParams,
  options?: CallOptions,
): Promise<WebhookDeliveryPage> {
  const { startTime, endTime, roomId, status, eventNames, limit, page } = params;
  const query = {
    start_time: startTime,
    end_time: endTime,
    room_id: roomId,
    status,
    event_names: eventNames,
    limit,
    page,
  };
  const answer = await client.get({ route: '/analytics/webhooks', query, shape: logShape }, options);
  return { items: answer.events ?? [], total: answer.pagination.total_items };
}

/**
 * Starts a replay of the webhooks that match the filters. If the same replay runs already, the answer names the running
 * replay.
 * @throws RestInputError before anything is sent; RestRefusedError if no webhook matches.
 */
export async function replayWebhooks(
  client: RestClient,
  input: WebhookReplayRequest,
  options?: CallOptions,
): Promise<StartedReplayResource> {
  const body = checkedBody('replayWebhooks', input);
  return client.post({ route: '/analytics/webhooks/replay', body, shape: startShape }, options);
}

/** Reads the progress of a replay. @throws RestNotFoundError for an unknown replay. */
export function getWebhookReplay(
  client: RestClient,
  workflowId: string,
  options?: CallOptions,
): Promise<WebhookReplayResource> {
  const path = { workflow_id: workflowId };
  return client.get({ route: '/analytics/webhooks/replay/{workflow_id}', path, shape: replayShape }, options);
}
