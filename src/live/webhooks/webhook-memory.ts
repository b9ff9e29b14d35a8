// What was learnt from webhooks: which were seen already, and why peers left. Bounded, nothing else depends on it.
// The vendor repeats a delivery that was not answered by 200, and can replay old ones; whether a replay keeps the
// delivery's id is not documented, so an event is also known by what it reports.
import type { Clock } from '../../clock.ts';
import { Recent } from '../expiring-map.ts';
import type { WebhookEvent } from './webhook-event.ts';
import { webhookMeaning } from './webhook-types.ts';

const SEEN_FOR_MS = 24 * 60 * 60 * 1000;
const MAX_SEEN = 50_000;
const REASONS_FOR_MS = 10 * 60 * 1000;
const MAX_REASONS = 10_000;

export class WebhookMemory {
  readonly #seen: Recent<true>;
  readonly #leaveReasons: Recent<string>;

  constructor(clock: Clock) {
    this.#seen = new Recent({ clock, maxAgeMs: SEEN_FOR_MS, maxEntries: MAX_SEEN });
    this.#leaveReasons = new Recent({ clock, maxAgeMs: REASONS_FOR_MS, maxEntries: MAX_REASONS });
  }

  /** Whether this is the first time; remembers it. */
  isNew(event: WebhookEvent): boolean {
    const keys = [`id ${event.id}`, reportOf(event)].filter((key) => key !== null);
    if (keys.some((key) => this.#seen.get(key) !== undefined)) return false;
    for (const key of keys) this.#seen.set(key, true);
    if (webhookMeaning(event.type).saysWhyPeerLeft) this.#noteLeave(event);
    return true;
  }

  /** The vendor's words; null: no webhook told. */
  leaveReason(roomId: string, peerId: string): string | null {
    return this.#leaveReasons.get(`${roomId} ${peerId}`) ?? null;
  }

  #noteLeave({ data }: WebhookEvent): void {
    if (data.peer_id && data.reason) this.#leaveReasons.set(`${data.room_id} ${data.peer_id}`, data.reason);
  }
}

/** Null where the event can't be told from another of its kind. */
function reportOf({ type, data }: WebhookEvent): string | null {
  const { momentKey } = webhookMeaning(type);
  const moment = momentKey && data[momentKey];
  if (typeof moment !== 'string' || data.session_id === undefined) return null;
  return ['report', type, data.session_id, data.peer_id ?? '', moment].join(' ');
}
