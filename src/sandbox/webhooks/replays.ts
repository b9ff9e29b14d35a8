// Replays of webhooks: a replay sends logged events again, ten per second, each with `is_replay: true`.
import { createHash } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { WebhookReplayRequest } from '../../openapi/types.ts';
import type { DeliveryLog, DeliveryRecord, SentWebhook } from './delivery-log.ts';
import { wait } from '../wait.ts';

const EVERY_MS = 100;
/** Replays kept; beyond this the oldest is forgotten. */
const MAX_REPLAYS = 100;
const MAX_EVENTS = 50_000;

/** A checked request with its time window, in milliseconds since the epoch. */
export interface ReplayPlan {
  readonly request: WebhookReplayRequest;
  readonly fromMs: number;
  readonly toMs: number;
}

/** A replay and its progress. */
export interface ReplayRecord {
  readonly id: string;
  readonly plan: ReplayPlan;
  readonly startedAtMs: number;
  /** Undefined while the replay runs. */
  readonly completedAtMs: number | undefined;
  /** Events to send. */
  readonly total: number;
  /** Events that the receiver has accepted. */
  readonly completed: number;
  /** Ids of the events that the receiver did not accept. */
  readonly failed: readonly string[];
}

/** The services that replays use. */
export interface ReplayParts {
  readonly log: DeliveryLog;
  readonly clock: Clock;
  /** Resolves to whether the receiver accepted the event, after the last attempt. */
  readonly send: (event: SentWebhook) => Promise<boolean>;
  /** Stops running replays. */
  readonly closed: AbortSignal;
}

/** Starts and remembers replays. */
export class Replays {
  readonly #parts: ReplayParts;
  readonly #replays = new Map<string, ReplayRecord>();

  constructor(parts: ReplayParts) {
    this.#parts = parts;
  }

  get(replayId: string): ReplayRecord | undefined {
    return this.#replays.get(replayId);
  }

  /** Starts a replay. Its id is a hash of the request: while it runs, an equal request returns the running replay. */
  start(plan: ReplayPlan): { readonly replay: ReplayRecord; readonly isNew: boolean } {
    const id = `webhook-replay-sandbox-${hashOf(plan.request)}`;
    const running = this.#replays.get(id);
    if (running !== undefined && running.completedAtMs === undefined)
      return { replay: running, isNew: false };
    const events = this.#eventsOf(plan);
    const replay: ReplayRecord = {
      id,
      plan,
      startedAtMs: this.#parts.clock.now(),
      completedAtMs: undefined,
      total: events.length,
      completed: 0,
      failed: [],
    };
    this.#keep(replay);
    void this.#run(replay, events);
    return { replay, isNew: true };
  }

  /** The matching events, oldest first. An event that was logged several times occurs once. */
  #eventsOf({ request, fromMs, toMs }: ReplayPlan): SentWebhook[] {
    const { room_id: roomId, event_names: eventNames, status = 'failed' } = request;
    const { offset = 0, limit = MAX_EVENTS } = request;
    const found = this.#parts.log.find({ fromMs, toMs, roomId, eventNames, status }).toReversed();
    const byId = new Map(found.map(({ event }: DeliveryRecord) => [event.id, event]));
    return [...byId.values()].slice(offset, offset + limit);
  }

  async #run({ id }: ReplayRecord, events: readonly SentWebhook[]): Promise<void> {
    const { clock, closed, send } = this.#parts;
    const outcomes: Promise<void>[] = [];
    for (const event of events) {
      outcomes.push(
        send({ ...event, is_replay: true } as SentWebhook).then((isAccepted) =>
          this.#count(id, event, isAccepted),
        ),
      );
      if (!(await wait(clock, EVERY_MS, closed))) return;
    }
    await Promise.all(outcomes);
    this.#change(id, { completedAtMs: clock.now() });
  }

  #count(id: string, event: SentWebhook, isAccepted: boolean): void {
    const { completed = 0, failed = [] } = this.#replays.get(id) ?? {};
    this.#change(id, isAccepted ? { completed: completed + 1 } : { failed: [...failed, event.id ?? ''] });
  }

  #change(id: string, change: Partial<ReplayRecord>): void {
    const replay = this.#replays.get(id);
    if (replay !== undefined) this.#replays.set(id, { ...replay, ...change });
  }

  #keep(replay: ReplayRecord): void {
    this.#replays.delete(replay.id);
    this.#replays.set(replay.id, replay);
    const [oldest] = this.#replays.keys();
    if (oldest !== undefined && this.#replays.size > MAX_REPLAYS) this.#replays.delete(oldest);
  }
}

function hashOf(request: WebhookReplayRequest): string {
  const sorted = Object.entries(request).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 8);
}
