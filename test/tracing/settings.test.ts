// When tracing is on, and what the standard variables say.
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { childEnvironment } from '../support/child-environment.ts';
import { readTraceSettings } from '../../src/tracing/settings.ts';

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };

function read(environment: Readonly<Record<string, string>>) {
  const warnings: string[] = [];
  return { settings: readTraceSettings(environment, (text) => warnings.push(text)), warnings };
}

it.each([
  ['nothing is set', {}],
  ['an endpoint is empty', { OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }],
  ['only the name is set', { OTEL_SERVICE_NAME: 'x' }],
  ['the SDK is disabled', { ...ENDPOINT, OTEL_SDK_DISABLED: 'TRUE' }],
  ['the exporter is none', { ...ENDPOINT, OTEL_TRACES_EXPORTER: 'none' }],
])('is off if %s', (_what, environment) => {
  expect(read(environment)).toEqual({ settings: null, warnings: [] });
});

it.each([
  ['an endpoint', ENDPOINT],
  ['an endpoint for traces', { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:4318/v1/traces' }],
  ['the exporter', { OTEL_TRACES_EXPORTER: 'otlp' }],
  ['an endpoint, with a switch that is no switch', { ...ENDPOINT, OTEL_SDK_DISABLED: 'no' }],
])('is on by %s', (_what, environment) => {
  expect(read(environment)).toEqual({
    settings: {
      protocol: 'http/protobuf',
      sampler: 'parentbased_always_on',
      ratio: 1,
      propagates: true,
      batch: {},
    },
    warnings: [],
  });
});

it('reads the sampler, the protocol, the propagators and the queue', () => {
  const environment = {
    ...ENDPOINT,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json',
    OTEL_TRACES_SAMPLER: 'traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0.25',
    OTEL_PROPAGATORS: 'baggage, b3',
    OTEL_BSP_SCHEDULE_DELAY: '100',
    OTEL_BSP_MAX_QUEUE_SIZE: '10',
  };
  expect(read(environment)).toEqual({
    settings: {
      protocol: 'http/json',
      sampler: 'traceidratio',
      ratio: 0.25,
      propagates: false,
      batch: { scheduledDelayMillis: 100, maxQueueSize: 10 },
    },
    warnings: [],
  });
});

it.each([
  ['OTEL_TRACES_SAMPLER', 'sometimes'],
  ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
  ['OTEL_BSP_SCHEDULE_DELAY', 'soon'],
])('warns of an invalid %s and takes its default', (name, value) => {
  const { settings, warnings } = read({ ...ENDPOINT, [name]: value });
  expect(settings).toEqual(read(ENDPOINT).settings);
  expect(warnings).toEqual([expect.stringContaining(name)]);
});

it.each([
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost:4318'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', '127.0.0.1:4318'],
  ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'ftp://127.0.0.1/v1/traces'],
  ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'http://'],
])('warns at the start that %s may not be %s, and records nothing', (name, value) => {
  const { settings, warnings } = read({ ...ENDPOINT, [name]: value });
  expect(settings).toBeNull();
  expect(warnings).toEqual([`${name} must be a URL such as http://localhost:4318; no traces are recorded.`]);
});

it('does not look at the general endpoint if there is one for traces', () => {
  const traces = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://127.0.0.1/v1/traces' };
  expect(read({ OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318', ...traces })).toEqual(read(traces));
});

it('warns of an exporter that it does not have, and records nothing', () => {
  const { settings, warnings } = read({ ...ENDPOINT, OTEL_TRACES_EXPORTER: 'zipkin' });
  expect(settings).toBeNull();
  expect(warnings).toHaveLength(1);
});

/** Prints each package of the SDK that is loaded. */
const PRINT_LOADED = `
  import { registerHooks } from 'node:module';
  registerHooks({ resolve(specifier, context, next) {
    if (/^@opentelemetry\\/(sdk|exporter)/.test(specifier)) console.log(specifier);
    return next(specifier, context);
  } });
`;

it.each([
  ['nothing if it is off', {}, []],
  [
    'what one protocol needs if it is on',
    ENDPOINT,
    ['@opentelemetry/sdk-trace', '@opentelemetry/exporter-trace-otlp-proto'],
  ],
])('loads %s', (_what, environment, expected) => {
  const { stdout } = spawnSync(
    process.execPath,
    [
      `--import=data:text/javascript,${encodeURIComponent(PRINT_LOADED)}`,
      '--input-type=module',
      '--eval',
      `await import('./src/start.ts');
       const { openTracing } = await import('./src/tracing/open-tracing.ts');
       await openTracing(process.env, console);`,
    ],
    { encoding: 'utf8', env: childEnvironment(environment) },
  );
  const loaded = new Set(stdout.split('\n').filter((line) => line !== ''));
  if (expected.length === 0) expect(loaded).toEqual(new Set());
  else for (const name of expected) expect(loaded).toContain(name);
  expect(loaded).not.toContain('@opentelemetry/exporter-trace-otlp-http');
});
