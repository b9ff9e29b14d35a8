// The options of the client of the REST API, and the event that it reports for each request.
import type { Dispatcher } from 'undici';
import type { Clock } from '../../clock.ts';
import type { ProxySettings } from '../../proxy.ts';
import type { Secret } from '../../secret.ts';
import type { Subject } from '../errors.ts';
import type { RepairEvent } from '../shapes/repair.ts';
import type { BudgetObserver } from './budget-options.ts';
import type { ClientNews } from './client-news.ts';
import type { FaultObserver } from './fault-observer.ts';

/** One finished HTTP request, for logs and metrics. Holds no secret. */
export interface ResponseEvent extends Subject {
  /** The HTTP status; null when no answer came. */
  readonly status: number | null;
  /** The name of the error's class; null when the answer was good. */
  readonly error: string | null;
  /** From sending to the last byte, in milliseconds, without the wait for the budget. */
  readonly durationMs: number;
}

/** Where the REST API is, with which credentials, and the limits of its use. */
export interface RestClientOptions {
  /** Base URL with its version, e.g. `https://api.100ms.live/v2`. */
  readonly apiUrl: string;
  /** Credentials of the workspace: the client signs management tokens with them. */
  readonly accessKey: string;
  readonly secret: Secret;
  /** Default: the system's clock. */
  readonly clock?: Clock | undefined;
  /** Requests per second, and the burst. Default 50. */
  readonly requestsPerSecond?: number | undefined;
  /** Maximum sockets for a family of endpoints (HTTP/2 streams are not counted). Default 32. */
  readonly connections?: number | undefined;
  /** Time to connect, in milliseconds. Default 3 000. */
  readonly connectTimeoutMs?: number | undefined;
  /** Time until the headers of an answer have arrived, in milliseconds. Default 5 000. */
  readonly headersTimeoutMs?: number | undefined;
  /** Time between two parts of a body, in milliseconds. Default 5 000. */
  readonly bodyTimeoutMs?: number | undefined;
  /** Maximum wait of a call for its turn in the budget, in milliseconds; then it fails with `RestBudgetError`. Default 10 000. */
  readonly queueMs?: number | undefined;
  /**
   * Total time for a call from when it is first sent, in milliseconds, including a repeated attempt and the body. Default 5 000.
   */
  readonly deadlineMs?: number | undefined;
  /** Failures in a row, over a second at least, that open the circuit breaker of a family of endpoints. Default 5. */
  readonly breakerFailures?: number | undefined;
  /** Returns a number in [0, 1), for the jitter of repeated attempts. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
  /** Maximum body of an answer, in bytes. A larger one fails with `RestBodyTooLargeError`. Default 10 000 000. */
  readonly maxBodyBytes?: number | undefined;
  /**
   * Approximate memory in bytes for the last answer of each URL, so that an equal answer is not parsed again (last-answers.ts).
   * Default 64 000 000.
   */
  readonly lastAnswersBytes?: number | undefined;
  /** Called after each HTTP request, before its caller is answered. Must not throw. */
  readonly onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** Hooks for metrics of the budget. */
  readonly budgetObserver?: BudgetObserver | undefined;
  /** Hooks for metrics of retries and circuit breakers. */
  readonly faultObserver?: FaultObserver | undefined;
  /** Called with news about the upstream for other instances of the gateway. Must not throw. Default: not called. */
  readonly onNews?: ((news: ClientNews) => void) | undefined;
  /** Called when an answer was repaired, once for each key and action. Must not throw. */
  readonly onRepair?: ((event: RepairEvent) => void) | undefined;
  /** The proxy to call the host through, see src/proxy.ts; default: none. */
  readonly proxy?: ProxySettings | null | undefined;
  /** Replaces the connection pool in tests. `close` does not close it. */
  readonly dispatcher?: Dispatcher | undefined;
}
