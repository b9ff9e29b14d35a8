// How the vendor's log of webhooks and its replays are answered and started.
import {
  documentedEvents,
  getWebhookReplay,
  listWebhookDeliveries,
  replayWebhooks,
  type WebhookDeliveryResource,
  type WebhookReplayResource,
} from '../../src/rest/webhooks/webhook-deliveries.ts';
import type { WebhookDeliveryEventType, WebhookReplayRequest } from '../../src/openapi/types.ts';
import type { CountedConnection, ForwardArgs } from '../connection.ts';
import type { Context } from '../context.ts';
import { badUserInput, shown } from '../errors.ts';
import { hmsIdOf } from '../ids.ts';
import { orNull } from '../loaders.ts';
import { connectionOverNumbers, numberedCursorsOf, type Window } from '../numbered-connection.ts';
import { invalidInput, outcomeOf } from '../outcomes.ts';
import { given, textOrNull } from '../values.ts';
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import { roomNode } from '../rooms/room-node.ts';

/** Which records a list keeps, and which a replay sends again. Times are inclusive. */
export interface WebhookDeliveryFilter {
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
  readonly roomId?: string | null | undefined;
  readonly delivered?: boolean | null | undefined;
  readonly events?: readonly (WebhookDeliveryEventType | typeof OTHER_EVENT)[] | null | undefined;
}

/** A replay that was asked for. */
export interface StartedReplay {
  readonly workflowId: string;
  readonly alreadyRunning: boolean;
}

/** Stands for an event that the vendor has added since. */
export const OTHER_EVENT = 'OTHER';

const DAY_MS = 24 * 3600 * 1000;
const MAX_WINDOW_MS = 14 * DAY_MS;
const REACH_MS = 30 * DAY_MS;

const WORKFLOW_ID = /^\w[\w.-]{0,199}$/;

/** Keys whose values open something: links to files, stream URLs, places, tokens. They are left out of `data`. */
const SECRET_KEY = /presigned|rtmp|^url$|_url$|location|token|secret|password|credential|headers/i;

const cursors = numberedCursorsOf('webhookDeliveries');

/** The names that the vendor's log knows. */
export const loggedEvents = documentedEvents();

export async function webhookDeliveries(
  args: ForwardArgs & { readonly filter?: WebhookDeliveryFilter | null | undefined },
  context: Context,
): Promise<CountedConnection<WebhookDeliveryResource>> {
  const { roomId, delivered, events } = args.filter ?? {};
  const window = windowOf(args.filter ?? {}, context);
  if (events?.includes(OTHER_EVENT)) throw badUserInput('`OTHER` is no event that can be asked for.');
  const filter = {
    roomId: roomId == null ? undefined : hmsIdOf('Room', 'filter.roomId', roomId),
    status: delivered == null ? undefined : delivered ? ('success' as const) : ('failed' as const),
    eventNames: events ?? undefined,
  };
  return connectionOverNumbers(args, window, cursors, ({ fromMs, toMs, ...page }) => {
    const times = { startTime: new Date(fromMs).toISOString(), endTime: new Date(toMs).toISOString() };
    return listWebhookDeliveries(context.client, { ...filter, ...times, ...page }, context.call);
  });
}

/** The last 24 hours unless told otherwise. */
function windowOf({ after, before }: WebhookDeliveryFilter, { clock }: Context): Window {
  const now = clock.now();
  const toMs = before == null ? now : Date.parse(before);
  const fromMs = after == null ? toMs - DAY_MS : Date.parse(after);
  const fault = windowFault({ fromMs, toMs }, now);
  if (fault !== null) throw badUserInput(`\`filter.${fault.path}\` ${fault.message}.`);
  return { fromMs, toMs };
}

function windowFault({ fromMs, toMs }: Window, nowMs: number): { path: string; message: string } | null {
  if (fromMs < nowMs - REACH_MS) return { path: 'after', message: 'must be within the last 30 days' };
  if (toMs < fromMs) return { path: 'before', message: 'must not be earlier than after' };
  if (toMs - fromMs > MAX_WINDOW_MS)
    return { path: 'before', message: 'must be at most 14 days behind after' };
  return null;
}

export async function webhookReplay(
  workflowId: string,
  context: Context,
): Promise<WebhookReplayResource | null> {
  if (!WORKFLOW_ID.test(workflowId)) {
    throw badUserInput(
      `\`workflowId\` must be what \`replayWebhooks\` answered; ${shown(workflowId)} is not.`,
    );
  }
  return orNull(getWebhookReplay(context.client, workflowId, context.call));
}

export async function replayWebhooksOf(
  input: WebhookDeliveryFilter & {
    readonly limit?: number | null | undefined;
    readonly offset?: number | null | undefined;
  },
  context: Context,
): Promise<StartedReplay> {
  const { after, before, roomId, delivered, events, limit, offset } = input;
  const now = context.clock.now();
  const toMs = before == null ? now : Date.parse(before);
  const fault = windowFault({ fromMs: after == null ? toMs - DAY_MS : Date.parse(after), toMs }, now);
  if (fault !== null) throw invalidInput(fault.path, fault.message);
  if (limit != null && limit < 1) throw invalidInput('limit', 'must be 1 or more');
  if (offset != null && offset < 0) throw invalidInput('offset', 'must be 0 or more');
  const body = given({
    start_time: after ?? (before == null ? null : new Date(toMs - DAY_MS).toISOString()),
    end_time: before,
    room_id: roomId == null ? null : hmsIdOf('Room', 'roomId', roomId),
    event_names: events == null ? null : [...events],
    status: delivered === true ? 'success' : 'failed',
    limit,
    offset,
  });
  const started = await outcomeOf('The vendor knows nothing to replay.', () =>
    // `OTHER` is none of the documented names, by which the body is checked before it is sent.
    replayWebhooks(context.client, body as WebhookReplayRequest, context.call),
  );
  return { workflowId: started.workflow_id, alreadyRunning: started.status === 'already_running' };
}

export function isDelivered({ payload, event_name: name }: WebhookDeliveryResource): boolean {
  return textOrNull(payload.error_reason) === null && !name.endsWith('.failed');
}

export function eventOfDelivery({
  payload,
}: WebhookDeliveryResource): WebhookDeliveryEventType | typeof OTHER_EVENT {
  return loggedEvents.find((event) => event === payload.original_event_name) ?? OTHER_EVENT;
}

/** The data of the event, without what would open something. */
export function dataOfDelivery({ payload }: WebhookDeliveryResource): unknown {
  return withoutSecrets(payload.event_data);
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !SECRET_KEY.test(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutSecrets(inner)]));
}

export async function roomOfDelivery(
  { room_id: roomId }: WebhookDeliveryResource,
  context: Context,
): Promise<RoomResource | null> {
  return roomId ? roomNode.loader(context).load(roomId) : null;
}

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

/** The vendor writes these in several cases. */
export function statusOfReplay({ status }: WebhookReplayResource): ReplayStatus {
  return statuses.find((known) => known === status.toUpperCase()) ?? OTHER_EVENT;
}

/** Once it is over what came of it, before how far it is. */
export function countsOfReplay({ result, progress }: WebhookReplayResource) {
  return result ?? progress ?? null;
}
