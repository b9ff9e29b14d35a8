// Resolvers of the vendor's log of webhooks and of replays. Source: the vendor's Analytics API.
import * as rest from '../../src/rest/webhooks/webhook-deliveries.ts';
import type {
  WebhookDeliveryResource,
  WebhookReplayResource,
} from '../../src/rest/webhooks/webhook-deliveries.ts';
import type { WebhookDeliveryEventType, WebhookReplayRequest } from '../../src/openapi/types.ts';
import { checkedBody } from '../../src/rest/shapes/inputs.ts';
import type { CountedConnection, ForwardArgs } from '../connection.ts';
import type { Context } from '../context.ts';
import { badUserInput, quoted } from '../errors.ts';
import { hmsIdOf } from '../ids.ts';
import { orNull } from '../loaders.ts';
import { connectionOverNumbers, numberedCursorsOf, type Window } from '../connections/numbered-connection.ts';
import { issueIf, issuesOfBody, outcomeOf, refuseIssues } from '../outcomes.ts';
import { withoutNullish, shallowOrNull, textOrNull } from '../values.ts';
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import { roomNode } from '../rooms/room-node.ts';

/**
 * Conditions of the log and of a replay. `sentAfter` and `sentBefore` are inclusive ISO 8601 times; by default the last 24
 * hours.
 */
export interface WebhookDeliveryFilter {
  readonly sentAfter?: string | null | undefined;
  readonly sentBefore?: string | null | undefined;
  readonly roomId?: string | null | undefined;
  readonly delivered?: boolean | null | undefined;
  readonly events?: readonly (WebhookDeliveryEventType | typeof OTHER_EVENT)[] | null | undefined;
}

/** The vendor's answer to a request for a replay. Equal requests get the same `workflowId`. */
export interface StartedReplay {
  readonly workflowId: string;
  readonly alreadyRunning: boolean;
}

/** The enum value for a webhook that the vendor added after this gateway was written. */
export const OTHER_EVENT = 'OTHER';

const DAY_MS = 24 * 3600 * 1000;
const MAX_WINDOW_MS = 14 * DAY_MS;
const REACH_MS = 30 * DAY_MS;

const WORKFLOW_ID = /^\w[\w.-]{0,199}$/;

/** Keys of `data` whose values give access: download links, stream URLs, storage places, tokens. They are removed. */
const SECRET_KEY = /presigned|rtmp|^url$|_url$|location|token|secret|password|credential|headers/i;

const cursors = numberedCursorsOf('webhookDeliveries');

/** The webhooks that the vendor logs: those of the OpenAPI document. */
export const loggedEvents = rest.documentedEvents();

/**
 * The log of deliveries: one REST call for every 100. Throws `BAD_USER_INPUT` for the event `OTHER`, invalid ids, and
 * times outside the vendor's limits (30 days back, 14 days long).
 */
export async function webhookDeliveries(
  args: ForwardArgs & { readonly filter?: WebhookDeliveryFilter | null | undefined },
  context: Context,
): Promise<CountedConnection<WebhookDeliveryResource>> {
  const { roomId, delivered, events } = args.filter ?? {};
  const window = windowOf(args.filter ?? {}, context);
  if (events?.includes(OTHER_EVENT))
    throw badUserInput('`filter.events` cannot contain OTHER: the vendor knows no such event.');
  const filter = {
    roomId: roomId == null ? undefined : hmsIdOf('Room', 'filter.roomId', roomId),
    status: delivered == null ? undefined : delivered ? ('success' as const) : ('failed' as const),
    eventNames: events ?? undefined,
  };
  return connectionOverNumbers(args, window, cursors, ({ fromMs, toMs, ...page }) => {
    const times = { startTime: new Date(fromMs).toISOString(), endTime: new Date(toMs).toISOString() };
    return rest.listWebhookDeliveries(context.client, { ...filter, ...times, ...page }, context.call);
  });
}

/** The times that the filter spans; the 24 hours before `sentBefore`, or before now, by default. */
function windowOf({ sentAfter, sentBefore }: WebhookDeliveryFilter, { clock }: Context): Window {
  const now = clock.now();
  const toMs = sentBefore == null ? now : Date.parse(sentBefore);
  const fromMs = sentAfter == null ? toMs - DAY_MS : Date.parse(sentAfter);
  const fault = windowFault({ fromMs, toMs }, now);
  if (fault !== null) throw badUserInput(`\`filter.${fault.path}\` ${fault.message}.`);
  return { fromMs, toMs };
}

function windowFault({ fromMs, toMs }: Window, nowMs: number): { path: string; message: string } | null {
  if (fromMs < nowMs - REACH_MS) return { path: 'sentAfter', message: 'must be within the last 30 days' };
  if (toMs < fromMs) return { path: 'sentBefore', message: 'must not be earlier than sentAfter' };
  if (toMs - fromMs > MAX_WINDOW_MS)
    return { path: 'sentBefore', message: 'must be at most 14 days later than sentAfter' };
  return null;
}

