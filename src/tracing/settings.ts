// Whether and how traces are recorded, by the standard variables of OpenTelemetry. The exporters themselves read the variables
// for endpoint, headers, timeout and compression. Source:
// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/

/** Gets warnings about the configuration, and failures to send spans. */
export interface TraceLog {
  warn(message: string): void;
}

/** The protocols of the OTLP exporter that there are here. */
export type OtlpProtocol = 'http/protobuf' | 'http/json';

/** The standard samplers. A `parentbased_` one does what the client's `traceparent` says, if there is one. */
const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** A name of a sampler. */
export type SamplerName = (typeof SAMPLERS)[number];

/** How traces are recorded. */
export interface TraceSettings {
  readonly protocol: OtlpProtocol;
  readonly sampler: SamplerName;
  /** The share of traces that a sampler by ratio records, from 0 to 1. */
  readonly ratio: number;
  /** Whether REST calls get a `traceparent`. */
  readonly propagates: boolean;
  /** Of the queue of spans that wait to be sent; a missing member has the SDK's default. */
  readonly batch: Partial<Record<BatchOption, number>>;
}

type BatchOption = 'scheduledDelayMillis' | 'exportTimeoutMillis' | 'maxQueueSize' | 'maxExportBatchSize';

const BATCH_VARIABLES: readonly (readonly [BatchOption, string])[] = [
  ['scheduledDelayMillis', 'OTEL_BSP_SCHEDULE_DELAY'],
  ['exportTimeoutMillis', 'OTEL_BSP_EXPORT_TIMEOUT'],
  ['maxQueueSize', 'OTEL_BSP_MAX_QUEUE_SIZE'],
  ['maxExportBatchSize', 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE'],
];

/** The first that is set counts. */
const ENDPOINTS = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the variables. Null: tracing is off, as no endpoint is set and OTEL_TRACES_EXPORTER does not say `otlp`, or as
 * OTEL_SDK_DISABLED is `true`. As the specification demands, an invalid value is reported to `warn` and its default taken; but
 * spans are not sent to another endpoint than the one that was meant.
 */
export function readTraceSettings(
  environment: Environment,
  warn: (message: string) => void,
): TraceSettings | null {
  const valueOf = (name: string) => environment[name]?.trim() || undefined;
  if (valueOf('OTEL_SDK_DISABLED')?.toLowerCase() === 'true') return null;
  const endpointName = ENDPOINTS.find((name) => valueOf(name) !== undefined);
  const endpoint = endpointName && valueOf(endpointName);
  const exporter = valueOf('OTEL_TRACES_EXPORTER') ?? (endpoint === undefined ? 'none' : 'otlp');
  if (exporter === 'none') return null;
  if (exporter !== 'otlp') {
    warn(`OTEL_TRACES_EXPORTER may be otlp or none; no traces are recorded.`);
    return null;
  }
  if (endpoint !== undefined && !/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) {
    warn(`${endpointName} must be a URL such as http://localhost:4318; no traces are recorded.`);
    return null;
  }
  const read = { valueOf, warn };
  const protocol =
    valueOf('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL') === undefined
      ? 'OTEL_EXPORTER_OTLP_PROTOCOL'
      : 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL';
  return {
    protocol: oneOf(protocol, ['http/protobuf', 'http/json'], 'http/protobuf', read),
    sampler: oneOf('OTEL_TRACES_SAMPLER', SAMPLERS, 'parentbased_always_on', read),
    ratio: numberOf('OTEL_TRACES_SAMPLER_ARG', 1, read) ?? 1,
    propagates: (valueOf('OTEL_PROPAGATORS') ?? 'tracecontext')
      .split(',')
      .some((name) => name.trim() === 'tracecontext'),
    batch: batchOf(read),
  };
}

function batchOf(read: Reading): TraceSettings['batch'] {
  const batch: Partial<Record<BatchOption, number>> = {};
  for (const [option, name] of BATCH_VARIABLES) {
    const value = numberOf(name, Infinity, read);
    if (value !== undefined) batch[option] = value;
  }
  return batch;
}

interface Reading {
  readonly valueOf: (name: string) => string | undefined;
  readonly warn: (message: string) => void;
}

function oneOf<Value extends string>(
  name: string,
  values: readonly Value[],
  fallback: Value,
  { valueOf, warn }: Reading,
): Value {
  const value = valueOf(name);
  if (value === undefined) return fallback;
  const known = values.find((each) => each === value.toLowerCase());
  if (known === undefined) warn(`${name} may be ${values.join(', ')}; ${fallback} is taken.`);
  return known ?? fallback;
}

/** A number from 0 to `most`; undefined: unset or invalid. */
function numberOf(name: string, most: number, { valueOf, warn }: Reading): number | undefined {
  const value = valueOf(name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (number >= 0 && number <= most) return number;
  warn(
    `${name} must be a number ${most === 1 ? 'from 0 to 1' : 'that is not negative'}; its default is taken.`,
  );
  return undefined;
}
