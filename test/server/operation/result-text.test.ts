// Results that cannot be written as JSON: each fails its own event only, over every transport.
import { describe, expect, it } from 'vitest';
import { createErrorMask } from '../../../src/server/operation/mask-errors.ts';
import { createTextOf } from '../../../src/server/operation/result-text.ts';
import { useEventStream } from '../../../src/server/stream/event-stream.ts';
import { OpenStreams } from '../../../src/server/stream/open-streams.ts';
import { memoryLog } from '../../support/memory-log.ts';
import { openSession, subscribe } from '../../support/raw-socket.ts';
import { post, startTestServer } from '../../support/server.ts';
import { eventsOf } from '../../support/sockets.ts';

const query = 'query ($value: String) { odd(value: $value) }';
const subscription = 'subscription ($value: String) { odd(value: $value) }';
const masked = {
  errors: [
    {
      message: 'Something went wrong in the gateway.',
      extensions: { code: 'INTERNAL', id: expect.stringMatching(/^[\da-f-]{36}$/) as unknown },
    },
  ],
};

describe.each(['bigint', 'circle', 'deep'])('a result that cannot be written as JSON (%s)', (value) => {
  it('is a masked error over HTTP, whose cause is in the log', async () => {
    const { log, text } = memoryLog();
    await using server = await startTestServer({ log });
    const answer = await post(server.url, { query, variables: { value } });
    const body: unknown = await answer.json();
    expect([answer.status, body]).toEqual([200, masked]);
    expect(text()).toContain('an operation failed unexpectedly');
  });

  it('fails one event of an event stream, which goes on', async () => {
    await using server = await startTestServer({ log: memoryLog().log });
    const operation = { query: subscription, variables: { value } };
    const answer = await post(server.url, operation, { accept: 'text/event-stream' });
    const events: unknown[] = [];
    for await (const { event, data } of eventsOf(answer)) {
      events.push(event === 'next' ? JSON.parse(data) : event);
    }
    expect(events).toEqual([masked, { data: { odd: 'fine' } }, 'complete']);
  });

  it('fails one event over WebSocket; its stream and the others on the socket go on', async () => {
    await using server = await startTestServer({ log: memoryLog().log });
    await using raw = await openSession(server.url);
    subscribe(raw, 'ticks', 'subscription { ticks }');
    expect(await raw.next()).toEqual({ id: 'ticks', type: 'next', payload: { data: { ticks: 1 } } });
    subscribe(raw, 'odd "1"', subscription, { variables: { value } });
    expect(await raw.next()).toEqual({ id: 'odd "1"', type: 'next', payload: masked });
    expect(await raw.next()).toEqual({ id: 'odd "1"', type: 'next', payload: { data: { odd: 'fine' } } });
    expect(await raw.next()).toEqual({ id: 'odd "1"', type: 'complete' });
    subscribe(raw, 'query', query, { variables: { value } });
    expect(await raw.next()).toEqual({ id: 'query', type: 'next', payload: masked });
  });
});

describe('lone surrogates are sent as U+FFFD, and all other text unchanged,', () => {
  const data = {
    odd: { '\ufffd': ['\ufffd', 'a\ufffd', '\\ud83d', '\ud83d\ude00', '\\\ufffd', '\\\\ud83d'] },
  };
  const variables = { value: 'surrogates' };

  it('over HTTP', async () => {
    await using server = await startTestServer();
    const text = await (await post(server.url, { query, variables })).text();
    expect(JSON.parse(text)).toEqual({ data });
  });

  it('over an event stream', async () => {
    await using server = await startTestServer();
    const answer = await post(server.url, { query, variables }, { accept: 'text/event-stream' });
    const [event] = await Array.fromAsync(eventsOf(answer));
    expect(JSON.parse(event?.data ?? '')).toEqual({ data });
  });

  it('over WebSocket, in results and in errors', async () => {
    await using server = await startTestServer();
    await using raw = await openSession(server.url);
    subscribe(raw, '1', query, { variables });
    expect(await raw.next()).toEqual({ id: '1', type: 'next', payload: { data } });
    expect(await raw.next()).toEqual({ id: '1', type: 'complete' });
    subscribe(raw, '\ud83d', '{ hello');
    expect(await raw.next()).toMatchObject({ id: '\ufffd', type: 'error' });
  });
});

it('an event stream that fails in the gateway itself ends with a masked error', async () => {
  const failing = (async function* () {
    yield { data: { ticks: 1 } };
    await Promise.reject(new TypeError('CANARY'));
  })();
  const mask = createErrorMask(() => null, memoryLog().log);
  const answers: Response[] = [];
  // The hook reads only these properties of Yoga's object.
  const options = { mask, textOf: createTextOf(mask), openStreams: new OpenStreams() };
  await useEventStream(options).onResultProcess?.({
    request: new Request('http://gateway.test/graphql', { headers: { accept: 'text/event-stream' } }),
    result: failing,
    acceptableMediaTypes: [],
    serverContext: {},
    setResultProcessor: (process: (result: unknown) => Response) => answers.push(process(failing)),
  } as never);
  expect(await answers[0]?.text()).toMatch(
    /^:\n\nevent: next\ndata: {"data":{"ticks":1}}\n\nevent: next\ndata: {"errors":\[{"message":"Something went wrong in the gateway.".*}\]}\n\nevent: complete\ndata:\n\n$/,
  );
});
