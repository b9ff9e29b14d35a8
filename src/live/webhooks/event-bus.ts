// Passes webhooks on to the subscribers of their rooms (`roomEvents`). No webhook is stored: a subscriber gets the webhooks that
// arrive after it has subscribed.
import type { Deliveries } from '../log/deliveries.ts';
import { LiveStream } from '../log/live-stream.ts';
import { Subscriber } from '../log/subscriber.ts';
import { Told } from '../log/told.ts';
import type { WebhookEvent } from './webhook-event.ts';

interface Subscription {
  readonly subscriber: Subscriber<Told<WebhookEvent>>;
  readonly types: ReadonlySet<string> | undefined;
  /** Oldest first. */
  readonly queue: QueuedWebhook[];
}

interface QueuedWebhook {
  readonly told: Told<WebhookEvent>;
  readonly bytes: number;
}

/** Bytes of JSON queued for one subscriber, which has at least the newest webhook. */
const MAX_QUEUED_BYTES = 1024 * 1024;
/** What a delivery counts as in a turn of the event loop; most webhooks have about 1 kB. */
const DELIVERY_BYTES = 1000;

/** One instance for the whole live core. */
export class EventBus {
  readonly #queueSize: number;
  readonly #deliveries: Deliveries;
  readonly #rooms = new Map<string, Set<Subscription>>();

  /** `queueSize`: webhooks queued for one subscriber, 1 MiB at most; when more arrive, the oldest are dropped. */
  constructor(queueSize: number, deliveries: Deliveries) {
    this.#queueSize = queueSize;
    this.#deliveries = deliveries;
  }

  /** Number of subscribers of all rooms. */
  get subscribers(): number {
    let count = 0;
    for (const subscriptions of this.#rooms.values()) count += subscriptions.size;
    return count;
  }

  /** Subscribes to a room's webhooks of the given types; undefined: of all types, undocumented ones included. */
  subscribe(roomId: string, types: ReadonlySet<string> | undefined): LiveStream<WebhookEvent> {
    const subscriptions = this.#rooms.get(roomId) ?? new Set();
    this.#rooms.set(roomId, subscriptions);
    const queue: QueuedWebhook[] = [];
    const subscriber = new Subscriber<Told<WebhookEvent>>({
      take: () => queue.shift()?.told,
      bytesOf: (told) => told.deliveryBytes,
      deliveries: this.#deliveries,
      onEnd: () => {
        subscriptions.delete(subscription);
        if (subscriptions.size === 0 && this.#rooms.get(roomId) === subscriptions) this.#rooms.delete(roomId);
      },
    });
    const subscription: Subscription = { subscriber, types, queue };
    subscriptions.add(subscription);
    return new LiveStream(subscriber);
  }

  /** Queues a webhook for the room's subscribers that want its type. */
  publish(roomId: string, event: WebhookEvent): void {
    const subscriptions = this.#rooms.get(roomId);
    if (subscriptions === undefined) return;
    const told = new Told(event, () => DELIVERY_BYTES);
    const queued = { told, bytes: JSON.stringify(event).length };
    for (const { subscriber, types, queue } of subscriptions) {
      if (types?.has(event.type) === false) continue;
      queue.push(queued);
      this.#shorten(queue);
      subscriber.wake();
    }
  }

  #shorten(queue: QueuedWebhook[]): void {
    let bytes = queue.reduce((sum, queued) => sum + queued.bytes, 0);
    while (queue.length > this.#queueSize || (queue.length > 1 && bytes > MAX_QUEUED_BYTES)) {
      bytes -= queue.shift()?.bytes ?? 0;
    }
  }

  /** Ends all subscriptions without an error. */
  end(): void {
    for (const subscriptions of this.#rooms.values()) {
      for (const { subscriber } of subscriptions) subscriber.end();
    }
  }
}
