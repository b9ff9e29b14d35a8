// The client of the REST API: one connection pool, one budget and one management token per host, one total deadline per
// call. Identical reads in flight share one request. The client follows no redirects and caches nothing.
// Sources: the vendor's request guide (headers, errors) and undici's documentation of `request`.
import { Pool } from 'undici';
import type { Dispatcher } from 'undici';
import { ManagementToken } from '../../auth/management-token.ts';
import { momentAfter, msBetween, systemClock, type Clock, type Moment } from '../../clock.ts';
import { proxyAgentFor } from '../../proxy.ts';
import { Secret } from '../../secret.ts';
import type { Answer } from '../shapes/answer.ts';
import { parseAnswer, readAnswer } from '../shapes/answer.ts';
import { Budget } from './budget.ts';
import type { ResponseEvent, RestClientOptions } from './client-options.ts';
import type { Subject } from '../errors.ts';
import {
  RestBadResponseError,
  RestError,
  RestRateLimitedError,
  RestTimeoutError,
  RestUnauthorizedError,
  RestUnavailableError,
} from '../errors.ts';
import { dateOf, failureOfStatus, failureOfTransport } from './failures.ts';
import type { Flight } from './flights.ts';
import { Flights } from './flights.ts';
import { Permit } from './permit.ts';
import type { RestRequest } from './request.ts';
import { targetOf } from './request.ts';
import { repairEvents, type Repair, type RepairEvent } from '../shapes/repair.ts';
import { ShapeError } from '../shapes/shapes.ts';
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
    await this.#flights.share(null, { subject, signal, account, priority }, ({ urgency, signal: ended }) =>
      this.#budget.take({ subject, urgency, deadlineAt, isPatient: true }, ended),
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
    const call: Call<T> = {
      subject,
      target: targetOf(this.#basePath, subject, request),
      body: request.body === undefined ? null : JSON.stringify(request.body),
      request,
      options: { ...options, permit },
    };
    const { signal, account, priority = 'query' } = options;
    // A read with another token than the gateway's may have another answer, so it is not shared.
    const isShared = method === 'GET' && options.fresh !== true && request.bearer === undefined;
    const wait = { subject, signal, account, priority };
    return this.#flights.share(isShared ? keyOf(call) : null, wait, (flight) => this.#fly(call, flight));
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
      await this.#budget.take({ subject, urgency: flight.urgency, deadlineAt }, flight.signal);
    }
    const { bearer } = call.request;
    const token = bearer === undefined ? await this.#token.get() : bearer;
    call.options.onCall?.();
    const startedAt = this.#clock.moment();
    let status: number | undefined;
    let failure: RestError | undefined;
    try {
      const response = await this.#send(call, token, flight.signal);
      status = response.statusCode;
      const answer = await readAnswer(response, subject, {
        maxBytes: this.#maxBodyBytes,
        leaveOut: call.request.leaveOut,
        onRead: call.options.onRead,
      });
      return this.#conclude(call, token, answer);
    } catch (error) {
      failure = failureOf(error, subject, status);
      throw failure;
    } finally {
      const durationMs = msBetween(startedAt, this.#clock.moment());
      this.#onResponse?.({ ...subject, status: status ?? null, error: failure?.name ?? null, durationMs });
    }
  }

  #send(call: Call<unknown>, token: string | null, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    return this.#dispatcher.request({
      origin: this.#origin,
      path: call.target,
      method: call.subject.method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        accept: 'application/json',
        'content-type': 'application/json',
        'user-agent': 'hms-gateway',
      },
      body: call.body,
      signal,
      headersTimeout: call.request.deadlineMs ?? null,
    });
  }

  #conclude<T>(call: Call<T>, token: string | null, answer: Answer): T {
    const { subject } = call;
    const { status } = answer;
    if (status < 200 || status > 299) throw this.#refusal(call, token, answer);
    const { shape } = call.request;
    const parsed = parseAnswer(answer, subject);
    const code = shape.errorCodeIn(parsed);
    // An error that was sent as 200 is treated like the same error under its own status.
    if (code !== undefined) throw this.#refusal(call, token, { ...answer, status: Math.min(code, 599) });
    const repairs: Repair[] = [];
    const result = shape.read(parsed, (repair) => repairs.push(repair));
    for (const event of repairEvents(shape.operationId, repairs)) this.#onRepair?.(event);
    return result;
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

/** Reads of the same target share one request, if the same values may be left out of its answer. */
function keyOf({ target, request }: Call<unknown>): string {
  return request.leaveOut === undefined ? target : `${target} ${JSON.stringify(request.leaveOut)}`;
}

function failureOf(error: unknown, subject: Subject, status?: number): RestError {
  // undici rethrows the reason of an aborted flight, which is a RestError too.
  if (error instanceof RestError) return error;
  if (error instanceof ShapeError) {
    return new RestBadResponseError(`answered in another shape: ${error.message}`, { ...subject, status });
  }
  return failureOfTransport(error, subject, status);
}

function closedError(subject: Subject): RestUnavailableError {
  return new RestUnavailableError('the client is closed', { ...subject, retryable: false });
}

function poolOf(origin: string, options: RestClientOptions): Dispatcher {
  const limits = {
    connections: options.connections ?? 32,
    connectTimeout: options.connectTimeoutMs ?? 3000,
    headersTimeout: options.headersTimeoutMs ?? 8000,
    bodyTimeout: options.bodyTimeoutMs ?? 5000,
  };
  return proxyAgentFor(origin, options.proxy, limits) ?? new Pool(origin, limits);
}
