// Sends one HTTP request and reads its answer: with the management token, over the connections of its family of endpoints. It
// does not repeat requests; attempts.ts decides when a request is sent.
import type { Dispatcher } from 'undici';
import { ManagementToken } from '../../auth/management-token.ts';
import { msBetween, systemClock, type Clock } from '../../clock.ts';
import { Secret } from '../../secret.ts';
import type { Span } from '../../trace.ts';
import type { RestError, Subject } from '../errors.ts';
import { RestBreakerOpenError, RestRateLimitedError, RestUnauthorizedError } from '../errors.ts';
import type { Answer } from '../shapes/answer.ts';
import { checkJson, parseAnswer } from '../shapes/answer.ts';
import { repairEvents, type Repair, type RepairEvent } from '../shapes/repair.ts';
import { beginCall, endOfCall } from './call-span.ts';
import type { Call } from './call.ts';
import type { ResponseEvent, RestClientOptions } from './client-options.ts';
import { Exchange, type ReadOptions } from './exchange.ts';
import { dateOf, failureOf, failureOfStatus, pauseOfUnavailable } from './failures.ts';
import type { Flight } from './flights.ts';
import { LargeBodies } from './large-bodies.ts';
import { LastAnswers, type ReadAnswer } from './last-answers.ts';
import { Pools } from './pools.ts';
import { headersWith } from './request.ts';

/** The upstream has asked for a pause of this many milliseconds, by its answer to `subject`. */
export type OnPause = (subject: Subject, forMs: number) => void;

/** The requests to one host. */
export class Sender {
  readonly #pools: Pools;
  readonly #origin: string;
  readonly #clock: Clock;
  readonly #maxBodyBytes: number;
  readonly #onResponse: ((event: ResponseEvent) => void) | undefined;
  readonly #onRepair: ((event: RepairEvent) => void) | undefined;
  readonly #onPause: OnPause;
  readonly #secret: Secret;
  readonly #token: ManagementToken;
  readonly #lastAnswers: LastAnswers;
  readonly #largeBodies = new LargeBodies();

  constructor(options: RestClientOptions, onPause: OnPause) {
    this.#origin = new URL(options.apiUrl).origin;
    this.#pools = new Pools(this.#origin, options);
    this.#clock = options.clock ?? systemClock;
    this.#maxBodyBytes = options.maxBodyBytes ?? 10_000_000;
    this.#onResponse = options.onResponse;
    this.#onRepair = options.onRepair;
    this.#onPause = onPause;
    this.#secret = options.secret;
    this.#token = new ManagementToken({ ...options, clock: this.#clock });
    this.#lastAnswers = new LastAnswers(options.lastAnswersBytes ?? 64_000_000);
  }

  /**
   * Sends the call once. Rejects with a RestError. A 401 drops the management token, a 429 (or a 503 with `Retry-After`) asks
   * for a pause. `gate`: see `ReadOptions`.
   */
  async send<T>(call: Call<T>, flight: Flight, gate: ReadOptions['gate']): Promise<T> {
    const { subject, onRead } = call;
    const { bearer, leaveOut } = call.request;
    const token = bearer === undefined ? await this.#token.get() : bearer;
    call.onCall?.();
    const startedAt = this.#clock.moment();
    const exchange = new Exchange({
      subject,
      maxBytes: this.#maxBodyBytes,
      leaveOut,
      onRead,
      gate,
      largeBodies: this.#largeBodies,
    });
    flight.onAbort((reason) => exchange.abort(reason));
    const span = beginCall(call.span, subject, this.#origin);
    let failure: RestError | undefined;
    try {
      const answer = await exchange.send(this.#pools.of(subject), this.#requestOf(call, token, span));
      return this.#conclude(call, token, answer);
    } catch (error) {
      failure = failureOf(error, subject, exchange.status);
      throw failure;
    } finally {
      const durationMs = msBetween(startedAt, this.#clock.moment());
      const { status = null } = exchange;
      span?.end(endOfCall(exchange.status, failure));
      // Else nothing was sent.
      if (!(failure instanceof RestBreakerOpenError))
        this.#onResponse?.({ ...subject, status, error: failure?.name ?? null, durationMs });
    }
  }

  /** Whether a call that was answered 401 may succeed with a new management token. */
  get isTokenRenewable(): boolean {
    return this.#token.isRenewable;
  }

  /** Closes all connections. */
  close(): Promise<void> {
    return this.#pools.destroy();
  }

  #requestOf(call: Call<unknown>, token: string | null, span: Span | null): Dispatcher.DispatchOptions {
    return {
      origin: this.#origin,
      path: call.target,
      method: call.subject.method,
      headers: headersWith(token, span?.headers),
      body: call.body,
      headersTimeout: call.request.deadlineMs ?? null,
    };
  }

  #conclude<T>(call: Call<T>, token: string | null, answer: Answer): T {
    const { subject } = call;
    const { status } = answer;
    if (status < 200 || status > 299) throw this.#refusal(call, token, answer);
    this.#token.accept();
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
    const pauseMs =
      failure instanceof RestRateLimitedError
        ? failure.retryAfterSeconds * 1000
        : pauseOfUnavailable(answer, this.#clock.now());
    if (pauseMs !== null) this.#onPause(subject, pauseMs);
    return failure;
  }
}
