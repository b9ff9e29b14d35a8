// Requests that share the answer of a query that runs: who joins whom, what each pays, and who ends what. Over real HTTP.
import { GraphQLError } from 'graphql';
import { expect, it } from 'vitest';
import { settle, ManualClock } from '../../support/manual-clock.ts';
import {
  knownCallers,
  post,
  startTestServer,
  type TestServer,
  type TestServerOptions,
} from '../../support/server.ts';
import { answerOf } from '../../support/transports.ts';

const HELD = '{ held }';
const authentication = knownCallers({ ada: null, bob: null });
const limits = { pointsPerMinute: 1000 };

function start(options: TestServerOptions = {}): Promise<TestServer> {
  return startTestServer({ authentication, limits, ...options });
}

function ask(server: TestServer, query = HELD, headers: Readonly<Record<string, string>> = {}) {
  return post(server.url, { query }, { authorization: 'Bearer ada', ...headers });
}

/** Resolves when `count` operations hold in all, and the requests that were sent before have reached the server. */
async function holding(server: TestServer, count: number): Promise<void> {
  await expect.poll(() => server.started.fields.filter((field) => field === 'held').length).toBe(count);
}

/** Sends the request when the server has got the first one of these. Resolves when it has joined, or holds by itself. */
async function afterwards(
  server: TestServer,
  ...args: [query?: string, headers?: Readonly<Record<string, string>>]
) {
  const sent = ask(server, ...args);
  // An answer of another route on a later connection: the server has read what came before.
  for (let turn = 0; turn < 3; turn += 1) await (await fetch(`${server.url}/health`)).text();
  return { sent };
}

function release(server: TestServer): void {
  server.started.changed.emit('release');
}

it('equal requests of one caller share one execution, and each pays', async () => {
  await using server = await start();
  const first = ask(server);
  await holding(server, 1);
  const { sent } = await afterwards(server);
  release(server);
  const [a, b] = await Promise.all([answerOf(await first), answerOf(await sent)]);
  expect(server.started.fields).toEqual(['held']);
  expect([a.data, b.data]).toEqual([{ held: 'released' }, { held: 'released' }]);
  // The first one pays for the REST call that it has caused.
  expect(a.extensions?.['cost']).toMatchObject({ actual: 10 });
  expect(b.extensions?.['cost']).toMatchObject({ actual: 1, remaining: 989 });
});

it('a long answer is the same for each of them, with its own cost', async () => {
  await using server = await start();
  const query = '{ held things(first: 400) { name } }';
  const plain = { 'accept-encoding': 'identity' };
  const first = ask(server, query, plain);
  await holding(server, 1);
  const { sent } = await afterwards(server, query, plain);
  release(server);
  const answers = await Promise.all([first, sent]);
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  expect(server.started.fields.filter((field) => field === 'held')).toHaveLength(1);
  expect(answers.map(({ headers }) => Number(headers.get('content-length')))).toEqual(
    texts.map((text) => Buffer.byteLength(text)),
  );
  const things = Array.from({ length: 400 }, () => ({ name: 'thing' }));
  for (const text of texts) {
    expect(JSON.parse(text)).toMatchObject({
      data: { held: 'released', things },
      extensions: { cost: { limit: 1000 } },
    });
  }
  expect(texts[0]?.slice(0, 30)).toBe(texts[1]?.slice(0, 30));
  expect(texts[0]).not.toBe(texts[1]);
});

it('one that counts REST calls sees those that it has caused', async () => {
  await using server = await start({
    createContext: ({ signal }) => ({
      started: server.started,
      signal,
      upstream: { calls: 3, stale: null },
      eventCursor: null,
    }),
  });
  const counting = { 'x-gateway-upstream': '1' };
  const first = ask(server, HELD, counting);
  await holding(server, 1);
  const { sent } = await afterwards(server, HELD, counting);
  release(server);
  expect((await answerOf(await first)).extensions?.['upstream']).toEqual({ calls: 3 });
  expect((await answerOf(await sent)).extensions?.['upstream']).toEqual({ calls: 0 });
});

it.each<readonly [string, string, Readonly<Record<string, string>>]>([
  ['another body', 'query Other { held }', {}],
  ['another caller', HELD, { authorization: 'Bearer bob' }],
])('a request with %s runs by itself', async (_what, query, headers) => {
  await using server = await start();
  const first = ask(server);
  await holding(server, 1);
  const other = ask(server, query, headers);
  await holding(server, 2);
  release(server);
  await Promise.all([first, other]);
});

