// Passes webhooks on to the subscribers of their rooms (`roomEvents`). Nothing is kept: a subscriber gets the webhooks
// that arrive after it subscribed.
import { Subscriber } from '../log/subscriber.ts';
import type { WebhookEvent } from './webhook-event.ts';

interface Subscription {
  readonly subscriber: Subscriber<WebhookEvent>;
  readonly types: ReadonlySet<string> | undefined;
}

/** One instance for the whole live core. */
export class EventBus {
  readonly #queueSize: number;
  readonly #rooms = new Map<string, Set<Subscription>>();

  /** `queueSize`: webhooks queued for one subscriber; when more arrive, the oldest is dropped. */
  constructor(queueSize: number) {
    this.#queueSize = queueSize;
  }

  /** Number of subscribers of all rooms. */
  get subscribers(): number {
    let count = 0;
    for (const subscriptions of this.#rooms.values()) count += subscriptions.size;
    return count;
  }

  /** Subscribes to a room's webhooks of the given types; undefined: of all types, undocumented ones included. */
  subscribe(roomId: string, types: ReadonlySet<string> | undefined): Subscriber<WebhookEvent> {
    const subscriptions = this.#rooms.get(roomId) ?? new Set();
    this.#rooms.set(roomId, subscriptions);
    const subscriber = new Subscriber<WebhookEvent>({
      queueSize: this.#queueSize,
      onEnd: () => {
        subscriptions.delete(subscription);
        if (subscriptions.size === 0 && this.#rooms.get(roomId) === subscriptions) this.#rooms.delete(roomId);
      },
    });
    const subscription: Subscription = { subscriber, types };
    subscriptions.add(subscription);
    return subscriber;
  }

  /** Queues a webhook for the room's subscribers that want its type. */
  publish(roomId: string, event: WebhookEvent): void {
    for (const { subscriber, types } of this.#rooms.get(roomId) ?? []) {
      if (types?.has(event.type) ?? true) subscriber.push(event);
    }
  }

  /** Ends all subscriptions without an error. */
  end(): void {
    for (const subscriptions of this.#rooms.values()) {
      for (const { subscriber } of subscriptions) subscriber.end();
    }
  }
}
