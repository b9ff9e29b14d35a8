// Traces from an operation to its REST calls, as a receiver of OTLP gets them.
import { Agent, type Dispatcher } from 'undici';
import { afterEach, expect, it, vi } from 'vitest';
import { getRoom } from '../../src/rest/rooms/rooms.ts';
import { RestClient } from '../../src/rest/client/client.ts';
import { gatewayCredentials } from '../support/canary.ts';
import { noTracing } from '../../src/trace.ts';
import { openTracing } from '../../src/tracing/open-tracing.ts';
import { newcomer, stage } from '../e2e/stage.ts';
import { memoryLog } from '../support/memory-log.ts';
import {
  attributesOf,
  startOtlpReceiver,
  type OtlpReceiver,
  type OtlpSpan,
} from '../support/otlp-receiver.ts';
import { echoes, startEchoingUpstream } from '../support/echoing-upstream.ts';
import { eventStreamClient, webSocketClient } from '../support/sockets.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';
const TRACE_PARENT = `00-${TRACE}-${PARENT}-01`;

afterEach(() => vi.unstubAllEnvs());

/** Tracing that sends to a receiver; the exporter reads the environment of the process when it is made. */
async function tracingTo(receiver: OtlpReceiver, more: Readonly<Record<string, string>> = {}) {
  const variables = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_BSP_SCHEDULE_DELAY: '20',
    ...more,
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const warnings: string[] = [];
  return { tracing: await openTracing(process.env, { warn: (text) => warnings.push(text) }), warnings };
}