it('a request of other rights runs by itself, also of the same account', async () => {
  let asked = 0;
  await using server = await start({ rightsOf: () => String((asked += 1)) });
  const requests = [ask(server), ask(server)];
  await holding(server, 2);
  release(server);
  await Promise.all(requests);
});

it('nobody joins an operation whose permission had to be looked up', async () => {
  await using server = await start({ permission: () => Promise.resolve(null) });
  const requests = [ask(server), ask(server)];
  await holding(server, 2);
  release(server);
  await Promise.all(requests);
});

it('a refusal is not shared', async () => {
  await using server = await start({
    permission: () => new GraphQLError('No.', { extensions: { code: 'FORBIDDEN' } }),
  });
  for (const answer of await Promise.all([ask(server), ask(server)])) {
    expect((await answerOf(answer)).errors).toMatchObject([{ message: 'No.' }]);
  }
});

it.each<readonly [string, (server: TestServer) => unknown]>([
  ['a mutation', (server) => ask(server, 'mutation { change }').then((answer) => answer.text())],
  [
    'a mutation that Yoga answers',
    (server) =>
      ask(server, 'mutation { change }', { accept: 'text/event-stream' }).then((answer) => answer.text()),
  ],
  ['a change that the gateway is told of', (server) => server.graphql.sealAnswers()],
])('behind %s nobody joins what ran before it', async (_what, change) => {
  await using server = await start();
  const first = ask(server);
  await holding(server, 1);
  await change(server);
  const later = ask(server);
  await expect.poll(() => server.started.fields.filter((field) => field === 'held').length).toBe(2);
  release(server);
  expect((await answerOf(await first)).data).toEqual({ held: 'released' });
  expect((await answerOf(await later)).data).toEqual({ held: 'released' });
});

it('two mutations that are equal both run', async () => {
  await using server = await start();
  await Promise.all([ask(server, 'mutation { change }'), ask(server, 'mutation { change }')]);
  expect(server.started.fields).toEqual(['change', 'change']);
});

it('who leaves ends only their own wait, and the last one ends the operation', async () => {
  await using server = await start();
  const leaving = [new AbortController(), new AbortController(), new AbortController()];
  const send = (signal?: AbortSignal) =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer ada' },
      body: JSON.stringify({ query: HELD }),
      ...(signal === undefined ? {} : { signal }),
    });
  const first = send(leaving[0]?.signal).catch(() => 'left');
  await holding(server, 1);
  const others = leaving.slice(1).map(({ signal }) => send(signal).catch(() => 'left'));
  for (let turn = 0; turn < 3; turn += 1) await (await fetch(`${server.url}/health`)).text();
  leaving[0]?.abort();
  leaving[1]?.abort();
  expect([await first, await others[0]]).toEqual(['left', 'left']);
  const [signal] = server.started.signals;
  for (let turn = 0; turn < 3; turn += 1) await (await fetch(`${server.url}/health`)).text();
  expect(signal?.aborted).toBe(false);
  leaving[2]?.abort();
  await expect.poll(() => signal?.aborted).toBe(true);
  // The next one does not wait for what was aborted.
  const next = send();
  await holding(server, 2);
  release(server);
  expect((await next).status).toBe(200);
});

it('each has their own time limit', async () => {
  const clock = new ManualClock();
  await using server = await start({ clock });
  const first = ask(server);
  await holding(server, 1);
  await clock.advance(20_000);
  const { sent } = await afterwards(server);
  await clock.advance(10_000);
  expect((await first).status).toBe(504);
  await settle();
  expect(server.started.signals[0]?.aborted).toBe(false);
  release(server);
  expect((await answerOf(await sent)).data).toEqual({ held: 'released' });
});

it('each gets an error with an id of their own', async () => {
  await using server = await start();
  const first = ask(server, '{ heldBreaks }');
  await holding(server, 1);
  const { sent } = await afterwards(server, '{ heldBreaks }');
  release(server);
  const ids = await Promise.all(
    [first, sent].map(async (answer) => (await answerOf(await answer)).errors?.[0]?.extensions['id']),
  );
  expect(server.started.fields).toEqual(['held']);
  expect(new Set(ids).size).toBe(2);
});

it('who has too few points for the operation is refused, and does not join', async () => {
  await using server = await start({ limits: { pointsPerMinute: 20 } });
  const query = '{ things(first: 4) { name } held }';
  const first = ask(server, query);
  await holding(server, 1);
  const { sent } = await afterwards(server, query);
  expect((await sent).status).toBe(429);
  release(server);
  expect((await first).status).toBe(200);
});
