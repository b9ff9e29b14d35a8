// Webhooks: the sandbox tells a URL what happens in its rooms, with the documented retries. A room's own webhook
// replaces the workspace's. Switches make deliveries as bad as a client must expect them to be.
import { Agent, request } from 'undici';
import type { Clock } from '../../clock.ts';
import type { RoomWebhook } from '../../openapi/types.ts';
import { compact } from '../compact.ts';
import type { SentWebhook } from './delivery-log.ts';
import { Emitter } from '../emitter.ts';
import { Ids } from '../ids.ts';
import { inSeconds } from '../instant.ts';
import { jobWebhookOf, type MediaWebhookContent } from '../media/job-webhooks.ts';
import { wait } from '../wait.ts';
import { webhookOf, type WebhookContent } from './webhook-events.ts';
import type { World } from '../live/world.ts';

/** Waits before the second, third and fourth try, each from the try before. */
const RETRY_DELAYS_MS = [1000, 3000, 10_000];
/** How long a try may take; the vendor documents none. */
const TIMEOUT_MS = 5000;
/** Events under way at once; what happens beyond is not sent, so that a receiver that hangs fills no memory. */
const MAX_PENDING = 1000;
/** Types whose documented samples have no `app_id`. */
const WITHOUT_APP_ID = /^(hls|beam|room\.end)\.|^peer\.leave\.failure$/;

type Content = WebhookContent | MediaWebhookContent;

/** Any webhook, such as those of the media families; `data.room_id` decides whose webhook takes it. */
export type AnyWebhook = SentWebhook;

/** A try that is over. */
export interface WebhookTry {
  readonly event: AnyWebhook;
  /** 1 to 4. */
  readonly attempt: number;
  /** Whether the receiver answered 200; if not, and it was not the last, the next try is due. */
  readonly isTaken: boolean;
}

export interface WebhookParts {
  readonly world: World;
  readonly clock: Clock;
  readonly seed: number;
  /** The workspace's webhook; undefined: only rooms have one. */
  readonly workspace: RoomWebhook | undefined;
  /** Aborts when the sandbox closes: nothing is sent any more. */
  readonly closed: AbortSignal;
}

export class Webhooks {
  /** Tells each try when it is over. */
  readonly tries = new Emitter<WebhookTry>();
  readonly #parts: WebhookParts;
  readonly #ids: Ids;
  readonly #agent = new Agent();
  readonly #stopListening: readonly (() => void)[];
  #pending = 0;
  #idle: (() => void)[] = [];
  /** By URL: first tries go one after another, so that without a switch events arrive in order. */
  readonly #queues = new Map<string, Promise<unknown>>();
  #toLose = 0;
  #toDouble = 0;
  #delays: number[] = [];
  #held: AnyWebhook[] = [];
  #toHold = 0;

  constructor(parts: WebhookParts) {
    this.#parts = parts;
    this.#ids = new Ids(`webhooks:${parts.seed}`);
    const tell = (content: Content | undefined): void => {
      if (content !== undefined) this.send(this.#enveloped(content));
    };
    const { world } = parts;
    this.#stopListening = [
      world.events.on((event) => tell(webhookOf(event))),
      world.jobs.events.on((event) => tell(jobWebhookOf(event, world))),
    ];
  }

  /** Sends an event as it is, as if it had happened; the switches and retries hold for it too. */
  send(event: AnyWebhook): void {
    if (this.#toHold > 0) {
      this.#held.push(event);
      this.#toHold -= 1;
      if (this.#toHold > 0) return;
      for (const held of this.#held.splice(0).toReversed()) this.#dispatch(held);
      return;
    }
    this.#dispatch(event);
  }

  /** Sends an event again, past the switches; true once a try was taken, false if none was or there is no URL. */
  async sendAgain(event: AnyWebhook): Promise<boolean> {
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

  /** The next `count` events are kept until all are there, then sent the last one first. */
  reverse(count: number): void {
    this.#toHold += count;
  }

  /** Resolves when nothing is under way and no retry waits; events that `reverse` keeps do not count. */
  idle(): Promise<void> {
    if (this.#pending === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** Sends nothing more and closes the connections. */
  async close(): Promise<void> {
    for (const stop of this.#stopListening) stop();
    await this.#agent.destroy();
  }

  #enveloped({ type, data }: Content): AnyWebhook {
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

  #dispatch(event: AnyWebhook): void {
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

  #targetOf(event: AnyWebhook): RoomWebhook | undefined {
    return this.#parts.world.rooms.all.get(event.data.room_id ?? '')?.webhook ?? this.#parts.workspace;
  }

  /** True once a try was taken, false when none was; either way it is in the log then. */
  async #deliver(target: RoomWebhook, event: AnyWebhook, delayMs: number): Promise<boolean> {
    const { clock, closed, world } = this.#parts;
    this.#pending += 1;
    if (delayMs > 0) await wait(clock, delayMs, closed);
    const before = this.#queues.get(target.url) ?? Promise.resolve();
    const first = before.then(() => this.#try(target, event, 1));
    this.#queues.set(target.url, first);
    let error = await first;
    for (const [index, retryMs] of RETRY_DELAYS_MS.entries()) {
      if (error === undefined || !(await wait(clock, retryMs, closed))) break;
      error = await this.#try(target, event, index + 2);
    }
    world.deliveries.add({ event, url: target.url, error, atMs: clock.now() });
    this.#pending -= 1;
    if (this.#pending === 0) for (const resolve of this.#idle.splice(0)) resolve();
    return error === undefined;
  }

  async #try(target: RoomWebhook, event: AnyWebhook, attempt: number): Promise<string | undefined> {
    const error = await this.#post(target, JSON.stringify(event));
    this.tries.emit({ event, attempt, isTaken: error === undefined });
    return error;
  }

  /** Undefined if the receiver answered 200; any other answer, and none, is a failure with its reason. */
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
