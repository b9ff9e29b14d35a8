// One subscription to a channel: the source of the subscriber's events, with its reader and its view of the log.
import type { Clock } from '../../clock.ts';
import type { EventStamp } from '../changes.ts';
import type { LiveObserver } from '../observer.ts';
import type { Position } from './cursor.ts';
import type { Deliveries } from './deliveries.ts';
import { Reader } from './reader.ts';
import { Subscriber, type SubscriberOptions } from './subscriber.ts';
import type { Told } from './told.ts';
import type { View } from './view.ts';

/** The members of a channel that its subscriptions use. */
export interface SubscriptionOwner<E extends EventStamp> {
  readonly clock: Clock;
  /** The most bytes of earlier polls' events that a subscriber may leave unread; with more it is slow. */
  readonly backlogBytes: number;
  readonly deliveries: Deliveries;
  /** Its `onDelivered` is called for each event that a subscriber takes. */
  readonly observer: LiveObserver | undefined;
  remove(subscription: Subscription<E>): void;
}

/** Made by the channel, for one subscriber. */
export class Subscription<E extends EventStamp> implements SubscriberOptions<Told<E>> {
  readonly reader: Reader<E>;
  readonly view: View<E>;
  readonly subscriber: Subscriber<Told<E>>;
  /** Where to begin; read once. */
  readonly after: Position | null;
  readonly #channel: SubscriptionOwner<E>;

  constructor(channel: SubscriptionOwner<E>, view: View<E>, after: Position | null) {
    this.#channel = channel;
    this.view = view;
    this.after = after;
    this.reader = new Reader(view, channel.backlogBytes);
    this.subscriber = new Subscriber(this);
  }

  get deliveries(): Deliveries {
    return this.#channel.deliveries;
  }

  take(): Told<E> | undefined {
    return this.reader.take();
  }

  bytesOf(told: Told<E>): number {
    return told.deliveryBytes;
  }

  onTaken({ event }: Told<E>): void {
    const { observer, clock } = this.#channel;
    // The clock of another instance, which has seen the event, may be ahead.
    observer?.onDelivered?.(Math.max(0, clock.now() - event.at));
  }

  onEnd(): void {
    this.#channel.remove(this);
  }
}
