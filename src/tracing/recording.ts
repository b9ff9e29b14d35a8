// Records spans with the SDK of OpenTelemetry and sends them by OTLP over HTTP. Each span has a reference to its parent, so
// AsyncLocalStorage is not needed, which would add a cost to each promise of the process.
import {
  diag,
  DiagLogLevel,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span as OtelSpan,
  type SpanOptions,
  type Tracer,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  defaultResource,
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type Sampler,
  type SpanExporter,
} from '@opentelemetry/sdk-trace';
import packageJson from '../../package.json' with { type: 'json' };
import { isTraceParent, type Span, type SpanAttributes, type SpanEnd, type Tracing } from '../trace.ts';
import type { OtlpProtocol, TraceLog, TraceSettings } from './settings.ts';

/** How long `close` may take to send the last spans, in milliseconds. */
const CLOSE_MS = 3000;

const propagator = new W3CTraceContextPropagator();

/** Begins to record. Failures to send spans are warnings of the log; spans that find the queue full are dropped. */
export async function recordTraces(settings: TraceSettings, log: TraceLog): Promise<Tracing> {
  const warn = (message: string) => log.warn(`OpenTelemetry: ${message}`);
  const ignore = () => undefined;
  diag.setLogger(
    { error: warn, warn, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const provider = new TracerProvider({
    sampler: samplerOf(settings),
    resource: resourceOf(),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: await exporterOf(settings.protocol), ...settings.batch }),
    ],
  });
  const tracer = provider.getTracer(packageJson.name, packageJson.version);
  const { propagates } = settings;
  return {
    begin(name, headers) {
      const carrier = isTraceParent(headers.traceparent) ? headers : {};
      const parent = propagator.extract(ROOT_CONTEXT, carrier, headerGetter);
      return new RecordedSpan({ tracer, propagates }, name, { kind: SpanKind.SERVER }, parent);
    },
    async close() {
      const late = Promise.withResolvers<void>();
      const timer = setTimeout(late.resolve, CLOSE_MS);
      await Promise.race([provider.shutdown().catch((error: unknown) => warn(String(error))), late.promise]);
      clearTimeout(timer);
    },
  };
}

/** Reads the headers of a request. */
const headerGetter = {
  keys: (carrier: object) => Object.keys(carrier),
  get: (carrier: object, name: string): string | undefined => {
    const value: unknown = Reflect.get(carrier, name);
    return typeof value === 'string' ? value : undefined;
  },
};

/** What the spans of one recorder share. */
interface Recorder {
  readonly tracer: Tracer;
  readonly propagates: boolean;
}

class RecordedSpan implements Span {
  readonly #recorder: Recorder;
  readonly #span: OtelSpan;
  readonly #context: Context;

  constructor(recorder: Recorder, name: string, options: SpanOptions, parent: Context) {
    this.#recorder = recorder;
    this.#span = recorder.tracer.startSpan(name, options, parent);
    this.#context = trace.setSpan(parent, this.#span);
  }

  get traceId(): string {
    return this.#span.spanContext().traceId;
  }

  get headers(): Readonly<Record<string, string>> {
    const headers: Record<string, string> = {};
    if (!this.#recorder.propagates) return headers;
    propagator.inject(this.#context, headers, { set: (carrier, name, value) => (carrier[name] = value) });
    return headers;
  }

  call(name: string, attributes: SpanAttributes): Span {
    return new RecordedSpan(this.#recorder, name, { kind: SpanKind.CLIENT, attributes }, this.#context);
  }

  linked(name: string, attributes: SpanAttributes): Span | null {
    if (!this.#span.spanContext().traceFlags) return null;
    const options = { kind: SpanKind.INTERNAL, attributes, links: [{ context: this.#span.spanContext() }] };
    return new RecordedSpan(this.#recorder, name, { ...options, root: true }, ROOT_CONTEXT);
  }

  end({ name, attributes, error }: SpanEnd): void {
    const span = this.#span;
    if (!span.isRecording()) return;
    if (name !== undefined) span.updateName(name);
    if (attributes !== undefined) span.setAttributes(attributes);
    if (error !== null) {
      span.setAttribute('error.type', error);
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end();
  }
}

/** The SDK's own facts, this service's name and version, and over them OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES. */
function resourceOf() {
  const own = { 'service.name': packageJson.name, 'service.version': packageJson.version };
  return defaultResource()
    .merge(resourceFromAttributes(own))
    .merge(detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] }));
}

async function exporterOf(protocol: OtlpProtocol): Promise<SpanExporter> {
  if (protocol === 'http/json')
    return new (await import('@opentelemetry/exporter-trace-otlp-http')).OTLPTraceExporter();
  return new (await import('@opentelemetry/exporter-trace-otlp-proto')).OTLPTraceExporter();
}

function samplerOf({ sampler, ratio }: TraceSettings): Sampler {
  const isByParent = sampler.startsWith('parentbased_');
  const root = rootSampler(sampler.replace('parentbased_', ''), ratio);
  return isByParent ? new ParentBasedSampler({ root }) : root;
}

function rootSampler(name: string, ratio: number): Sampler {
  if (name === 'always_off') return new AlwaysOffSampler();
  return name === 'traceidratio' ? new TraceIdRatioBasedSampler(ratio) : new AlwaysOnSampler();
}
