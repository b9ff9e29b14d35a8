// Turns an error status or a broken connection into a RestError; no other file does this. Sources: the vendor's request guide for
// the error body, its analytics pages for the wait in the text of a 429.
import { errors } from 'undici';
import { redact, type Secret } from '../../secret.ts';
import type { Answer } from '../shapes/answer.ts';
import { headerOf } from '../shapes/answer.ts';
import { ShapeError } from '../shapes/shapes.ts';
import { MAX_PAUSE_MS } from './pauses.ts';
import type { RestErrorContext, Subject } from '../errors.ts';
import {
  RestBadResponseError,
  RestError,
  RestForbiddenError,
  RestNotFoundError,
  RestRateLimitedError,
  RestRefusedError,
  RestTimeoutError,
  RestUnauthorizedError,
  RestUnavailableError,
} from '../errors.ts';

const MAX_TEXT = 500;
/** Pause after a 429 without a wait, in milliseconds. */
const DEFAULT_RETRY_MS = 1000;

/** The error for an answer whose status is not 2xx. Its texts are redacted: no JWT and none of `secrets` remains. */
export function failureOfStatus(
  answer: Answer,
  subject: Subject,
  nowMs: number,
  secrets: readonly Secret[],
): RestError {
  const { status } = answer;
  const context: RestErrorContext = {
    ...subject,
    status,
    ...vendorError(answer.body.toString('utf8'), secrets),
    requestId: tidy(headerOf(answer, 'x-request-id'), secrets),
  };
  const what = `answered ${status}`;
  if (status === 401) return new RestUnauthorizedError(what, context);
  if (status === 403) return new RestForbiddenError(what, context);
  if (status === 404) return new RestNotFoundError(what, context);
  if (status === 429) return new RestRateLimitedError(what, pauseMs(answer, context, nowMs), context);
  if (status >= 400 && status < 500) return new RestRefusedError(what, context);
  if (status >= 500) return new RestUnavailableError(what, context);
  return new RestBadResponseError(`${what}, which is not followed`, context);
}

/** The RestError for any failure of a request. `status` is that of its answer, if it had begun. */
export function failureOf(error: unknown, subject: Subject, status?: number): RestError {
  if (error instanceof RestError) return error;
  if (error instanceof ShapeError) {
    return new RestBadResponseError(`answered in another shape: ${error.message}`, { ...subject, status });
  }
  return failureOfTransport(error, subject, status);
}

/** The error for a request without a complete answer. `status` is set when the connection broke after the headers. */
function failureOfTransport(cause: unknown, subject: Subject, status?: number): RestError {
  const code = codeOf(cause);
  const notHttp = cause instanceof errors.HTTPParserError || cause instanceof errors.HeadersOverflowError;
  // The HTTP parser's error holds the bytes that it received, which may contain secrets: it is not kept as the cause.
  const context: RestErrorContext = { ...subject, status, ...(notHttp ? {} : { cause }) };
  if (code === 'UND_ERR_HEADERS_TIMEOUT')
    return new RestTimeoutError('did not begin to answer in time', context);
  if (code === 'UND_ERR_BODY_TIMEOUT')
    return new RestTimeoutError('stopped in the middle of its answer', context);
  if (notHttp) return new RestBadResponseError('answered with something that is not HTTP', context);
  if (status !== undefined) {
    return new RestBadResponseError('broke off in the middle of its answer', { ...context, retryable: true });
  }
  return new RestUnavailableError(`can't be reached (${code})`, context);
}

