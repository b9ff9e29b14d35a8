// Points a minute for each caller.
import { describe, expect, it } from 'vitest';
import type { PersistedOperations } from '../../../src/server/operation/persisted-operations.ts';
import { notPersisted } from '../../../src/server/refusals.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { openRawSocket, openSession, subscribe } from '../../support/raw-socket.ts';
import { knownCallers, post, startTestServer, type TestServerOptions } from '../../support/server.ts';
import { transports, type Refusal } from '../../support/transports.ts';

const limits = { pointsPerMinute: 100 };
const FORTY = '{ things(first: 30) { name } }';
const bill = (actual: number, remaining: number) => ({
  cost: { requested: actual, actual, limit: 100, remaining, resetAt: '2026-03-12T16:01:00.000Z' },
});

/** A server whose clock only the test advances. */
async function startTimed(options: TestServerOptions) {
  const clock = new ManualClock();
  const server = await startTestServer({ clock, ...options });
  return Object.assign(server, { clock });
}

const helloAlone: PersistedOperations = {
  textOf({ query }) {
    if (query !== '{ hello }') throw notPersisted();
    return query;
  },
};

describe.each(transports)('over %s', (_name, send) => {
  it('an answer has its cost and the remaining points', async () => {
    await using server = await startTimed({ limits });
    expect(await send(server.url, { query: FORTY })).toMatchObject({ extensions: bill(40, 60) });
    expect(await send(server.url, { query: '{ hello }' })).toMatchObject({ extensions: bill(1, 59) });
  });

  it('an operation over the remaining points is refused before it runs, with retryAfter, and costs a point', async () => {
    await using server = await startTimed({ limits });
    await send(server.url, { query: FORTY });
    await send(server.url, { query: FORTY });
    await server.clock.advance(20_500);
    for (const left of [19, 18, 17]) {
      // A refused request is answered with errors only.
      const { errors } = (await send(server.url, { query: FORTY })) as Refusal;
      expect(errors[0]?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: 40 });
      expect(errors[0]?.message).toBe(
        `The operation may cost 40 points, and ${left} of 100 a minute are left.`,
      );
    }
    expect(await send(server.url, { query: '{ hello }' })).toMatchObject({ extensions: bill(1, 16) });
    await server.clock.advance(40_000);
    expect(await send(server.url, { query: FORTY })).toMatchObject({
      extensions: { cost: { remaining: 60 } },
    });
  });

  it.each([
    ['cannot be parsed', 'GRAPHQL_PARSE_FAILED', { query: '{' }],
    ['is not valid', 'GRAPHQL_VALIDATION_FAILED', { query: '{ nothing }' }],
    ['is too large', 'LIMIT_EXCEEDED', { query: `{ ${'hello '.repeat(1500)} }` }],
    ['is too deep', 'LIMIT_EXCEEDED', { query: `{ ${'thing { '.repeat(13)} name ${'}'.repeat(13)} }` }],
    ['is too expensive', 'LIMIT_EXCEEDED', { query: '{ things(first: 100) { name } }' }],
    ['is not persisted', 'PERSISTED_OPERATION_ONLY', { query: '{ thing { name } }' }],
  ])('an operation that %s costs a point', async (_what, code, operation) => {
    const persistedOperations = code === 'PERSISTED_OPERATION_ONLY' ? helloAlone : undefined;
    await using server = await startTimed({ limits, persistedOperations });
    // The second request, whose document is cached, costs as much.
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await send(server.url, operation)).toMatchObject({ errors: [{ extensions: { code } }] });
    }
    expect(await send(server.url, { query: '{ hello }' })).toMatchObject({ extensions: bill(1, 97) });
  });

  it.each([
    ['cannot be parsed', false, { query: '{' }],
    ['is not persisted', true, { query: '{ thing { name } }' }],
  ])(
    'without points left, an operation that %s is refused before it is parsed',
    async (_what, isPersisted, operation) => {
      const persistedOperations = isPersisted ? helloAlone : undefined;
      await using server = await startTimed({ limits: { pointsPerMinute: 1 }, persistedOperations });
      await send(server.url, { query: '{ hello }' });
      expect(await send(server.url, operation)).toEqual({
        errors: [
          {
            message: 'All 1 points of this minute are spent.',
            extensions: { code: 'RATE_LIMITED', retryAfter: 60 },
          },
        ],
      });
    },
  );

  it('each caller has points of their own', async () => {
    await using server = await startTimed({
      limits,
      authentication: knownCallers({ ada: null, eve: null }),
    });
    const query = '{ things(first: 90) { name } }';
    expect(await send(server.url, { query }, 'Bearer ada')).toMatchObject({ extensions: bill(100, 0) });
    expect(await send(server.url, { query }, 'Bearer ada')).toMatchObject({
      errors: [{ extensions: { code: 'RATE_LIMITED' } }],
    });
    expect(await send(server.url, { query }, 'Bearer eve')).toMatchObject({ extensions: bill(100, 0) });
  });
});

