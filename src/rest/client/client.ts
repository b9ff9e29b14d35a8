// The client of the REST API: one budget and one management token per host, connections and a circuit breaker per family of
// endpoints, one total deadline per call. Identical reads in flight share one request. The client follows no redirects.
// docs/upstream.md explains each policy. Source: the vendor's request guide (headers, errors).
import { systemClock } from '../../clock.ts';
import type { Span } from '../../trace.ts';
import type { StaleObject } from '../catalog/stale.ts';
import type { Subject } from '../errors.ts';
import { RestBreakerOpenError, RestUnavailableError } from '../errors.ts';
import { Attempts } from './attempts.ts';
import { Budget } from './budget.ts';
import type { Pace } from './budget-options.ts';
import type { Call } from './call.ts';
import type { ClientNews } from './client-news.ts';
import type { RestClientOptions } from './client-options.ts';
import { familyOf } from './families.ts';
import { Flights } from './flights.ts';
import { Health } from './health.ts';
import { Permit } from './permit.ts';
import type { RestRequest } from './request.ts';
import { targetOf } from './request.ts';
import { Sender } from './sender.ts';
import type { Priority } from './urgency.ts';

/** The options of one call. */
export interface CallOptions {
  /** The caller's signal. Ends the caller's wait; ends the request only when no other caller waits for it. */
  readonly signal?: AbortSignal | undefined;
  /** Order in the queue of the budget. Default: `query` for reads, `mutation` for writes. */
  readonly priority?: Priority | undefined;
  /** The account that takes a turn in the queue of the budget. Default: the gateway itself. */
  readonly account?: string | undefined;
  /** Does not join a read in flight, so the answer is not older than this call. Default false. */
  readonly fresh?: boolean | undefined;
  /**
   * Waits for its turn in the budget without a deadline and is never refused; its deadline begins when it may be sent. For the
   * gateway's own polls, whose number is limited by their scheduler. Default false.
   */
  readonly isPatient?: boolean | undefined;
  /** A turn that `RestClient.permit` has waited for already. Default: the call waits for its own turn. */
  readonly permit?: Permit | undefined;
  /** Called once per HTTP request sent for this caller; not when the caller joins a request in flight. */
  readonly onCall?: (() => void) | undefined;
  /**
   * If set, objects from the catalog's memory are accepted while the upstream is out, and each is reported to this function.
   * Default: the error.
   */
  readonly onStale?: ((object: StaleObject) => void) | undefined;
  /** Called with the bytes of the body of each answer to a request that was sent for this caller. */
  readonly onRead?: ((bytes: number) => void) | undefined;
  /** The span of the caller; requests that are sent for this caller are parts of it. */
  readonly span?: Span | null | undefined;
}

/**
 * One host of the REST API. Every method rejects with a `RestError`.
 * `close` ends all calls in flight; calls after it are refused with `RestUnavailableError`.
 */
export class RestClient implements AsyncDisposable {
  readonly #basePath: string;
  readonly #budget: Budget;
  readonly #health: Health;
  readonly #sender: Sender;
  readonly #attempts: Attempts;
  readonly #flights = new Flights();
  readonly #onNews: ((news: ClientNews) => void) | undefined;
  #closed = false;