/** The answer's `Date` header in milliseconds; undefined when missing or unreadable. */
export function dateOf(answer: Answer): number | undefined {
  const ms = Date.parse(headerOf(answer, 'date') ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}

function codeOf(cause: unknown): string {
  const code: unknown = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
}

/** The pause that a 503 asks for by `Retry-After`, in milliseconds, at most 120 000; null: none. */
export function pauseOfUnavailable(answer: Answer, nowMs: number): number | null {
  const ms = answer.status === 503 ? waitInHeader(answer, nowMs) : undefined;
  return ms === undefined ? null : Math.min(ms, MAX_PAUSE_MS);
}

/** The pause that a 429 asks for, in milliseconds, at most 120 000: a date is compared with clocks that may be wrong. */
function pauseMs(answer: Answer, context: RestErrorContext, nowMs: number): number {
  return Math.min(retryAfterMs(answer, context, nowMs), MAX_PAUSE_MS);
}

/** The wait in milliseconds: from `Retry-After`, else from the error's text ("retry after 45 seconds"), else a second. */
function retryAfterMs(answer: Answer, context: RestErrorContext, nowMs: number): number {
  const texts = [context.vendorMessage, ...(context.details ?? [])].join(' ');
  return waitInHeader(answer, nowMs) ?? waitInText(texts) ?? DEFAULT_RETRY_MS;
}

/** Milliseconds of `Retry-After`, in seconds or as a date; undefined when missing or unreadable. */
function waitInHeader(answer: Answer, nowMs: number): number | undefined {
  const header = headerOf(answer, 'retry-after');
  if (header === undefined) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return seconds * 1000;
  const at = Date.parse(header);
  // Compare with the upstream's own `Date`, so a difference between its clock and ours does not matter.
  return Number.isNaN(at) ? undefined : at - (dateOf(answer) ?? nowMs);
}

/** Milliseconds of "retry after 45 seconds", "2 minutes", "1m30s", "500ms", "45"; undefined when the text names no wait. */
function waitInText(text: string): number | undefined {
  const wait = /retry after ((?:\d+(?:\.\d+)? ?[a-z]* ?)+)/i.exec(text)?.[1];
  if (wait === undefined) return undefined;
  let ms = 0;
  for (const [, count, unit = ''] of wait.matchAll(/(\d+(?:\.\d+)?) ?([a-z]*)/gi)) {
    const unitMs = unitInMs(unit.toLowerCase());
    if (unitMs === undefined) break;
    ms += Number(count) * unitMs;
  }
  return ms;
}

/** A unit as Go prints durations or as English names it; seconds without one. */
function unitInMs(unit: string): number | undefined {
  if (unit === 'ms' || unit.startsWith('milli')) return 1;
  if (unit === '' || unit === 's' || unit.startsWith('sec')) return 1000;
  if (unit === 'm' || unit.startsWith('min')) return 60_000;
  return unit === 'h' || unit.startsWith('hour') ? 3_600_000 : undefined;
}

/**
 * `code`, `message` and `details` of the vendor's error body; undefined where missing. Not documented but met: the
 * message under `error`, `details` as one text, and a body of plain text. HTML is ignored: it is the error page of a
 * proxy.
 */
function vendorError(
  body: string,
  secrets: readonly Secret[],
): Pick<RestErrorContext, 'vendorCode' | 'vendorMessage' | 'details'> {
  const answer = parsed(body);
  const error = record(answer);
  const details = [error['details'] ?? record(error['data'])['description']]
    .flat()
    .flatMap((text) => tidy(text, secrets) ?? [])
    .slice(0, 20);
  return {
    vendorCode: typeof error['code'] === 'number' ? error['code'] : undefined,
    vendorMessage:
      tidy(error['message'], secrets) ??
      tidy(error['error'], secrets) ??
      tidy(answer ?? plainText(body), secrets),
    details: details.length === 0 ? undefined : details,
  };
}

/** A body that is plain text. Undefined when it is empty, or begins like HTML or like JSON that was cut off. */
function plainText(body: string): string | undefined {
  const text = body.trim();
  return text === '' || /^[<{[]/.test(text) ? undefined : text;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  // Any object can be read by its keys; the caller checks the type of each value.
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** A text cut to 500 characters and redacted (an upstream or a proxy may echo secrets); undefined for other values. */
function tidy(text: unknown, secrets: readonly Secret[]): string | undefined {
  if (typeof text !== 'string') return undefined;
  return redact(text.slice(0, 10_000), secrets).slice(0, MAX_TEXT);
}
