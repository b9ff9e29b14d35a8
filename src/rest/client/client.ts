// The client of the REST API: one connection pool, one budget and one management token per host, one total deadline per
// call. Identical reads in flight share one request. The client follows no redirects, and every read that does not share one
// in flight is sent. Source: the vendor's request guide (headers, errors).
import type { Dispatcher } from 'undici';
import { ManagementToken } from '../../auth/management-token.ts';
import { momentAfter, msBetween, systemClock, type Clock, type Moment } from '../../clock.ts';
import { Secret } from '../../secret.ts';
import type { Answer } from '../shapes/answer.ts';
import { checkJson, parseAnswer } from '../shapes/answer.ts';
import { Budget, type Ticket } from './budget.ts';
import type { ResponseEvent, RestClientOptions } from './client-options.ts';
import type { RestError, Subject } from '../errors.ts';
import {
  RestRateLimitedError,
  RestTimeoutError,
  RestUnauthorizedError,
  RestUnavailableError,
} from '../errors.ts';
import { Exchange } from './exchange.ts';
import { dateOf, failureOf, failureOfStatus } from './failures.ts';
import type { Flight } from './flights.ts';
import { Flights } from './flights.ts';
import { LastAnswers, type ReadAnswer } from './last-answers.ts';
import { Permit } from './permit.ts';
import { poolOf } from './pool.ts';
import type { RestRequest } from './request.ts';
import { headersWith, targetOf } from './request.ts';
import { repairEvents, type Repair, type RepairEvent } from '../shapes/repair.ts';
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
   * Waits for its turn in the budget without a deadline and without being refused; the deadline begins when it may be
   * sent. For the gateway's own polls, whose number their scheduler bounds. Default false.
   */
  readonly isPatient?: boolean | undefined;
  /** A turn that was waited for before, by `RestClient.permit`. Default: the call waits for its own turn. */
  readonly permit?: Permit | undefined;
  /** Called once per HTTP request sent for this caller; not when the caller joins a request in flight. */
  readonly onCall?: (() => void) | undefined;
  /** Called with the bytes of the body of each answer to a request that was sent for this caller. */
  readonly onRead?: ((bytes: number) => void) | undefined;
}

/** A prepared request, without its callers. */
interface Call<T> {
  readonly subject: Subject;
  readonly target: string;
  /** The key of the reads that have the same answer at the same time; null: none has. */
  readonly key: string | null;
  readonly body: string | null;
  readonly request: RestRequest<T>;
  readonly options: CallOptions;
}

/**
 * One host of the REST API. Every method rejects with a `RestError`.
 * `close` ends all calls in flight; calls after it are refused with `RestUnavailableError`.
 */
export class RestClient implements AsyncDisposable {
  readonly #dispatcher: Dispatcher;
  readonly #ownPool: Dispatcher | null;
  readonly #origin: string;
  readonly #basePath: string;
  readonly #clock: Clock;
  readonly #deadlineMs: number;
  readonly #maxBodyBytes: number;
  readonly #onResponse: ((event: ResponseEvent) => void) | undefined;
  readonly #onRepair: ((event: RepairEvent) => void) | undefined;
  readonly #secret: Secret;
  readonly #token: ManagementToken;
  readonly #budget: Budget;
  readonly #flights = new Flights();
  readonly #lastAnswers: LastAnswers;
  #closed = false;

