// Webhooks republished to whoever watches their room. Nothing is kept: who comes later hears what comes later.
import { Subscriber } from '../log/subscriber.ts';
import type { WebhookEvent } from './webhook-event.ts';

interface Listener {
  readonly subscriber: Subscriber<WebhookEvent>;
  readonly types: ReadonlySet<string> | undefined;
}

export class EventBus {
  readonly #queueSize: number;
  readonly #rooms = new Map<string, Set<Listener>>();

  /** `queueSize`: events that wait for one slow reader; it then loses the oldest. */
  constructor(queueSize: number) {
    this.#queueSize = queueSize;
  }

  get subscribers(): number {
    let count = 0;
    for (const listeners of this.#rooms.values()) count += listeners.size;
    return count;
  }

  subscribe(roomId: string, types: ReadonlySet<string> | undefined): Subscriber<WebhookEvent> {
    const listeners = this.#rooms.get(roomId) ?? new Set();
    this.#rooms.set(roomId, listeners);
    const subscriber = new Subscriber<WebhookEvent>({
      size: this.#queueSize,
      onEnd: () => {
        listeners.delete(listener);
        if (listeners.size === 0 && this.#rooms.get(roomId) === listeners) this.#rooms.delete(roomId);
      },
    });
    const listener: Listener = { subscriber, types };
    listeners.add(listener);
    return subscriber;
  }

  publish(roomId: string, event: WebhookEvent): void {
    for (const { subscriber, types } of this.#rooms.get(roomId) ?? []) {
      if (types?.has(event.type) ?? true) subscriber.push(event);
    }
  }

  /** Ends all readers. */
  end(): void {
    for (const listeners of this.#rooms.values()) {
      for (const { subscriber } of listeners) subscriber.end();
    }
  }
}
