// The vendor's log of the webhooks that it sent, in numbered pages, and their replay. Source: the vendor's
// "Webhook analytics" pages. A 429 of these tells its wait in its text only.
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

/** A record of the log as received; `event_id` and `payload` are checked to be there. */
export type WebhookDeliveryResource = WebhookDelivery;
/** A replay as it is started; only `workflow_id` is checked to be there. */
export type StartedReplayResource = WebhookReplay;
/** How far a replay is. */
export type WebhookReplayResource = WebhookReplayStatus;

/** The names of events that the log knows. */
export function documentedEvents(): readonly WebhookDeliveryEventType[] {
  // The type is generated from this very enumeration.
  return openApiDocument.components.schemas['WebhookDeliveryEventType']?.[
    'enum'
  ] as WebhookDeliveryEventType[];
}

/** Filters and place of a page. Times are RFC 3339 in UTC. */
export interface WebhookDeliveryListParams {
  /** Within the last 30 days. */
  readonly startTime: string;
  /** At most 14 days after the start. */
  readonly endTime: string;
  readonly roomId?: string | undefined;
  readonly status?: 'failed' | 'success' | undefined;
  /** Names of the events as they were sent; absent: all. */
  readonly eventNames?: readonly string[] | undefined;
  /** 1 to 100. */
  readonly limit: number;
  /** From 1. */
  readonly page: number;
}

export interface WebhookDeliveryPage {
  readonly items: readonly WebhookDeliveryResource[];
  /** Of the whole list. */
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

/** @throws RestRefusedError for a window that reaches too far back or is too wide; RestRateLimitedError. */
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

/** Starts to send again what the filters name, or tells that this runs already. @throws RestInputError, RestRefusedError */
export async function replayWebhooks(
  client: RestClient,
  input: WebhookReplayRequest,
  options?: CallOptions,
): Promise<StartedReplayResource> {
  const body = checkedBody('replayWebhooks', input);
  return client.post({ route: '/analytics/webhooks/replay', body, shape: startShape }, options);
}

/** @throws RestNotFoundError for a replay that doesn't exist. */
export function getWebhookReplay(
  client: RestClient,
  workflowId: string,
  options?: CallOptions,
): Promise<WebhookReplayResource> {
  const path = { workflow_id: workflowId };
  return client.get({ route: '/analytics/webhooks/replay/{workflow_id}', path, shape: replayShape }, options);
}