async function staged(more: Readonly<Record<string, string>> = {}) {
  const receiver = await startOtlpReceiver();
  const { tracing, warnings } = await tracingTo(receiver, more);
  const { log, text } = memoryLog();
  const all = await stage({ tracing, log });
  const ask = async (
    query: string,
    variables: object = {},
    headers: Readonly<Record<string, string>> = {},
  ) => {
    const response = await fetch(`${all.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return { response, text: await response.text() };
  };
  const spanNamed = async (name: string): Promise<OtlpSpan> => {
    // The warnings are there to be seen where the span is not.
    await expect.poll(() => [...receiver.spans.map((span) => span.name), ...warnings]).toContain(name);
    // The line above has found it.
    return receiver.spans.find((span) => span.name === name) as OtlpSpan;
  };
  const dispose = async () => {
    await all[Symbol.asyncDispose]();
    await receiver[Symbol.asyncDispose]();
  };
  return { ...all, receiver, ask, spanNamed, logged: text, [Symbol.asyncDispose]: dispose };
}

const childrenOf = (receiver: OtlpReceiver, { spanId }: OtlpSpan) =>
  receiver.spans.filter(({ parentSpanId }) => parentSpanId === spanId);

it('shows a query and its two REST calls as one tree, in the trace of the client', async () => {
  await using server = await staged();
  const { room, receiver } = server;
  const query = 'query TwoCalls($id: ID!) { room(id: $id) { name template { name } } }';
  const { response } = await server.ask(
    query,
    { id: room.id },
    { traceparent: TRACE_PARENT, 'x-request-id': 'r-7' },
  );
  expect(response.headers.get('traceparent')).toBe(TRACE_PARENT);
  const operation = await server.spanNamed('query TwoCalls');
  expect(operation).toMatchObject({ traceId: TRACE, parentSpanId: PARENT, kind: 2, status: { code: 0 } });
  expect(attributesOf(operation)).toEqual({
    'graphql.operation.type': 'query',
    'graphql.operation.name': 'TwoCalls',
    'http.request.method': 'POST',
    'http.response.status_code': 200,
    'url.path': '/graphql',
    'hms.request_id': 'r-7',
    'hms.transport': 'http',
    'hms.caller': 'anyone',
    'hms.rest_calls': 2,
  });
  await expect.poll(() => childrenOf(receiver, operation)).toHaveLength(2);
  const calls = childrenOf(receiver, operation);
  expect(calls.map(({ name }) => name).toSorted()).toEqual([
    'GET /rooms/{room_id}',
    'GET /templates/{template_id}',
  ]);
  for (const call of calls) {
    expect(call).toMatchObject({ traceId: TRACE, kind: 3, status: { code: 0 } });
    expect(attributesOf(call)).toMatchObject({
      'http.request.method': 'GET',
      'http.response.status_code': 200,
    });
  }
  expect(receiver.resource).toMatchObject({ 'service.name': 'hms-gateway' });
  expect(server.logged()).toContain(`"traceId":"${TRACE}"`);
  const sent = JSON.stringify(receiver.spans);
  expect(sent).not.toContain(room.id);
});

it('begins a trace of its own without a valid traceparent', async () => {
  await using server = await staged();
  const { text } = await server.ask('{ __typename }', {}, { traceparent: `00-${TRACE}-short-01` });
  expect(text).toContain('Query');
  const operation = await server.spanNamed('query');
  expect(operation.parentSpanId).toBeUndefined();
  expect(operation.traceId).not.toBe(TRACE);
});

it('marks an operation whose REST call fails, and that call, without a message', async () => {
  await using server = await staged();
  const heal = server.sandbox.faults.set('*', { kind: 'status', status: 500 });
  await server.ask('query Fails { template(id: "0123456789abcdef01234567") { name } }');
  heal();
  await server.ask('query Wrong { nothing }');
  const operation = await server.spanNamed('query Fails');
  expect(operation.status).toEqual({ code: 2 });
  expect(attributesOf(operation)).toMatchObject({
    'error.type': 'UPSTREAM_UNAVAILABLE',
    'hms.code': 'UPSTREAM_UNAVAILABLE',
  });
  const [call] = childrenOf(server.receiver, operation);
  expect(call?.status).toEqual({ code: 2 });
  expect(call === undefined ? {} : attributesOf(call)).toMatchObject({
    'error.type': 'RestUnavailableError',
    'http.response.status_code': 500,
  });
  // A fault of the client's is none of the gateway's.
  const wrong = await server.spanNamed('query Wrong');
  expect(wrong.status).toEqual({ code: 0 });
  expect(attributesOf(wrong)).toMatchObject({ 'hms.code': 'GRAPHQL_VALIDATION_FAILED' });
});

it.each(['websocket', 'sse'] as const)(
  'links each event of a subscription over %s to the span of its beginning, with the REST calls of the event',
  async (transport) => {
    await using server = await staged();
    const { room, world, receiver, ada } = server;
    await using client = transport === 'sse' ? eventStreamClient(server.url) : webSocketClient(server.url);
    const document = `subscription Watch($roomId: ID!) {
      peerChanges(roomId: $roomId) { __typename ... on PeerLeft { peer { leftAt } } }
    }`;
    const watching = client.watch<{ readonly peerChanges: { readonly __typename: string } }, object>(
      document,
      { roomId: room.id },
    );
    await watching.next();
    world.join(room.id, newcomer('Grace'));
    await watching.next();
    world.leave(room.id, ada.id);
    await watching.next();
    const began = await server.spanNamed('subscription Watch');
    expect(attributesOf(began)).toMatchObject({ 'hms.transport': transport });
    await expect.poll(() => receiver.spans.filter(({ name }) => name.startsWith('event of'))).toHaveLength(3);
    const events = receiver.spans.filter(({ name }) => name === 'event of subscription Watch');
    for (const event of events) {
      expect(event.links).toMatchObject([{ traceId: began.traceId, spanId: began.spanId }]);
      expect(event.traceId).not.toBe(began.traceId);
      expect(event.parentSpanId).toBeUndefined();
    }
    const calls = events.flatMap((event) => childrenOf(receiver, event));
    expect(calls.map(({ name }) => name)).toEqual(['GET /sessions/{session_id}']);
    // Polls belong to no operation.
    expect(receiver.spans.filter(({ name }) => name === 'GET /active-rooms/{room_id}/peers')).toEqual([]);
  },
);

it('records only what the sampler says, by the client first', async () => {
  await using server = await staged({
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0',
  });
  await server.ask('query Unsampled { rooms(first: 1) { edges { node { name } } } }');
  await server.ask(
    'query Unsampled { rooms(first: 1) { edges { node { name } } } }',
    {},
    { traceparent: `00-${TRACE}-${PARENT}-00` },
  );
  await server.ask('query Sampled { __typename }', {}, { traceparent: TRACE_PARENT });
  await server.spanNamed('query Sampled');
  expect(server.receiver.spans).toHaveLength(1);
});

it('sends protobuf by default, with the headers and the resource of the environment', async () => {
  await using server = await staged({
    OTEL_EXPORTER_OTLP_PROTOCOL: '',
    OTEL_SERVICE_NAME: 'rooms-gateway',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
  });
  const { receiver } = server;
  await server.ask('query Binary { __typename }');
  await expect.poll(() => receiver.requests.length).toBeGreaterThan(0);
  const [request] = receiver.requests;
  expect(request).toMatchObject({ path: '/v1/traces', type: 'application/x-protobuf' });
  for (const part of ['query Binary', 'rooms-gateway', 'deployment.environment.name'])
    expect(request?.body.includes(part)).toBe(true);
});

it('sends what is left when the gateway closes', async () => {
  await using receiver = await startOtlpReceiver();
  const { tracing } = await tracingTo(receiver, { OTEL_BSP_SCHEDULE_DELAY: '60000' });
  {
    await using server = await stage({ tracing });
    const body = JSON.stringify({ query: 'query Last { __typename }' });
    const headers = { 'content-type': 'application/json' };
    await (await fetch(`${server.url}/graphql`, { method: 'POST', headers, body })).text();
  }
  expect(receiver.spans.map(({ name }) => name)).toEqual(['query Last']);
});

/** Connections that keep the headers of each request. */
function recordedHeaders() {
  const seen: Readonly<Record<string, string>>[] = [];
  const agent = new Agent();
  const dispatcher: Dispatcher = agent.compose((dispatch) => (options, handler) => {
    // The client sends an object of texts.
    seen.push(options.headers as Record<string, string>);
    return dispatch(options, handler);
  });
  return { seen, dispatcher, [Symbol.asyncDispose]: () => agent.destroy() };
}

it.each([
  ['on', /^00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)[0-9a-f]{16}-01$/, undefined],
  ['on, without propagation', undefined, 'none'],
  ['off', TRACE_PARENT, undefined],
])('gives REST calls the trace of their operation: %s', async (mode, expected, propagators) => {
  await using receiver = await startOtlpReceiver();
  await using recorded = recordedHeaders();
  const variables = propagators === undefined ? {} : { OTEL_PROPAGATORS: propagators };
  const { tracing } = mode === 'off' ? { tracing: noTracing } : await tracingTo(receiver, variables);
  await using server = await stage({ tracing, client: { dispatcher: recorded.dispatcher } });
  const ask = async (name: string, more: Readonly<Record<string, string>>) => {
    const body = JSON.stringify({ query: `query ${name} { rooms(first: 1) { edges { node { name } } } }` });
    const headers = { 'content-type': 'application/json', ...more };
    await (await fetch(`${server.url}/graphql`, { method: 'POST', headers, body })).text();
    return recorded.seen.at(-1)?.['traceparent'];
  };
  const traced = await ask('Traced', { traceparent: TRACE_PARENT });
  if (expected === undefined) expect(traced).toBeUndefined();
  else expect(traced).toMatch(expected);
  if (mode === 'off') expect(await ask('Untraced', {})).toBeUndefined();
});

it.each(Object.keys(echoes))('holds no secret that the REST API repeats: %s', async (name) => {
  await using receiver = await startOtlpReceiver();
  await using upstream = await startEchoingUpstream(echoes[name] ?? (() => undefined));
  const { tracing } = await tracingTo(receiver);
  const span = tracing.begin('x', { tracestate: 's=1' });
  await using client = new RestClient({ ...gatewayCredentials, apiUrl: upstream.apiUrl });
  await getRoom(client, '0123456789abcdef01234567', { span }).catch(() => undefined);
  span?.end({ error: null });
  await tracing.close();
  // The receiver searches what it gets.
  expect(receiver.spans.map((sent) => sent.name).toSorted()).toContain('GET /rooms/{room_id}');
});

it('warns of a receiver that cannot be reached, and serves on', async () => {
  const receiver = await startOtlpReceiver();
  await receiver[Symbol.asyncDispose]();
  const { tracing, warnings } = await tracingTo(receiver, { OTEL_EXPORTER_OTLP_TIMEOUT: '200' });
  await using server = await stage({ tracing });
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ query: '{ __typename }' });
  expect((await fetch(`${server.url}/graphql`, { method: 'POST', headers, body })).status).toBe(200);
  await expect.poll(() => warnings.join('\n')).toContain('OpenTelemetry');
});

it('without tracing, passes the trace of a client on to the REST API and records nothing', async () => {
  expect(noTracing.begin('x', {})).toBeNull();
  for (const traceparent of [
    'odd',
    `ff-${TRACE}-${PARENT}-01`,
    `00-${'0'.repeat(32)}-${PARENT}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${PARENT}-01`,
  ]) {
    expect(noTracing.begin('x', { traceparent }), traceparent).toBeNull();
  }
  const span = noTracing.begin('x', { traceparent: TRACE_PARENT, tracestate: 'vendor=1' });
  expect(span?.call('y', {}).headers).toEqual({ traceparent: TRACE_PARENT, tracestate: 'vendor=1' });
  expect(span?.linked('z', {})).toBeNull();
  expect(noTracing.begin('x', { traceparent: TRACE_PARENT, tracestate: 's'.repeat(513) })?.headers).toEqual({
    traceparent: TRACE_PARENT,
  });
});
