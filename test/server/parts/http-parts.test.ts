// Answers in parts over HTTP: which clients get them, how they are written, and what they share with other answers.
import type { Plugin } from 'graphql-yoga';
import { expect, it } from 'vitest';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { allOf, nextOf, PARTS, partsOf } from '../../support/parts.ts';
import { knownCallers, post, startTestServer, type TestServer } from '../../support/server.ts';
import { answerOf } from '../../support/transports.ts';

const HELD = '{ hello ... @defer(label: "later") { held } }';
const LIST = '{ hello ... @defer(label: "list") { things(first: 2) @stream(initialCount: 1) { name } } }';
const IDS = 'multipart/mixed;incrementalSpec=v0.2';
const PATHS = 'multipart/mixed;deferSpec=20220824';

const begun = ({ started }: TestServer, field: string, times = 1) =>
  expect.poll(() => started.fields.filter((each) => each === field).length, { interval: 2 }).toBe(times);

const release = ({ started }: TestServer) => started.changed.emit('release');

/** The body of a multipart answer with these parts. */
function bodyOf(...parts: readonly string[]): string {
  const written = parts.map(
    (part) => `\r\nContent-Type: application/json; charset=utf-8\r\n\r\n${part}\r\n---`,
  );
  return `\r\n---${written.join('')}--\r\n`;
}

it('parts name their places by ids', async () => {
  await using server = await startTestServer();
  const response = await post(server.url, { query: LIST }, { accept: `${IDS}, application/json` });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('multipart/mixed; boundary="-"; incrementalSpec=v0.2');
  expect(response.headers.get('x-accel-buffering')).toBe('no');
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  expect(await response.text()).toBe(
    bodyOf(
      '{"data":{"hello":"world"},"pending":[{"id":"0","path":[],"label":"list"}],"hasNext":true}',
      '{"hasNext":true,"pending":[{"id":"1","path":["things"]}],"incremental":[{"id":"0","data":{"things":[{"name":"thing"}]}}],"completed":[{"id":"0"}]}',
      '{"hasNext":true,"incremental":[{"id":"1","items":[{"name":"thing"}]}],"completed":[{"id":"1"}]}',
      '{"hasNext":false}',
    ),
  );
});

it.each([
  [PATHS, 'multipart/mixed; boundary="-"; deferSpec=20220824'],
  ['multipart/mixed', 'multipart/mixed; boundary="-"'],
])('parts name their places by paths (`Accept: %s`)', async (accept, type) => {
  await using server = await startTestServer({ limits: { pointsPerMinute: 1000 } });
  const response = await post(server.url, { query: LIST }, { accept: `${accept}, application/json` });
  expect(response.headers.get('content-type')).toBe(type);
  const cost = '"cost":{"requested":14,"actual":12,"limit":1000,"remaining":988,"resetAt":"[^"]+"}';
  const [before, after] = bodyOf(
    '{"data":{"hello":"world"},"hasNext":true}',
    '{"hasNext":true,"incremental":[{"data":{"things":[{"name":"thing"}]},"path":[],"label":"list"}]}',
    '{"hasNext":true,"incremental":[{"items":[{"name":"thing"}],"path":["things",1]}]}',
    '{"hasNext":false,"extensions":{COST}}',
  ).split('COST');
  const text = await response.text();
  expect(text.startsWith(before ?? '?')).toBe(true);
  expect(text.endsWith(after ?? '?')).toBe(true);
  expect(text.slice(before?.length, -(after?.length ?? 0))).toMatch(new RegExp(`^${cost}$`));
});

it.each([
  ['multipart/mixed', 'multipart/mixed; boundary="-"'],
  ['application/json, multipart/mixed', 'multipart/mixed; boundary="-"'],
  [`${PATHS}, ${IDS};q=0.9, application/json;q=0.5`, 'multipart/mixed; boundary="-"; deferSpec=20220824'],
  [`${PATHS};q=0.5, ${IDS}, application/json;q=0.5`, 'multipart/mixed; boundary="-"; incrementalSpec=v0.2'],
  [PATHS, 'multipart/mixed; boundary="-"; deferSpec=20220824'],
  ['application/json, text/event-stream', 'text/event-stream'],
  ['application/json, text/event-stream, multipart/mixed', 'multipart/mixed; boundary="-"'],
  ['multipart/mixed;q=0.5, text/event-stream;q=0.9', 'text/event-stream'],
  ['', 'application/json; charset=utf-8'],
  ['*/*', 'application/json; charset=utf-8'],
  ['application/*, multipart/*', 'application/json; charset=utf-8'],
  ['application/json, multipart/mixed;q=0.9', 'application/json; charset=utf-8'],
  [
    'application/graphql-response+json, multipart/mixed;q=0',
    'application/graphql-response+json; charset=utf-8',
  ],
  ['application/json, multipart/mixed;deferSpec=1', 'application/json; charset=utf-8'],
])('to `Accept: %s` the answer is in %s', async (accept, type) => {
  await using server = await startTestServer();
  const response = await post(server.url, { query: LIST }, { accept });
  expect(response.headers.get('content-type')).toBe(type);
  if (type.includes('json')) {
    const things = [{ name: 'thing' }, { name: 'thing' }];
    expect(await response.json()).toEqual({ data: { hello: 'world', things } });
  } else await response.text();
});

it('to a client that accepts only multipart a query without parts is the only part', async () => {
  await using server = await startTestServer();
  const response = await post(server.url, { query: '{ hello }' }, { accept: PATHS });
  expect(await allOf(partsOf(response))).toEqual([{ data: { hello: 'world' } }]);
});

