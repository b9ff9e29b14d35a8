// What became of the webhooks that the sandbox sent: one record an event once its last try is over, for the event
// names that the vendor's log knows. Kept for 30 days.
import { openApiDocument } from '../../openapi/document.ts';

/** Any webhook as it was sent. */
export interface SentWebhook {
  readonly id?: string;
  readonly type: string;
  readonly data: { readonly room_id?: string };
}

export interface DeliveryRecord {
  readonly event: SentWebhook;
  readonly url: string;
  /** Why no try was taken; undefined: one was. */
  readonly error: string | undefined;
  /** Of the last try, in milliseconds since the epoch. */
  readonly atMs: number;
}

export interface DeliveryFilter {
  /** Both inclusive, in milliseconds since the epoch. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly roomId?: string | undefined;
  readonly status: 'all' | 'failed' | 'success';
  readonly eventNames?: readonly string[] | undefined;
}

const MAX_RECORDS = 5000;

const { enum: loggedTypes } = openApiDocument.components.schemas['WebhookDeliveryEventType'] ?? {};

export class DeliveryLog {
  readonly #records: DeliveryRecord[] = [];

  /** Keeps a record, unless the log knows no such event. */
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
