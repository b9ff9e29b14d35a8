// The log of webhook deliveries: one record per event, written after its last attempt. As in the vendor's log, only the
// documented event types are recorded.
import { openApiDocument } from '../../openapi/document.ts';

/** The JSON of a webhook, of any event type. `data.room_id` decides whose webhook receives it. */
export interface SentWebhook {
  readonly id?: string;
  readonly type: string;
  readonly data: { readonly room_id?: string };
}

/** The outcome of one event's delivery. */
export interface DeliveryRecord {
  readonly event: SentWebhook;
  readonly url: string;
  /** Why the last attempt failed, such as `timeout` or `status 503`; undefined: the receiver accepted the event. */
  readonly error: string | undefined;
  /** Time of the last attempt, in milliseconds since the epoch. */
  readonly atMs: number;
}

/** Conditions for `find`; a record must fulfil all of them. */
export interface DeliveryFilter {
  /** Both inclusive, in milliseconds since the epoch. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly roomId?: string | undefined;
  readonly status: 'all' | 'failed' | 'success';
  /** Undefined or empty: every event type. */
  readonly eventNames?: readonly string[] | undefined;
}

/** Beyond this the oldest 500 are forgotten. */
const MAX_RECORDS = 5000;

const { enum: loggedTypes } = openApiDocument.components.schemas['WebhookDeliveryEventType'] ?? {};

/** At most 5000 records; how far back a query may reach is checked by the route. */
export class DeliveryLog {
  readonly #records: DeliveryRecord[] = [];

  /** Adds a record, unless its event type is not one of the documented types. */
  add(record: DeliveryRecord): void {
    if (!Array.isArray(loggedTypes) || !loggedTypes.includes(record.event.type)) return;
    this.#records.push(record);
    if (this.#records.length > MAX_RECORDS) this.#records.splice(0, MAX_RECORDS / 10);
  }

  /** Newest first. */
  find(filter: DeliveryFilter): DeliveryRecord[] {
    const { fromMs, toMs, roomId, status, eventNames } = filter;
    return this.#records
      .filter(
        ({ event, error, atMs }) =>
          atMs >= fromMs &&
          atMs <= toMs &&
          (roomId === undefined || event.data.room_id === roomId) &&
          (status === 'all' || (status === 'failed') === (error !== undefined)) &&
          (eventNames === undefined || eventNames.length === 0 || eventNames.includes(event.type)),
      )
      .toSorted((left, right) => right.atMs - left.atMs);
  }
}
