// The most that an operation may cost is taken before it runs. At its end the account gets the unused points back, or
// pays for REST calls beyond the price.
import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../support/gateway.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { openSession, subscribe } from '../../support/raw-socket.ts';
import { post, startTestServer, type TestServer, type TestServerOptions } from '../../support/server.ts';
import { overEventStream, transports, type Operation } from '../../support/transports.ts';

async function startTimed(options: TestServerOptions = {}) {
  const clock = new ManualClock();
  const limits = { pointsPerMinute: 100, ...options.limits };
  return Object.assign(await startTestServer({ clock, ...options, limits }), { clock });
}

const ask = async ({ url }: TestServer, query: string) =>
  (await (await post(url, { query })).json()) as Answer;

/** The remaining points; this request for them costs one. */
async function left(server: TestServer): Promise<unknown> {
  return (await ask(server, '{ __typename }')).extensions?.['cost'];
}

const remaining = (points: number) => expect.objectContaining({ remaining: points });

describe.each(transports)('over %s', (_name, send) => {
  const costOf = async (url: string, operation: Operation) =>
    ((await send(url, operation)) as Answer).extensions?.['cost'];

  it('the unused points of an operation are given back', async () => {
    await using server = await startTimed();
    const cost = { requested: 20, actual: 1, limit: 100, remaining: 99, resetAt: '2026-03-12T16:01:00.000Z' };
    expect(await costOf(server.url, { query: '{ calls(count: 0) }' })).toEqual(cost);
    expect(await left(server)).toEqual(remaining(98));
  });

  it('an operation pays for each REST call that it caused, also beyond its price', async () => {
    await using server = await startTimed();
    const cost = { requested: 20, actual: 50, remaining: 50 };
    expect(await costOf(server.url, { query: '{ calls(count: 5) }' })).toMatchObject(cost);
  });

  it('an account that cannot pay all has no points left, never a negative number', async () => {
    await using server = await startTimed();
    const cost = { requested: 20, actual: 300, remaining: 0 };
    expect(await costOf(server.url, { query: '{ calls(count: 30) }' })).toMatchObject(cost);
    expect(await send(server.url, { query: '{ hello }' })).toMatchObject({
      errors: [{ extensions: { code: 'RATE_LIMITED' } }],
    });
    await server.clock.advance(60_000);
    expect(await left(server)).toEqual(remaining(99));
  });

  it('the points of calls and of objects in the result are added up', async () => {
    await using server = await startTimed();
    const query = '{ calls(count: 1) thing { thing { name } } none: things(first: 0) { name } }';
    expect(await costOf(server.url, { query })).toMatchObject({ requested: 22, actual: 12, remaining: 88 });
  });

  it('a persisted operation is settled like another', async () => {
    const persistedOperations = { textOf: ({ query }: { readonly query?: string }) => query ?? '' };
    await using server = await startTimed({ persistedOperations });
    const operation = { query: '{ calls(count: 1) }' };
    expect(await costOf(server.url, operation)).toMatchObject({ requested: 20, actual: 10, remaining: 90 });
  });

  it('an operation that its caller may not run pays for the calls of the permission check', async () => {
    const refuse = (calls: number) => ({
      permission: ({ contextValue }: { readonly contextValue: object }) => {
        const { onCall } = contextValue as { readonly onCall?: () => void };
        for (let call = 0; call < calls; call += 1) onCall?.();
        return new GraphQLError('No.', { extensions: { code: 'FORBIDDEN' } });
      },
    });
    for (const [calls, actual] of [
      [0, 1],
      [1, 10],
    ] as const) {
      await using server = await startTimed(refuse(calls));
      expect(await costOf(server.url, { query: '{ calls(count: 0) }' })).toMatchObject({
        requested: 20,
        actual,
      });
    }
  });
});

it('a mutation is settled like a query', async () => {
  await using server = await startTimed();
  const { extensions } = await ask(server, 'mutation { calls(count: 1) }');
  expect(extensions?.['cost']).toMatchObject({ requested: 20, actual: 10, remaining: 90 });
});

it('an operation over its time limit pays for what it has used', async () => {
  await using server = await startTimed({ limits: { operationMs: 5000 } });
  const answer = ask(server, '{ calls(count: 1) hang }');
  await begun(server);
  await server.clock.advance(5000);
  const { errors, extensions } = await answer;
  expect(errors?.[0]?.extensions).toMatchObject({ limit: 'time' });
  expect(extensions?.['cost']).toMatchObject({ requested: 20, actual: 10, remaining: 90 });
});

/** Waits until the field `hang` runs. */
async function begun({ started }: TestServer): Promise<void> {
  while (started.signals.length === 0) await settle();
}