/**
 * The progress of a replay; null if it does not exist. One REST call. Throws `BAD_USER_INPUT` for a text that cannot be an id of
 * a replay.
 */
export async function webhookReplay(
  workflowId: string,
  context: Context,
): Promise<WebhookReplayResource | null> {
  if (!WORKFLOW_ID.test(workflowId)) {
    throw badUserInput(
      `\`workflowId\` must be an id that \`replayWebhooks\` returned; ${quoted(workflowId)} is not.`,
    );
  }
  return orNull(rest.getWebhookReplay(context.client, workflowId, context.call));
}

/**
 * Requests a replay; by default of the webhooks that the receiver did not accept in the last 24 hours. One REST call.
 * Throws `InvalidInputError` for times outside the vendor's limits and a `limit` or `offset` out of range.
 */
export async function replayWebhooks(
  input: WebhookDeliveryFilter & {
    readonly limit?: number | null | undefined;
    readonly offset?: number | null | undefined;
  },
  context: Context,
): Promise<StartedReplay> {
  const { sentAfter, sentBefore, roomId, delivered, events, limit, offset } = input;
  const now = context.clock.now();
  const toMs = sentBefore == null ? now : Date.parse(sentBefore);
  const fault = windowFault({ fromMs: sentAfter == null ? toMs - DAY_MS : Date.parse(sentAfter), toMs }, now);
  const body = withoutNullish({
    start_time: sentAfter ?? (sentBefore == null ? null : new Date(toMs - DAY_MS).toISOString()),
    end_time: sentBefore,
    room_id: roomId == null ? null : hmsIdOf('Room', 'roomId', roomId),
    event_names: events == null ? null : [...events],
    status: delivered === true ? 'success' : 'failed',
    limit,
    offset,
  });
  refuseIssues([
    ...(fault === null ? [] : issueIf(true, fault.path, fault.message)),
    ...issueIf(limit != null && limit < 1, 'limit', 'must be 1 or more'),
    ...issueIf(offset != null && offset < 0, 'offset', 'must be 0 or more'),
    ...issuesOfBody(() => checkedBody('replayWebhooks', body)),
  ]);
  const started = await outcomeOf({
    missing: 'The vendor found no webhooks to replay.',
    write: () =>
      // `events` may contain `OTHER`, which the type of the body excludes: the client refuses such a body before it sends.
      rest.replayWebhooks(context.client, body as WebhookReplayRequest, context.call),
  });
  return { workflowId: started.workflow_id, alreadyRunning: started.status === 'already_running' };
}

/** Whether the receiver accepted the webhook: the entry has no reason for a failure, and its name does not end in `.failed`. */
export function isDelivered({ payload, event_name: name }: WebhookDeliveryResource): boolean {
  return textOrNull(payload.error_reason) === null && textOrNull(name)?.endsWith('.failed') !== true;
}

/** The type of the webhook that an entry is about; `OTHER` if it is not documented. */
export function eventOfDelivery({
  payload,
}: WebhookDeliveryResource): WebhookDeliveryEventType | typeof OTHER_EVENT {
  return loggedEvents.find((event) => event === payload.original_event_name) ?? OTHER_EVENT;
}

/** The content of the webhook without the keys that give access, at any depth; null if nested more than 64 levels deep. */
export function dataOfDelivery({ payload }: WebhookDeliveryResource): unknown {
  return withoutSecrets(shallowOrNull(payload.event_data));
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !SECRET_KEY.test(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutSecrets(inner)]));
}

/** The room that an entry names; null if it names none, or if the room no longer exists. */
export async function roomOfDelivery(
  { room_id: roomId }: WebhookDeliveryResource,
  context: Context,
): Promise<RoomResource | null> {
  return roomId ? roomNode.loader(context).load(roomId) : null;
}

/** The states of a replay as the graph names them. */
export type ReplayStatus =
  | 'RUNNING'
  | 'COMPLETED'
  | 'COMPLETED_WITH_FAILURES'
  | 'FAILED'
  | 'CANCELED'
  | 'TERMINATED'
  | typeof OTHER_EVENT;

const statuses: readonly ReplayStatus[] = [
  'RUNNING',
  'COMPLETED',
  'COMPLETED_WITH_FAILURES',
  'FAILED',
  'CANCELED',
  'TERMINATED',
];

/**
 * The state of a replay, whose case the vendor varies (`Running`, `completed`); `OTHER` for one that is not
 * documented.
 */
export function statusOfReplay({ status }: WebhookReplayResource): ReplayStatus {
  return statuses.find((known) => known === status.toUpperCase()) ?? OTHER_EVENT;
}

/** The counts of a replay: its result when it has ended, its progress before. Null while the vendor sends neither. */
export function countsOfReplay({ result, progress }: WebhookReplayResource) {
  return result ?? progress ?? null;
}
