// A subscription to the live core, from the side of the subscriber.
import type { Subscriber } from './subscriber.ts';
import type { Told } from './told.ts';

/**
 * An iterator over the events of one subscription. Its subscriber must call `return`. `told` gives the same events with what
 * other readers have made of them; use one of the two.
 */
export class LiveStream<E extends object> implements AsyncIterableIterator<E>, AsyncDisposable {
  /** The events as they are shared with the other readers of equal filters. */
  readonly told: Subscriber<Told<E>>;

  constructor(told: Subscriber<Told<E>>) {
    this.told = told;
  }

  /** See Subscriber. */
  async next(): Promise<IteratorResult<E>> {
    const result = await this.told.next();
    return result.done === true ? result : { done: false, value: result.value.event };
  }

  /** See Subscriber. */
  async return(): Promise<IteratorResult<E>> {
    await this.told.return();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.told.return();
  }
}