  constructor(options: RestClientOptions) {
    const { clock = systemClock, faultObserver: observer, random = Math.random, onNews } = options;
    this.#onNews = onNews;
    this.#basePath = new URL(options.apiUrl).pathname.replace(/\/+$/, '');
    this.#budget = new Budget({
      clock,
      requestsPerSecond: options.requestsPerSecond ?? 50,
      observer: options.budgetObserver,
    });
    this.#health = new Health({
      clock,
      breakerFailures: options.breakerFailures,
      random,
      onBreaker: (family, state) => {
        observer?.onBreaker?.(family, state);
        // Waiting calls would take turns from other families, only to be refused afterwards.
        if (state !== 'open') return;
        this.#budget.refuse(family, (subject) => {
          observer?.onBreakerRefusal?.(family);
          return new RestBreakerOpenError(subject);
        });
      },
      onBreakerNews: onNews && ((breaker, state) => onNews({ breaker, state })),
    });
    this.#sender = new Sender(options, (subject, forMs) => {
      const paused = familyOf(subject);
      this.#budget.pause(paused, forMs);
      onNews?.({ paused, forMs });
    });
    this.#attempts = new Attempts({
      clock,
      budget: this.#budget,
      health: this.#health,
      sender: this.#sender,
      observer,
      queueMs: options.queueMs ?? 10_000,
      deadlineMs: options.deadlineMs ?? 5000,
    });
  }

  /** Reads. Joins an identical read in flight, unless `fresh` or a `bearer` is set. */
  get<T>(request: RestRequest<T>, options: CallOptions = {}): Promise<T> {
    return this.#call('GET', request, { priority: 'query', ...options });
  }

  /** Writes. Never shared, never sent twice except after a 401, which proves that nothing was done. */
  post<T>(request: RestRequest<T>, options: CallOptions = {}): Promise<T> {
    return this.#write('POST', request, options);
  }

  /** Writes, like `post`. */
  delete<T>(request: RestRequest<T>, options: CallOptions = {}): Promise<T> {
    return this.#write('DELETE', request, options);
  }

  /**
   * Waits for a turn in the budget, however long it takes, for one later call of `route` with `CallOptions.permit`: so its
   * holder can decide at the last moment what to ask. Rejects with `RestRateLimitedError` when the upstream has asked for
   * a pause longer than a call may wait, with `RestBreakerOpenError` while the breaker of the route's family is open, and with
   * `RestAbortedError` when the signal aborts.
   */
  async permit(
    method: string,
    route: string,
    { signal, account, priority = 'query' }: Pick<CallOptions, 'signal' | 'account' | 'priority'>,
  ): Promise<Permit> {
    const subject: Subject = { method, route };
    if (this.#closed) throw closedError(subject);
    await this.#flights.share(null, { subject, signal, account, priority }, (flight) =>
      this.#attempts.waitForTurn(subject, flight),
    );
    return new Permit();
  }

  /** Number of calls that wait for their turn in the budget, of one priority or of all. */
  waiting(priority?: Priority): number {
    return this.#budget.waiting(priority);
  }

  /** Number of calls that have taken a turn in the budget since the start. */
  get sent(): number {
    return this.#budget.sent;
  }

  /** The pace of the budget now. */
  get requestsPerSecond(): number {
    return this.#budget.requestsPerSecond;
  }

  /** Changes the pace of the budget from now on. */
  setPace(pace: Pace): void {
    this.#budget.setPace(pace);
  }

  /** Applies news from another instance's client of the same host. The news is not passed on. */
  hear(news: ClientNews): void {
    if ('paused' in news) this.#budget.pause(news.paused, news.forMs);
    else if ('breaker' in news) this.#health.ofFamily(news.breaker).breaker.hear(news.state);
    else this.#flights.seal();
  }

  /** Ends calls in flight with `RestUnavailableError` and closes the connections. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#flights.abortAll(closedError);
    this.#health.stop();
    await this.#sender.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #write<T>(method: string, request: RestRequest<T>, options: CallOptions): Promise<T> {
    try {
      return await this.#call(method, request, { priority: 'mutation', ...options });
    } finally {
      this.#flights.seal();
      this.#onNews?.({ wrote: true });
    }
  }

  async #call<T>(method: string, request: RestRequest<T>, options: CallOptions): Promise<T> {
    const subject: Subject = { method, route: request.route };
    if (this.#closed) throw closedError(subject);
    const permit =
      options.permit ?? (options.isPatient ? await this.permit(method, request.route, options) : undefined);
    const target = targetOf(this.#basePath, subject, request);
    // A read with another token than the gateway's may have another answer.
    const isAlike = method === 'GET' && request.bearer === undefined;
    const { signal, account, priority = 'query', onCall, onRead, span } = options;
    const call: Call<T> = {
      subject,
      target,
      key: isAlike ? keyOf(target, request) : null,
      body: request.body === undefined ? null : JSON.stringify(request.body),
      request,
      onCall,
      onRead,
      span,
    };
    const wait = { subject, signal, account, priority };
    return this.#flights.share(options.fresh === true ? null : call.key, wait, (flight) =>
      this.#attempts.make(call, flight, permit),
    );
  }
}

/** Reads of the same target have the same answer if the same values may be left out. */
function keyOf(target: string, { leaveOut }: RestRequest<unknown>): string {
  return leaveOut === undefined ? target : `${target} ${JSON.stringify(leaveOut)}`;
}

function closedError(subject: Subject): RestUnavailableError {
  return new RestUnavailableError('the client is closed', { ...subject, retryable: false });
}