/** Waits until the operation with the field `hang` is aborted and its bill is closed. */
async function aborted({ started }: TestServer): Promise<void> {
  while (started.signals[0]?.aborted !== true) await settle();
  await settle();
}

describe('an operation whose client disconnects pays for what it has used, and the other points are given back', () => {
  const query = '{ calls(count: 1) hang }';

  it.each(['application/json', 'text/event-stream'])('over HTTP, for %s', async (accept) => {
    await using server = await startTimed();
    const leaving = new AbortController();
    const gone = fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ query }),
      signal: leaving.signal,
    }).catch(() => undefined);
    await begun(server);
    expect(await left(server)).toEqual(remaining(79));
    leaving.abort();
    await gone;
    await aborted(server);
    expect(await left(server)).toEqual(remaining(88));
  });

  it('over WebSocket', async () => {
    await using server = await startTimed();
    await using raw = await openSession(server.url);
    subscribe(raw, '1', query);
    await begun(server);
    raw.send({ id: '1', type: 'complete' });
    await aborted(server);
    expect(await left(server)).toEqual(remaining(89));
  });
});

it('unused points of a past minute are not given back in the next one', async () => {
  await using server = await startTimed({ limits: { operationMs: 70_000 } });
  const first = ask(server, '{ calls(count: 0) hang }');
  await begun(server);
  await server.clock.advance(60_000);
  expect((await ask(server, '{ calls(count: 3) }')).extensions?.['cost']).toEqual(remaining(70));
  await server.clock.advance(10_000);
  expect((await first).extensions?.['cost']).toMatchObject({ requested: 20, actual: 1, remaining: 70 });
});

it('after points are given back, the account has no more than the limit', async () => {
  await using server = await startTimed({ limits: { operationMs: 30_000 } });
  const answers = ['A', 'B'].map((name) => ask(server, `query ${name} { calls(count: 0) hang }`));
  while (server.started.signals.length < 2) await settle();
  await server.clock.advance(30_000);
  await Promise.all(answers);
  expect(await left(server)).toEqual(remaining(97));
});

it('a REST call that begins when the operation has ended is charged too', async () => {
  await using server = await startTimed();
  await ask(server, '{ later }');
  for (const call of server.started.laterCalls) call();
  expect(await left(server)).toEqual(remaining(88));
});

it.each([-7_200_000, 7_200_000])('a step of the wall clock by %d ms moves no minute', async (stepMs) => {
  await using server = await startTimed();
  await ask(server, '{ calls(count: 9) }');
  server.clock.step(stepMs);
  const { errors } = await ask(server, '{ calls(count: 1) }');
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 60 });
  await server.clock.advance(60_000);
  expect(await left(server)).toEqual(remaining(99));
});

describe('a subscription', () => {
  it('pays for its first event like a query, and for the REST calls of later events', async () => {
    await using server = await startTimed();
    await using raw = await openSession(server.url);
    subscribe(raw, '1', 'subscription { callingTicks(count: 4) }');
    const cost = { requested: 20, actual: 10, remaining: 90 };
    expect(await raw.next()).toMatchObject({ payload: { extensions: { cost } } });
    for (let event = 2; event <= 4; event += 1) {
      expect((await raw.next()).payload).toEqual({ data: { callingTicks: 1 } });
    }
    expect(await left(server)).toEqual(remaining(59));
  });

  it('whose client leaves before the first event pays for what it has used', async () => {
    await using server = await startTimed();
    await using raw = await openSession(server.url);
    subscribe(raw, '1', 'subscription { callingTicks(count: 0) }');
    while (!server.started.fields.includes('ticks')) await settle();
    expect(await left(server)).toEqual(remaining(79));
    raw.send({ id: '1', type: 'complete' });
    while (server.started.ended === 0) await settle();
    await settle();
    expect(await left(server)).toEqual(remaining(97));
  });

  it('that cannot begin pays for what it has used', async () => {
    await using server = await startTimed();
    await using raw = await openSession(server.url);
    subscribe(raw, '1', 'subscription { fails }');
    await raw.next();
    expect(await left(server)).toEqual(remaining(98));
    await overEventStream(server.url, { query: 'subscription { fails }' });
    expect(await left(server)).toEqual(remaining(96));
  });

  it('over the limit of subscriptions costs a point', async () => {
    await using server = await startTimed({ limits: { subscriptionsPerCaller: 1 } });
    await using raw = await openSession(server.url);
    subscribe(raw, '1', 'subscription { callingTicks(count: 1) }');
    await raw.next();
    subscribe(raw, '2', 'subscription { callingTicks(count: 1) }');
    expect(await raw.next()).toMatchObject({ payload: [{ extensions: { limit: 'subscriptions' } }] });
    expect(await left(server)).toEqual(remaining(88));
  });
});