  constructor(options: RestClientOptions) {
    const url = new URL(options.apiUrl);
    this.#origin = url.origin;
    this.#basePath = url.pathname.replace(/\/+$/, '');
    this.#clock = options.clock ?? systemClock;
    this.#deadlineMs = options.deadlineMs ?? 10_000;
    this.#maxBodyBytes = options.maxBodyBytes ?? 10_000_000;
    this.#onResponse = options.onResponse;
    this.#onRepair = options.onRepair;
    this.#secret = options.secret;
    this.#lastAnswers = new LastAnswers(options.lastAnswersBytes ?? 64_000_000);
    this.#token = new ManagementToken({ ...options, clock: this.#clock });
    this.#budget = new Budget({
      clock: this.#clock,
      requestsPerSecond: options.requestsPerSecond ?? 50,
      observer: options.budgetObserver,
    });
    this.#ownPool = options.dispatcher === undefined ? poolOf(url.origin, options) : null;
    this.#dispatcher = options.dispatcher ?? this.#ownPool ?? poolOf(url.origin, options);
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
   * a pause longer than a call's deadline, and with `RestAbortedError` when the signal aborts.
   */
  async permit(
    method: string,
    route: string,
    { signal, account, priority = 'query' }: Pick<CallOptions, 'signal' | 'account' | 'priority'>,
  ): Promise<Permit> {
    const subject: Subject = { method, route };
    if (this.#closed) throw closedError(subject);
    const deadlineAt = momentAfter(this.#clock.moment(), this.#deadlineMs);
    await this.#flights.share(null, { subject, signal, account, priority }, async (flight) =>
      this.#turn({ subject, urgency: flight.urgency, deadlineAt, isPatient: true }, flight),
    );
    return new Permit();
  }

  /** Number of calls that wait for their turn in the budget. */
  waiting(priority: Priority): number {
    return this.#budget.waiting(priority);
  }

  /** Ends calls in flight with `RestUnavailableError` and closes the connections. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#flights.abortAll(closedError);
    await this.#ownPool?.destroy();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #write<T>(method: string, request: RestRequest<T>, options: CallOptions): Promise<T> {
    try {
      return await this.#call(method, request, { priority: 'mutation', ...options });
    } finally {
      this.#flights.seal();
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
    const call: Call<T> = {
      subject,
      target,
      key: isAlike ? keyOf(target, request) : null,
      body: request.body === undefined ? null : JSON.stringify(request.body),
      request,
      options: { ...options, permit },
    };
    const { signal, account, priority = 'query' } = options;
    const wait = { subject, signal, account, priority };
    return this.#flights.share(options.fresh === true ? null : call.key, wait, (flight) =>
      this.#fly(call, flight),
    );
  }

  /** One call within its deadline: queue, request, checked answer; a second attempt after a 401. */
  async #fly<T>(call: Call<T>, flight: Flight): Promise<T> {
    const { subject } = call;
    const deadlineMs = call.request.deadlineMs ?? this.#deadlineMs;
    const deadlineAt = momentAfter(this.#clock.moment(), deadlineMs);
    const cancelDeadline = this.#clock.schedule(
      () => flight.abort(new RestTimeoutError(`not answered within ${deadlineMs} ms`, subject)),
      deadlineMs,
    );
    try {
      return await this.#attempt(call, flight, deadlineAt);
    } catch (error) {
      if (!(error instanceof RestUnauthorizedError) || call.request.bearer !== undefined) throw error;
      return await this.#attempt(call, flight, deadlineAt);
    } finally {
      cancelDeadline();
    }
  }

  /** One HTTP request. A 401 drops the management token, a 429 holds back its family of endpoints. */
  async #attempt<T>(call: Call<T>, flight: Flight, deadlineAt: Moment): Promise<T> {
    const { subject } = call;
    if (call.options.permit?.spend() !== true) {
      await this.#turn({ subject, urgency: flight.urgency, deadlineAt }, flight);
    }
    const { bearer } = call.request;
    const token = bearer === undefined ? await this.#token.get() : bearer;
    call.options.onCall?.();
    const startedAt = this.#clock.moment();
    const { leaveOut } = call.request;
    const { onRead } = call.options;
    const exchange = new Exchange({ subject, maxBytes: this.#maxBodyBytes, leaveOut, onRead });
    flight.onAbort((reason) => exchange.abort(reason));
    let failure: RestError | undefined;
    try {
      const answer = await exchange.send(this.#dispatcher, this.#requestOf(call, token));
      return this.#conclude(call, token, answer);
    } catch (error) {
      failure = failureOf(error, subject, exchange.status);
      throw failure;
    } finally {
      const durationMs = msBetween(startedAt, this.#clock.moment());
      const { status = null } = exchange;
      this.#onResponse?.({ ...subject, status, error: failure?.name ?? null, durationMs });
    }
  }

  /** Takes a turn in the budget; resolves when the request may be sent. */
  async #turn(ticket: Ticket, flight: Flight): Promise<void> {
    if (flight.reason !== null) throw flight.reason;
    if (!this.#budget.takeAtOnce(ticket)) await this.#budget.take(ticket, flight.signal);
  }

  #requestOf(call: Call<unknown>, token: string | null): Dispatcher.DispatchOptions {
    return {
      origin: this.#origin,
      path: call.target,
      method: call.subject.method,
      headers: headersWith(token),
      body: call.body,
      headersTimeout: call.request.deadlineMs ?? null,
    };
  }

  #conclude<T>(call: Call<T>, token: string | null, answer: Answer): T {
    const { subject } = call;
    const { status } = answer;
    if (status < 200 || status > 299) throw this.#refusal(call, token, answer);
    checkJson(answer, subject);
    const { key, request } = call;
    const { shape } = request;
    const equal = key === null ? undefined : this.#lastAnswers.equalTo(key, shape, answer.body);
    if (equal !== undefined) return this.#report(equal);
    const parsed = parseAnswer(answer, subject);
    const code = shape.errorCodeIn(parsed);
    // An error that was sent as 200 is treated like the same error under its own status.
    if (code !== undefined) throw this.#refusal(call, token, { ...answer, status: Math.min(code, 599) });
    const repairs: Repair[] = [];
    const value = shape.read(parsed, (repair) => repairs.push(repair));
    const read = { shape, value, repairs: repairEvents(shape.operationId, repairs) };
    if (key !== null) this.#lastAnswers.keep(key, answer.body, read);
    return this.#report(read);
  }

  /** Reports the repairs of an answer, and returns its value. */
  #report<T>({ value, repairs }: ReadAnswer<T>): T {
    for (const event of repairs) this.#onRepair?.(event);
    return value;
  }

  #refusal(call: Call<unknown>, token: string | null, answer: Answer): RestError {
    const { subject } = call;
    const secrets = token === null ? [this.#secret] : [this.#secret, new Secret(token)];
    const failure = failureOfStatus(answer, subject, this.#clock.now(), secrets);
    if (failure instanceof RestUnauthorizedError && token !== null) this.#token.reject(token, dateOf(answer));
    if (failure instanceof RestRateLimitedError)
      this.#budget.pause(subject, failure.retryAfterSeconds * 1000);
    return failure;
  }
}

/** Reads of the same target have the same answer, if the same values may be left out of it. */
function keyOf(target: string, { leaveOut }: RestRequest<unknown>): string {
  return leaveOut === undefined ? target : `${target} ${JSON.stringify(leaveOut)}`;
}

function closedError(subject: Subject): RestUnavailableError {
  return new RestUnavailableError('the client is closed', { ...subject, retryable: false });
}