it.each([
  ['multipart', PARTS],
  ['events', 'text/event-stream'],
])('nothing behind the first part is begun before that has been taken (%s)', async (_what, accept) => {
  await using server = await startTestServer();
  const response = await server.graphql.fetch('http://server.test/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query: HELD }),
  });
  const reader = response.body?.getReader();
  let read = '';
  while (!read.includes('"world"')) read += Buffer.from((await reader?.read())?.value ?? []).toString();
  await settle();
  expect(server.started.fields).toEqual(['hello']);
  const next = reader?.read();
  await begun(server, 'held');
  release(server);
  await next;
  await reader?.cancel();
});

it('parts are no answer that others share, and share none', async () => {
  await using server = await startTestServer();
  const whole = () => post(server.url, { query: HELD }, { accept: 'application/json' });
  const first = whole();
  await begun(server, 'held');
  const parts = partsOf(await post(server.url, { query: HELD }, { accept: PARTS }));
  expect(await nextOf(parts)).toMatchObject({ data: { hello: 'world' }, hasNext: true });
  const rest = allOf(parts);
  await begun(server, 'held', 2);
  const second = whole();
  for (let turn = 0; turn < 3; turn += 1) await (await fetch(`${server.url}/health`)).text();
  expect(server.started.fields.filter((field) => field === 'held')).toHaveLength(2);
  release(server);
  const data = { hello: 'world', held: 'released' };
  expect(await Promise.all([answerOf(await first), answerOf(await second)])).toEqual([{ data }, { data }]);
  expect((await rest)[0]?.incremental).toEqual([{ id: '0', data: { held: 'released' } }]);
});

it('the rest fails when the token of its caller expires', async () => {
  const clock = new ManualClock();
  const authentication = knownCallers({ ada: clock.now() + 5000 });
  await using server = await startTestServer({ clock, authentication });
  const headers = { accept: PARTS, authorization: 'Bearer ada' };
  const parts = partsOf(await post(server.url, { query: HELD }, headers));
  await nextOf(parts);
  const rest = allOf(parts);
  await begun(server, 'held');
  await clock.advance(5000);
  expect(await rest).toMatchObject([
    {
      completed: [
        { id: '0', errors: [{ message: 'The token has expired.', extensions: { code: 'UNAUTHENTICATED' } }] },
      ],
      hasNext: false,
    },
  ]);
  expect(server.started.signals[0]?.aborted).toBe(true);
  expect(clock.pending).toBe(1);
});

it.each([
  [
    'ids',
    IDS,
    {
      completed: [
        {
          id: '0',
          errors: [expect.objectContaining({ extensions: { code: 'LIMIT_EXCEEDED', limit: 'time' } })],
        },
      ],
      hasNext: false,
    },
  ],
  [
    'paths',
    PATHS,
    {
      errors: [expect.objectContaining({ extensions: { code: 'LIMIT_EXCEEDED', limit: 'time' } })],
      hasNext: false,
    },
  ],
])('with %s, the last part tells what failed', async (_what, accept, last) => {
  const clock = new ManualClock();
  await using server = await startTestServer({ clock });
  const parts = partsOf(await post(server.url, { query: HELD }, { accept }));
  await nextOf(parts);
  const rest = allOf(parts);
  await begun(server, 'held');
  await clock.advance(30_000);
  expect(await rest).toEqual([last]);
});

it('a gateway that stops sends what is left', async () => {
  const server = await startTestServer();
  const parts = partsOf(await post(server.url, { query: HELD }, { accept: PARTS }));
  await nextOf(parts);
  const rest = allOf(parts);
  await begun(server, 'held');
  const closed = server[Symbol.asyncDispose]();
  await settle();
  release(server);
  expect(await rest).toMatchObject([{ incremental: [{ data: { held: 'released' } }] }, { hasNext: false }]);
  await closed;
});

it('an answer that has ended leaves no timer', async () => {
  const clock = new ManualClock();
  const authentication = knownCallers({ ada: clock.now() + 60_000 });
  await using server = await startTestServer({ clock, authentication });
  const headers = { accept: PARTS, authorization: 'Bearer ada' };
  await allOf(partsOf(await post(server.url, { query: LIST }, headers)));
  // That of all time limits, which does not wait again.
  await expect.poll(() => clock.pending, { interval: 2 }).toBe(1);
});

it('a mutation is answered whole', async () => {
  await using server = await startTestServer();
  const query = 'mutation { thing { name ... @defer { thing { name } } } }';
  const response = await post(server.url, { query }, { accept: PARTS });
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(await response.json()).toEqual({ data: { thing: { name: 'thing', thing: { name: 'thing' } } } });
});

it('a plugin of a host program may wrap the parts', async () => {
  const clock = new ManualClock();
  let seen = 0;
  const counting: Plugin = {
    onExecute({ executeFn, setExecuteFn }) {
      setExecuteFn(async (args) => {
        const result: unknown = await executeFn(args);
        if (!isStream(result)) return result;
        return (async function* counted() {
          for await (const part of result) {
            seen += 1;
            yield part;
          }
        })();
      });
    },
  };
  await using server = await startTestServer({ clock, plugins: [counting] });
  const parts = partsOf(await post(server.url, { query: HELD }, { accept: PARTS }));
  await nextOf(parts);
  const rest = allOf(parts);
  await begun(server, 'held');
  await clock.advance(30_000);
  const limit = { code: 'LIMIT_EXCEEDED', limit: 'time' };
  expect(await rest).toMatchObject([{ completed: [{ errors: [{ extensions: limit }] }], hasNext: false }]);
  expect(seen).toBe(2);
});

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
