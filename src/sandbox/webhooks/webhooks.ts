// Sends webhooks about rooms to a URL, with the documented retries. A room's own webhook replaces the workspace's.
// Tests can make deliveries fail in the ways that a receiver must expect: lost, duplicated, late, out of order.
import { Agent, request } from 'undici';
import type { Clock } from '../../clock.ts';
import type { RoomWebhook } from '../../openapi/types.ts';
import { compact } from '../compact.ts';
import type { SentWebhook } from './delivery-log.ts';
import { Emitter } from '../emitter.ts';
import { Ids } from '../ids.ts';
import { inSeconds } from '../instant.ts';
import { jobWebhookFrom, type MediaWebhookContent } from '../media/job-webhooks.ts';
import { wait } from '../wait.ts';
import { webhookFrom, type WebhookContent } from './webhook-events.ts';
import type { World } from '../live/world.ts';

/** Delays of the second, third and fourth attempt, each after the end of the attempt before. */
const RETRY_DELAYS_MS = [1000, 3000, 10_000];
/** Limit for one attempt. The vendor does not document one. */
const TIMEOUT_MS = 5000;
/** The maximum of pending deliveries. Events beyond it are dropped, so that a hanging receiver cannot fill the memory. */
const MAX_PENDING = 1000;
/** Event types whose documented samples have no `app_id`. */
const WITHOUT_APP_ID = /^(hls|beam|room\.end)\.|^peer\.leave\.failure$/;

type Content = WebhookContent | MediaWebhookContent;

/** A finished attempt to deliver an event. */
export interface WebhookAttempt {
  readonly event: SentWebhook;
  /** 1 to 4. */
  readonly attempt: number;
  /** Whether the receiver answered 200. If not, the next attempt follows, up to the fourth. */
  readonly isAccepted: boolean;
}

/** The state and the services that webhooks use. */
export interface WebhookParts {
  readonly world: World;
  readonly clock: Clock;
  readonly seed: number;
  /** Receives the events of rooms without a webhook of their own. Undefined: those events are not sent. */
  readonly workspace: RoomWebhook | undefined;
  /** Aborts when the sandbox closes; retries and delays end. */
  readonly closed: AbortSignal;
}

/** Sends the webhooks of one sandbox. */
export class Webhooks {
  /** Emits each attempt when it has finished. */
  readonly attempts = new Emitter<WebhookAttempt>();
  readonly #parts: WebhookParts;
  readonly #ids: Ids;
  readonly #agent = new Agent();
  readonly #stopListening: readonly (() => void)[];
  #pending = 0;
  #idle: (() => void)[] = [];
  /** By URL: the first attempts run one after another, so that events normally arrive in order. */
  readonly #queues = new Map<string, Promise<unknown>>();
  #toLose = 0;
  #toDouble = 0;
  #delays: number[] = [];
  #held: SentWebhook[] = [];
  #toHold = 0;

  constructor(parts: WebhookParts) {
    this.#parts = parts;
    this.#ids = new Ids(`webhooks:${parts.seed}`);
    const sendContent = (content: Content | undefined): void => {
      if (content !== undefined) this.send(this.#enveloped(content));
    };
    const { world } = parts;
    this.#stopListening = [
      world.events.on((event) => sendContent(webhookFrom(event))),
      world.jobs.events.on((event) => sendContent(jobWebhookFrom(event, world))),
    ];
  }

