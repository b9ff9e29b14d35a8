// Remembers webhooks for a while: which have arrived, so that repetitions are ignored, and why peers left.
// The vendor repeats a delivery until it is answered with 200, and can replay old ones. Whether a replay has the first
// delivery's id is not documented, so an event is also recognized by its type, session, peer and time.
import type { Clock } from '../../clock.ts';
import { ExpiringMap } from '../expiring-map.ts';
import type { WebhookEvent } from './webhook-event.ts';
import { webhookMeaning } from './webhook-types.ts';

const REMEMBERED_FOR_MS = 24 * 60 * 60 * 1000;
/** The most keys in memory. An event has one or two. */
const MAX_REMEMBERED = 50_000;
const REASONS_FOR_MS = 10 * 60 * 1000;
const MAX_REASONS = 10_000;
/** The longest reason, in characters; those of the vendor have some fifty. The rest of a longer one is dropped. */
const MAX_REASON_LENGTH = 500;

/** Holds the keys of webhooks for 24 hours, up to 50,000 of them, and leave reasons for 10 minutes, up to 10,000. */
export class WebhookMemory {
  readonly #keys: ExpiringMap<true>;
  readonly #leaveReasons: ExpiringMap<string>;

  constructor(clock: Clock) {
    this.#keys = new ExpiringMap({ clock, maxAgeMs: REMEMBERED_FOR_MS, maxEntries: MAX_REMEMBERED });
    this.#leaveReasons = new ExpiringMap({ clock, maxAgeMs: REASONS_FOR_MS, maxEntries: MAX_REASONS });
  }

  /** Remembers a webhook; false when it repeats a remembered one. */
  remember(event: WebhookEvent): boolean {
    const keys = webhookKeys(event);
    if (keys.some((key) => this.#keys.get(key) !== undefined)) return false;
    for (const key of keys) this.#keys.set(key, true);
    if (webhookMeaning(event.type).saysWhyPeerLeft) this.#rememberLeaveReason(event);
    return true;
  }

  /** The vendor's `reason` for a peer's leaving; null when no webhook with one has arrived in the last 10 minutes. */
  leaveReason(roomId: string, peerId: string): string | null {
    return this.#leaveReasons.get(`${roomId} ${peerId}`) ?? null;
  }

  #rememberLeaveReason({ data }: WebhookEvent): void {
    if (!data.peer_id || !data.reason) return;
    // A copy, because a slice would keep the whole text in memory.
    const reason = Buffer.from(data.reason.slice(0, MAX_REASON_LENGTH)).toString();
    this.#leaveReasons.set(`${data.room_id} ${data.peer_id}`, reason);
  }
}

/** One or two keys, of which a repetition of the event has one at least. They hold texts of the event, of any length. */
export function webhookKeys(event: WebhookEvent): readonly string[] {
  return [`id ${event.id}`, contentKey(event)].filter((key) => key !== null);
}

/** Equal for two deliveries of one event; null when the event's data do not tell it from others of its type. */
function contentKey({ type, data }: WebhookEvent): string | null {
  const { momentKey } = webhookMeaning(type);
  const moment = momentKey && data[momentKey];
  if (typeof moment !== 'string' || !data.session_id) return null;
  return ['content', type, data.session_id, data.peer_id ?? '', moment].join(' ');
}
