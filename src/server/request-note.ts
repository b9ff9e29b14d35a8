// One log line for each request, the same for all transports. It shows operators the caller, the operation, its duration and its
// cost, but not the text, variables or headers of the request.
import type { GraphQLError, OperationDefinitionNode } from 'graphql';
import type { Logger } from 'pino';
import { msBetween, type Clock } from '../clock.ts';
import { boundedName } from './bounded-name.ts';
import type { Span, TraceHeaders, Tracing } from '../trace.ts';
import type { ServerCaller } from './entrance.ts';
import type { ServerObserver, StreamTransport } from './observer.ts';
import type { Bill } from './operation/charging.ts';
import { endOfOperation, UNREAD_OPERATION } from './operation-span.ts';
import { writeRequestLine, type RequestLine } from './request-line.ts';

/** Options of `RequestNote`; all are required. */
export interface RequestNoteOptions {
  /** Gets the lines. */
  readonly log: Logger;
  /** Measures the duration. */
  readonly clock: Clock;
  /** Finds the request in other logs. */
  readonly requestId: string;
  /** The transport of the request. `sse` is set later. */
  readonly transport: 'http' | 'websocket';
  /** Gets each operation, for metrics; default: no metrics. */
  readonly observer?: ServerObserver | undefined;
}

/** The outcome of a request, which its transport knows when it has ended. */
export interface RequestEnd {
  readonly method?: string | undefined;
  readonly path?: string;
  /** The HTTP status. */
  readonly status?: number;
  /** Whether the client left, or abandoned the operation, before it had its answer. */
  readonly aborted: boolean;
}

/** The keys of an operation's context from which a line takes the cost. Missing keys are left out. */
interface Costs {
  readonly bill?: Pick<Bill, 'points'> | undefined;
  readonly upstream?: { readonly calls: number };
}

/** A result, or a refusal in its place. */
interface Seen {
  readonly errors?: readonly Pick<GraphQLError, 'extensions'>[] | undefined;
}

/** The facts about one request. Plugins and transports fill them in; the line is written when the request ends. */
export class RequestNote {
  /** Requests that are no operations (health, files) are for `debug`. */
  level: 'info' | 'debug' = 'debug';
  /** The caller; null until they are authenticated. */
  caller: ServerCaller | null = null;
  /** The operation that runs; null until its document is parsed. */
  operation: OperationDefinitionNode | null = null;
  /** The operation's part of a trace; null: it has none. */
  span: Span | null = null;
  /** The operation's context; null until it is admitted. */
  costs: Costs | null = null;
  readonly #options: RequestNoteOptions;
  readonly #startedAt: ReturnType<Clock['moment']>;
  #code: string | null = null;
  #events: number | null = null;
  #counter: { readonly events: number } | null = null;
  #hasEnded = false;

  constructor(options: RequestNoteOptions) {
    this.#options = options;
    this.#startedAt = options.clock.moment();
  }

  /** The request is an operation: its line is for `info`, and it may be a part of a trace. */
  becomeOperation(tracing: Tracing, headers: TraceHeaders): void {
    this.level = 'info';
    this.span = tracing.begin(UNREAD_OPERATION, headers);
  }

  /** A subscription begins: writes a line, as its end may be hours away. Its results are its events. */
  began(): void {
    this.#events = 0;
    this.#options.observer?.onSubscription(this.#streamTransport());
    const { log } = this.#options;
    const line = this.#line();
    if (log.isLevelEnabled('info')) writeRequestLine(log, 'info', line, 'subscription');
    this.#endSpan(line);
  }

  /** Takes the code of the first error from a result that is sent. */
  saw({ errors }: Seen): void {
    if (this.#events !== null) this.#events += 1;
    const code = errors?.[0]?.extensions?.['code'];
    if (typeof code === 'string') this.#code ??= code;
  }

  /** Later results without an error are counted by `counter`, which may change the number until the line is written. */
  countFrom(counter: { readonly events: number }): void {
    this.#counter = counter;
  }

  /** Writes the line; a second call does nothing. */
  end(end: RequestEnd): void {
    const { log, clock } = this.#options;
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const durationMs = msBetween(this.#startedAt, clock.moment());
    if (this.level === 'info') this.#observe(end.aborted, durationMs);
    const isEnabled = log.isLevelEnabled(this.level);
    if (this.span === null && !isEnabled) return;
    const line = this.#line(end, durationMs);
    if (isEnabled) writeRequestLine(log, this.level, line, 'request');
    this.#endSpan(line);
  }

  /** The span of a subscription ends when the subscription has begun, because an exporter cannot wait for hours. */
  #endSpan(line: RequestLine): void {
    if (this.span !== null) this.span.end(endOfOperation(line));
  }

  #observe(aborted: boolean, durationMs: number): void {
    const { observer } = this.#options;
    if (observer === undefined) return;
    observer.onOperation({ operation: this.operation, code: this.#code, aborted, durationMs });
    if (this.#events !== null) observer.onSubscriptionEnd(this.#streamTransport());
  }

  #streamTransport(): StreamTransport {
    return this.#options.transport === 'http' ? 'sse' : 'websocket';
  }

  /** The line at the beginning of a subscription; with `end`, the line at the end. */
  #line(end?: RequestEnd, durationMs?: number): RequestLine {
    const { requestId, transport } = this.#options;
    const { operation, caller, span } = this;
    const costs = end === undefined ? null : this.costs;
    return {
      requestId,
      transport: transport === 'http' && this.#events !== null ? 'sse' : transport,
      type: operation?.operation,
      operation: operation?.name === undefined ? undefined : boundedName(operation.name.value),
      caller: caller === null ? undefined : labelOf(caller),
      traceId: span?.traceId,
      method: end?.method,
      path: end?.path,
      status: end?.status,
      code: end === undefined ? undefined : (this.#code ?? undefined),
      aborted: end?.aborted === true ? true : undefined,
      durationMs: durationMs === undefined ? undefined : Math.round(durationMs),
      points: costs?.bill?.points,
      restCalls: costs?.upstream?.calls,
      events:
        end === undefined || this.#events === null ? undefined : this.#events + (this.#counter?.events ?? 0),
    };
  }
}

/** The name of an API key, which the operator gave it; of other callers the kind alone, as their names are people's. */
function labelOf({ name }: ServerCaller): string {
  return boundedName(name.startsWith('key:') ? name : (name.split(':', 1)[0] ?? ''));
}