  /** Sends an event that a test has made. `lose`, `double`, `delay` and `reverse` apply to it, and so do retries. */
  send(event: SentWebhook): void {
    if (this.#toHold > 0) {
      this.#held.push(event);
      this.#toHold -= 1;
      if (this.#toHold > 0) return;
      for (const held of this.#held.splice(0).toReversed()) this.#dispatch(held);
      return;
    }
    this.#dispatch(event);
  }

  /** Sends an event again, with retries but unaffected by `lose`, `double`, `delay` and `reverse`. False if no attempt
   * was accepted or there is no URL. */
  async sendAgain(event: SentWebhook): Promise<boolean> {
    const target = this.#targetOf(event);
    return target === undefined ? false : this.#deliver(target, event, 0);
  }

  /** The next `count` events are never sent. */
  lose(count: number): void {
    this.#toLose += count;
  }

  /** The next `count` events are sent twice. */
  double(count: number): void {
    this.#toDouble += count;
  }

  /** The next `count` events are sent `ms` later; others overtake them. */
  delay(ms: number, count: number): void {
    this.#delays.push(...Array.from({ length: count }, () => ms));
  }

  /** The next `count` events are held back until the last of them, then sent in reverse order. */
  reverse(count: number): void {
    this.#toHold += count;
  }

  /** Resolves when no delivery or retry is pending. Events held back by `reverse` do not count. */
  idle(): Promise<void> {
    if (this.#pending === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** Stops sending and destroys the connections to receivers. */
  async close(): Promise<void> {
    for (const stop of this.#stopListening) stop();
    await this.#agent.destroy();
  }

  #enveloped({ type, data }: Content): SentWebhook {
    const { world, clock } = this.#parts;
    return compact({
      version: '2.0',
      id: this.#ids.uuid(),
      account_id: world.customerId,
      app_id: WITHOUT_APP_ID.test(type) ? undefined : world.appId,
      timestamp: inSeconds({ ms: clock.now(), nanos: 0 }),
      type,
      data,
    });
  }

  #dispatch(event: SentWebhook): void {
    const target = this.#targetOf(event);
    if (target === undefined || this.#pending >= MAX_PENDING) return;
    if (this.#toLose > 0) {
      this.#toLose -= 1;
      return;
    }
    const copies = this.#toDouble > 0 ? 2 : 1;
    this.#toDouble = Math.max(0, this.#toDouble - 1);
    const delayMs = this.#delays.shift() ?? 0;
    for (let copy = 0; copy < copies; copy += 1) void this.#deliver(target, event, delayMs);
  }

  #targetOf(event: SentWebhook): RoomWebhook | undefined {
    return this.#parts.world.rooms.all.get(event.data.room_id ?? '')?.webhook ?? this.#parts.workspace;
  }

  /** Resolves to whether an attempt was accepted, after the outcome has been logged. */
  async #deliver(target: RoomWebhook, event: SentWebhook, delayMs: number): Promise<boolean> {
    const { clock, closed, world } = this.#parts;
    this.#pending += 1;
    if (delayMs > 0) await wait(clock, delayMs, closed);
    const before = this.#queues.get(target.url) ?? Promise.resolve();
    const first = before.then(() => this.#attempt(target, event, 1));
    this.#queues.set(target.url, first);
    let error = await first;
    for (const [index, retryMs] of RETRY_DELAYS_MS.entries()) {
      if (error === undefined || !(await wait(clock, retryMs, closed))) break;
      error = await this.#attempt(target, event, index + 2);
    }
    world.deliveries.add({ event, url: target.url, error, atMs: clock.now() });
    this.#pending -= 1;
    if (this.#pending === 0) for (const resolve of this.#idle.splice(0)) resolve();
    return error === undefined;
  }

  async #attempt(target: RoomWebhook, event: SentWebhook, attempt: number): Promise<string | undefined> {
    const error = await this.#post(target, JSON.stringify(event));
    this.attempts.emit({ event, attempt, isAccepted: error === undefined });
    return error;
  }

  /** Undefined if the receiver answered 200, else the reason of the failure. */
  async #post({ url, headers }: RoomWebhook, body: string): Promise<string | undefined> {
    const timeout = new AbortController();
    const cancel = this.#parts.clock.schedule(() => timeout.abort(), TIMEOUT_MS);
    try {
      const answer = await request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
        dispatcher: this.#agent,
        signal: timeout.signal,
      });
      await answer.body.dump();
      return answer.statusCode === 200 ? undefined : `status ${answer.statusCode}`;
    } catch {
      return timeout.signal.aborted ? 'timeout' : 'connection failed';
    } finally {
      cancel();
    }
  }
}