it('HTTP answers with 429 and Retry-After', async () => {
  await using server = await startTimed({ limits: { pointsPerMinute: 1 } });
  await post(server.url, { query: '{ hello }' });
  for (const accept of ['application/json', 'application/graphql-response+json', 'text/event-stream']) {
    const refused = await post(server.url, { query: '{ hello }' }, { accept });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
  }
});

describe('with ten points a minute, the eleventh request is refused', () => {
  const get = (url: string, parameters: string) => fetch(`${url}/graphql?query=%7Bhello%7D&${parameters}`);

  it.each<[what: string, status: number, ask: (url: string) => Promise<Response>]>([
    ['that are valid', 200, (url) => post(url, { query: '{ hello }' })],
    ['whose body is no JSON', 400, (url) => post(url, '{"query":')],
    ['whose body is a list', 400, (url) => post(url, [])],
    ['whose body is too large', 413, (url) => post(url, 'x'.repeat(300_000))],
    ['of another type', 415, (url) => post(url, '{}', { 'content-type': 'text/plain' })],
    ['that accept no type of answer', 406, (url) => post(url, '{}', { accept: 'image/png' })],
    ['with broken variables', 400, (url) => get(url, 'variables=%7B')],
    ['with broken extensions', 400, (url) => get(url, 'extensions=%7B')],
  ])('of requests %s', async (_what, status, ask) => {
    await using server = await startTimed({ limits: { pointsPerMinute: 10 } });
    for (let turn = 0; turn < 10; turn += 1) expect((await ask(server.url)).status).toBe(status);
    const refused = await ask(server.url);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
  });
});

it('an operation over the limit of its socket costs a point', async () => {
  await using server = await startTimed({ limits: { ...limits, operationsPerSocket: 1 } });
  await using raw = await openSession(server.url);
  subscribe(raw, '1', 'subscription { ticks }');
  expect(await raw.next()).toMatchObject({ payload: { extensions: bill(1, 99) } });
  subscribe(raw, '2', '{ hello }');
  expect(await raw.next()).toMatchObject({ payload: [{ extensions: { limit: 'operations' } }] });
  expect(await (await post(server.url, { query: '{ hello }' })).json()).toMatchObject({
    extensions: bill(1, 97),
  });
});

it('a subscription is charged when it begins, and its first event has the cost', async () => {
  await using server = await startTimed({ limits });
  await using raw = await openSession(server.url);
  subscribe(raw, '1', 'subscription { ticks(count: 2) }');
  expect(await raw.next()).toMatchObject({ payload: { data: { ticks: 1 }, extensions: bill(1, 99) } });
  expect(await raw.next()).toEqual({ id: '1', type: 'next', payload: { data: { ticks: 2 } } });
});

it('an operation over the points of a whole minute is refused as too expensive', async () => {
  await using server = await startTimed({ limits: { pointsPerMinute: 30 } });
  const { errors } = (await (await post(server.url, { query: FORTY })).json()) as Refusal;
  expect(errors[0]?.extensions).toEqual({ code: 'LIMIT_EXCEEDED', limit: 'cost' });
});

it('if the limit is off, answers have no cost', async () => {
  await using server = await startTimed({ limits: { pointsPerMinute: 0 } });
  expect(await (await post(server.url, { query: '{ hello }' })).json()).toEqual({ data: { hello: 'world' } });
});

describe('an address that sends 100 invalid keys in a minute', () => {
  const wrong = { authorization: 'Bearer eve' };

  it('is refused for the rest of the minute, except with a valid key', async () => {
    await using server = await startTimed({ authentication: knownCallers({ ada: null }) });
    for (let turn = 0; turn < 100; turn += 1) {
      expect((await post(server.url, { query: '{ hello }' }, wrong)).status).toBe(401);
    }
    const refused = await post(server.url, { query: '{ hello }' }, wrong);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
    await using raw = await openRawSocket(server.url);
    raw.send({ type: 'connection_init', payload: wrong });
    expect((await raw.closed).code).toBe(1013);
    const right = { authorization: 'Bearer ada' };
    expect((await post(server.url, { query: '{ hello }' }, right)).status).toBe(200);
    await server.clock.advance(60_000);
    expect((await post(server.url, { query: '{ hello }' }, wrong)).status).toBe(401);
  });

  it('may send any number of requests without a key', async () => {
    await using server = await startTimed({ authentication: knownCallers({ ada: null }) });
    for (let turn = 0; turn < 101; turn += 1) {
      expect((await post(server.url, { query: '{ hello }' })).status).toBe(401);
    }
  });
});
