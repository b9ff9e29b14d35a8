// The delivery log over REST, in numbered pages, and replays. A query's time window lies within the last 30 days and is
// at most 14 days long.
import type {
  WebhookDelivery,
  WebhookDeliveryList,
  WebhookReplay,
  WebhookReplayFilters,
  WebhookReplayRequest,
  WebhookReplayStatus,
} from '../../openapi/types.ts';
import { compact } from '../compact.ts';
import type { DeliveryRecord } from './delivery-log.ts';
import { ApiError } from '../http/errors.ts';
import { param, type Call, type Family } from '../family.ts';
import { inSeconds } from '../instant.ts';
import type { ReplayPlan, ReplayRecord } from './replays.ts';

const DAY_MS = 24 * 3600 * 1000;

interface LogQuery {
  readonly start_time?: string;
  readonly end_time?: string;
  readonly room_id?: string;
  readonly status?: 'all' | 'failed' | 'success';
  readonly event_names?: readonly string[];
  readonly limit?: number;
  readonly page?: number;
}

/** The delivery log and the replays. */
export const webhookDeliveries: Family = {
  answers: { listWebhookDeliveries, replayWebhooks, getWebhookReplay },
};

/** The requested window (default: the last 24 hours), in milliseconds since the epoch; throws the documented 400s. */
function requestedWindow(
  nowMs: number,
  { start_time: start, end_time: end }: Pick<LogQuery, 'start_time' | 'end_time'>,
): { fromMs: number; toMs: number } {
  const toMs = end === undefined ? nowMs : Date.parse(end);
  const fromMs = start === undefined ? nowMs - DAY_MS : Date.parse(start);
  if (fromMs < nowMs - 30 * DAY_MS) throw new ApiError(400, 'start_time must be within the last 30 days');
  if (toMs < fromMs) throw new ApiError(400, 'end_time must be after start_time');
  if (toMs - fromMs > 14 * DAY_MS) throw new ApiError(400, 'time range must not exceed 14 days');
  return { fromMs, toMs };
}

function listWebhookDeliveries({ world, query }: Call<unknown, LogQuery>): WebhookDeliveryList {
  const {
    limit: requestedLimit = 50,
    page = 1,
    status = 'all',
    room_id: roomId,
    event_names: eventNames,
  } = query;
  const limit = Math.min(100, Math.max(1, requestedLimit));
  const found = world.deliveries.find({ ...requestedWindow(world.now(), query), roomId, eventNames, status });
  const pages = Math.ceil(found.length / limit);
  return {
    events: found.slice((page - 1) * limit, page * limit).map(asDelivery),
    pagination: {
      current_page: page,
      page_size: limit,
      total_pages: pages,
      total_items: found.length,
      has_next: page < pages,
      has_prev: page > 1,
    },
    summary: { total_events: found.length },
  };
}

/** The event name of a failure is documented; that of a success is a guess by its pattern. */
function asDelivery({ event, url, error, atMs }: DeliveryRecord): WebhookDelivery {
  return compact({
    event_id: event.id ?? '',
    event_name: `reporter.webhook.delivery.${error === undefined ? 'success' : 'failed'}`,
    room_id: event.data.room_id,
    event_timestamp: inSeconds({ ms: atMs, nanos: 0 }),
    payload: compact({
      event_data: { ...event.data },
      webhook_url: url,
      original_event_name: event.type,
      error_reason: error,
    }),
  });
}

function replayWebhooks({ world, replays, body }: Call<WebhookReplayRequest>): WebhookReplay {
  const { replay, isNew } = replays.start({ request: body, ...requestedWindow(world.now(), body) });
  const { limit: _limit, offset: _offset, ...filters } = asFilters(replay.plan);
  return {
    workflow_id: replay.id,
    status: isNew ? 'started' : 'already_running',
    message: isNew ? 'replay queued' : 'replay is running',
    filters,
  };
}

function getWebhookReplay(call: Call): WebhookReplayStatus {
  const replay = call.replays.get(param(call, 'workflow_id'));
  if (replay === undefined) throw new ApiError(404, 'workflow not found');
  const counts = { total: replay.total, completed: replay.completed, failed: replay.failed.length };
  const end = replay.completedAtMs;
  return compact({
    workflow_id: replay.id,
    status: statusOf(replay),
    started_at: inSeconds({ ms: replay.startedAtMs, nanos: 0 }),
    completed_at: end === undefined ? undefined : inSeconds({ ms: end, nanos: 0 }),
    filters: asFilters(replay.plan),
    progress: counts,
    result: end === undefined ? undefined : { ...counts, failed_events: [...replay.failed] },
  });
}

function statusOf({ completedAtMs, total, failed }: ReplayRecord): WebhookReplayStatus['status'] {
  if (completedAtMs === undefined) return 'Running';
  if (failed.length === 0) return 'completed';
  return failed.length === total ? 'failed' : 'completed_with_failures';
}

function asFilters({ request, fromMs, toMs }: ReplayPlan): WebhookReplayFilters {
  return {
    start_time: inSeconds({ ms: fromMs, nanos: 0 }),
    end_time: inSeconds({ ms: toMs, nanos: 0 }),
    room_id: request.room_id ?? '',
    event_types: request.event_names ?? [],
    limit: request.limit ?? 50_000,
    offset: request.offset ?? 0,
  };
}
