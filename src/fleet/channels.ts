// The subscriptions to Redis channels: the handlers of their messages. Subscribes again on each new connection.
import type { Redis } from 'ioredis';
import type { Clock } from '../clock.ts';
import { within } from './commands.ts';

type Handler = (message: string) => void;

/** How long an acknowledgement may take, in milliseconds. */
const ANSWER_MS = 1000;

/** The handlers by channel, and the connection that serves them all. */
export class Channels {
  readonly #handlers = new Map<string, Handler>();
  readonly #clock: Clock;
  readonly #onFault: (error: unknown) => void;
  /** Acknowledgements that are awaited. */
  readonly #acks = new Set<Promise<unknown>>();
  #client: Redis | null = null;

  /** `onFault` gets what a handler throws. */
  constructor(clock: Clock, onFault: (error: unknown) => void) {
    this.#clock = clock;
    this.#onFault = onFault;
  }

  /** Puts all subscriptions in place on a new connection. Rejects if Redis does not acknowledge them. */
  async attach(client: Redis): Promise<void> {
    this.#client = client;
    client.on('message', (channel: string, message: string) => this.#take(channel, message));
    const channels = [...this.#handlers.keys()];
    if (channels.length > 0) await within(client.subscribe(...channels), ANSWER_MS, this.#clock);
  }

  /** Resolves when no acknowledgement is awaited, of subscriptions that were asked for meanwhile either. */
  async settled(): Promise<void> {
    while (this.#acks.size > 0) await Promise.all(this.#acks);
  }

  /** The connection is over. */
  detach(): void {
    this.#client = null;
  }

  async subscribe(channel: string, handler: Handler): Promise<void> {
    this.#handlers.set(channel, handler);
    await this.#acknowledged(this.#client?.subscribe(channel));
  }

  async unsubscribe(channel: string): Promise<void> {
    if (this.#handlers.delete(channel)) await this.#acknowledged(this.#client?.unsubscribe(channel));
  }

  /** A connection that fails here is over soon, and the next one has the channels of `#handlers`. */
  async #acknowledged(answer: Promise<unknown> | undefined): Promise<void> {
    if (answer === undefined) return;
    const ack = within(answer, ANSWER_MS, this.#clock).catch(() => undefined);
    this.#acks.add(ack);
    await ack;
    this.#acks.delete(ack);
  }

  #take(channel: string, message: string): void {
    try {
      this.#handlers.get(channel)?.(message);
    } catch (error) {
      this.#onFault(error);
    }
  }
}
