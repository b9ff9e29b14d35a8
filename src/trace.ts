// The interface through which all parts of the gateway use traces (W3C Trace Context). src/tracing implements it with
// OpenTelemetry, and is loaded only if tracing is on. Otherwise, a client's `traceparent` is passed on to the REST API unchanged.

/** Values that describe a span. Never a secret, a text of an operation, or a variable. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** How a span ended. */
export interface SpanEnd {
  /** Replaces the name with which it began. */
  readonly name?: string;
  readonly attributes?: SpanAttributes;
  /** The kind of its failure: a code, or the name of an error's class, never a message. Null: it did not fail. */
  readonly error: string | null;
}

/** A part of a trace: an operation, the answer to an event, a REST call. */
export interface Span {
  /** The id of its trace, 32 hexadecimal digits. */
  readonly traceId: string;
  /** The headers by which the receiver of a request joins the trace. */
  readonly headers: Readonly<Record<string, string>>;
  /** Begins a REST call as a part of this span. */
  call(name: string, attributes: SpanAttributes): Span;
  /**
   * Begins a trace of its own with a link to this span: for what this span causes long after it has ended. Null: this
   * span is not recorded, so the new one need not be.
   */
  linked(name: string, attributes: SpanAttributes): Span | null;
  /** Ends the span; a second call does nothing. */
  end(end: SpanEnd): void;
}

/** The headers of a request, as Node has them; of these `traceparent` and `tracestate` are read. */
export type TraceHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Begins spans. */
export interface Tracing {
  /** The span of a request; null: it is not part of a trace. */
  begin(name: string, headers: TraceHeaders): Span | null;
  /** Sends the spans that have ended, for at most some seconds. */
  close(): Promise<void>;
}

/** The version ff and ids of zeros alone are invalid (W3C Trace Context, 3.2.2). */
const TRACE_PARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
/** A `tracestate` has at most this many characters; a longer one is not passed on (W3C Trace Context, 3.3.1.5). */
const MAX_STATE = 512;

/** Whether the value of the header `traceparent` is valid. */
export function isTraceParent(value: unknown): value is string {
  return typeof value === 'string' && TRACE_PARENT.test(value);
}

/** A trace in which the gateway records nothing: REST calls get the headers of the client's request. */
class PassedTrace implements Span {
  readonly traceId: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(traceparent: string, tracestate: TraceHeaders[string]) {
    this.traceId = traceparent.slice(3, 35);
    const hasState = typeof tracestate === 'string' && tracestate.length <= MAX_STATE;
    this.headers = { traceparent, ...(hasState ? { tracestate } : {}) };
  }

  call(): this {
    return this;
  }

  linked(): null {
    return null;
  }

  end(): void {}
}

/** The client's own trace, in which nothing is recorded; null: it sent no valid `traceparent`. */
export function passedTrace(headers: TraceHeaders): Span | null {
  const { traceparent, tracestate } = headers;
  return isTraceParent(traceparent) ? new PassedTrace(traceparent, tracestate) : null;
}

/** Tracing that is off. */
export const noTracing: Tracing = {
  begin: (_name, headers) => passedTrace(headers),
  close: () => Promise.resolve(),
};
