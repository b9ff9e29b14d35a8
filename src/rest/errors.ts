// What can go wrong with a call of the REST API: one base class, one small class a kind. A message names the
// method and the route template and nothing that was sent or received, so that it may be logged as it is.

/** Which call an error is about. */
export interface Subject {
  readonly method: string;
  /** The route template, e.g. `/rooms/{room_id}`; never the path with its values. */
  readonly route: string;
}

export interface RestErrorContext extends Subject {
  readonly status?: number | undefined;
  readonly vendorCode?: number | undefined;
  readonly vendorMessage?: string | undefined;
  readonly details?: readonly string[] | undefined;
  readonly requestId?: string | undefined;
  readonly retryable?: boolean | undefined;
  readonly cause?: unknown;
}

/** A call that did not give what it promised. Everything thrown by this folder is one. */
export class RestError extends Error {
  override readonly name: string = 'RestError';
  readonly method: string;
  readonly route: string;
  /** The HTTP status, when an answer came. */
  readonly status: number | undefined;
  /** `code`, `message` and `details` of the vendor's error body; texts are cut to 500 characters. */
  readonly vendorCode: number | undefined;
  readonly vendorMessage: string | undefined;
  readonly details: readonly string[] | undefined;
  /** The answer's `x-request-id`. */
  readonly requestId: string | undefined;
  /** Whether the same call may succeed a little later. Says nothing about whether a write took effect. */
  readonly retryable: boolean;

  constructor(what: string, context: RestErrorContext) {
    super(
      `${context.method} ${context.route}: ${what}`,
      context.cause === undefined ? undefined : { cause: context.cause },
    );
    this.method = context.method;
    this.route = context.route;
    this.status = context.status;
    this.vendorCode = context.vendorCode;
    this.vendorMessage = context.vendorMessage;
    this.details = context.details;
    this.requestId = context.requestId;
    this.retryable = context.retryable ?? false;
  }
}

/** No complete answer in time: the total deadline, or the wait for headers or for the next part of the body. */
export class RestTimeoutError extends RestError {
  override readonly name = 'RestTimeoutError';

  constructor(what: string, context: RestErrorContext) {
    super(what, { retryable: true, ...context });
  }
}

/** The upstream can't be reached, hangs up before it answers, or answers 5xx. */
export class RestUnavailableError extends RestError {
  override readonly name = 'RestUnavailableError';

  constructor(what: string, context: RestErrorContext) {
    super(what, { retryable: true, ...context });
  }
}

/** The upstream answered 429, or is still paused by one. */
export class RestRateLimitedError extends RestError {
  override readonly name: string = 'RestRateLimitedError';
  /** When to try again, in seconds from now; at least 1. */
  readonly retryAfterSeconds: number;

  constructor(what: string, retryAfterMs: number, context: RestErrorContext) {
    super(what, { retryable: true, ...context });
    this.retryAfterSeconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  }
}

/** Our own budget of requests is spent and its queue full: the call was never sent. */
export class RestBudgetError extends RestRateLimitedError {
  override readonly name = 'RestBudgetError';
}

/** 401, also with a token made anew. */
export class RestUnauthorizedError extends RestError {
  override readonly name = 'RestUnauthorizedError';
}

/** 403: a real refusal (missing permission; on room codes also a disabled room). */
export class RestForbiddenError extends RestError {
  override readonly name = 'RestForbiddenError';
}

/** 404. */
export class RestNotFoundError extends RestError {
  override readonly name = 'RestNotFoundError';
}

/** 400 or another 4xx; without `status`: refused here, before it was sent, for a value that fits in no URL. */
export class RestRefusedError extends RestError {
  override readonly name = 'RestRefusedError';
}

/** An answer that is not what the API promises: another shape, HTML, cut, empty, a redirect. */
export class RestBadResponseError extends RestError {
  override readonly name: string = 'RestBadResponseError';
}

/** A body over the cap. A list may be asked again with a smaller page. */
export class RestBodyTooLargeError extends RestBadResponseError {
  override readonly name = 'RestBodyTooLargeError';
}

/** The caller's own signal ended its wait. Whether a write took effect is unknown. */
export class RestAbortedError extends RestError {
  override readonly name = 'RestAbortedError';
}
