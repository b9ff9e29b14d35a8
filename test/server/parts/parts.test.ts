// Answers in parts, over every transport that can carry them: what comes when, and how the rest ends.
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../support/manual-clock.ts';
import { memoryLog } from '../../support/memory-log.ts';
import { allOf, nextOf, partsOf, partTransports, PARTS } from '../../support/parts.ts';
import { post, startTestServer, type TestServer } from '../../support/server.ts';
import { answerOf } from '../../support/transports.ts';

const HELD = '{ hello ... @defer(label: "later") { held } }';
const INTERNAL = { code: 'INTERNAL', id: expect.any(String) };

/** Waits until a field has begun. */
const begun = ({ started }: TestServer, field: string) =>
  expect.poll(() => started.fields.includes(field), { interval: 2 }).toBe(true);

const release = ({ started }: TestServer) => started.changed.emit('release');

describe.each(partTransports)('over %s', (_name, send) => {
  it('the first part comes while a deferred field is waited for', async () => {
    await using server = await startTestServer({ limits: { pointsPerMinute: 1000 } });
    const parts = send(server.url, { query: HELD });
    const pending = [{ id: '0', path: [], label: 'later' }];
    expect(await nextOf(parts)).toEqual({ data: { hello: 'world' }, pending, hasNext: true });
    const rest = allOf(parts);
    await begun(server, 'held');
    release(server);
    const cost = { requested: 1, actual: 10, limit: 1000, remaining: 990, resetAt: expect.any(String) };
    expect(await rest).toEqual([
      { incremental: [{ id: '0', data: { held: 'released' } }], completed: [{ id: '0' }], hasNext: true },
      { extensions: { cost }, hasNext: false },
    ]);
  });

  it('a list comes in parts, and its elements are paid for', async () => {
    await using server = await startTestServer({ limits: { pointsPerMinute: 1000 } });
    const query = '{ things(first: 150) @stream(initialCount: 2) { name thing { name } } }';
    const [first, ...rest] = await allOf(send(server.url, { query }));
    expect(first?.data).toEqual({
      things: [
        { name: 'thing', thing: { name: 'thing' } },
        { name: 'thing', thing: { name: 'thing' } },
      ],
    });
    expect(
      rest.flatMap(({ incremental = [] }) => incremental.flatMap(({ items }) => items ?? [])),
    ).toHaveLength(148);
    // 150 elements with an object each, two calls, and what the stream itself may cost.
    expect(rest.at(-1)?.extensions).toMatchObject({ cost: { requested: 321, actual: 320 } });
  });

  it('errors of later parts are masked, and found in the log', async () => {
    const { log, text } = memoryLog();
    await using server = await startTestServer({ log });
    const [, part] = await allOf(send(server.url, { query: '{ hello ... @defer { breaks } }' }));
    expect(part?.incremental).toEqual([
      {
        id: '0',
        data: { breaks: null },
        errors: [
          {
            message: 'Something went wrong in the gateway.',
            path: ['breaks'],
            locations: [{ line: 1, column: 22 }],
            extensions: INTERNAL,
          },
        ],
      },
    ]);
    const id = String(part?.incremental?.[0]?.errors?.[0]?.extensions['id']);
    expect(text()).toContain(`"errorId":"${id}"`);
  });

  it('a fragment that fails as a whole tells a masked error', async () => {
    await using server = await startTestServer();
    const [, part] = await allOf(send(server.url, { query: '{ hello ... @defer { breaksAll } }' }));
    const failed = {
      path: ['breaksAll'],
      message: expect.stringContaining('Something'),
      extensions: INTERNAL,
    };
    expect(part).toMatchObject({ completed: [{ id: '0', errors: [failed] }] });
  });

  it('an answer in parts is one line of the log, with the code of its first error', async () => {
    const { log, text } = memoryLog();
    await using server = await startTestServer({ log, limits: { pointsPerMinute: 1000 } });
    await allOf(send(server.url, { query: 'query Later { hello ... @defer { breaks calls(count: 1) } }' }));
    const lines = () =>
      text()
        .split('\n')
        .filter((line) => line.includes('"level":30') && line.includes('"operation":"Later"'));
    await expect.poll(() => lines().length, { interval: 2 }).toBe(1);
    const line = { msg: 'request', type: 'query', code: 'INTERNAL', points: 10 };
    expect(JSON.parse(lines()[0] ?? '')).toMatchObject({
      ...line,
      transport: expect.stringMatching(/^(http|websocket)$/),
    });
    expect(lines()[0]).not.toMatch(/"(events|aborted)"/);
  });

  it('a lone surrogate in a later part goes out as U+FFFD', async () => {
    await using server = await startTestServer();
    const [, part] = await allOf(
      send(server.url, { query: '{ hello ... @defer { odd(value: "surrogates") } }' }),
    );
    expect(part?.incremental?.[0]?.data).toMatchObject({
      odd: { '\ufffd': expect.arrayContaining(['\ufffd', 'a\ufffd', '\\ud83d']) },
    });
  });

  it('a later part that JSON cannot express is an error, with which the answer ends', async () => {
    await using server = await startTestServer();
    const query = '{ hello ... @defer(label: "odd") { odd(value: "bigint") } ... @defer { held } }';
    const [, last, ...more] = await allOf(send(server.url, { query }));
    const failed = { errors: [{ message: 'Something went wrong in the gateway.', extensions: INTERNAL }] };
    expect(last).toEqual({
      completed: [
        { id: '0', ...failed },
        { id: '1', ...failed },
      ],
      hasNext: false,
    });
    expect(more).toEqual([]);
    expect(server.started.signals.every(({ aborted }) => aborted)).toBe(true);
  });

  it('the time of an operation is up for its later parts too', async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, webSocket: { keepAliveMs: 3_600_000 } });
    const parts = send(server.url, { query: '{ hello ... @defer { hang } }' });
    await nextOf(parts);
    const rest = allOf(parts);
    await begun(server, 'hang');
    await clock.advance(29_999);
    expect(server.started.signals[0]?.aborted).toBe(false);
    await clock.advance(1);
    expect(await rest).toEqual([
      {
        completed: [
          {
            id: '0',
            errors: [
              {
                message: expect.stringContaining('longer than 30 s'),
                extensions: { code: 'LIMIT_EXCEEDED', limit: 'time' },
              },
            ],
          },
        ],
        hasNext: false,
      },
    ]);
    expect(server.started.signals[0]?.aborted).toBe(true);
  });

  it('an answer that its client leaves is aborted, and paid for as far as it came', async () => {
    await using server = await startTestServer({ limits: { pointsPerMinute: 1000 } });
    const query = '{ things(first: 5) { name } ... @defer { held hang } }';
    const leaving = new AbortController();
    const parts = send(server.url, { query }, { signal: leaving.signal });
    await nextOf(parts);
    const rest = parts.next();
    await begun(server, 'hang');
    leaving.abort();
    await expect(rest).rejects.toThrow();
    await expect.poll(() => server.started.signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    // 5 things, and 2 calls: one of them for `held`. This request costs one point.
    const answer = await answerOf(await post(server.url, { query: '{ hello }' }));
    expect(answer.extensions?.['cost']).toMatchObject({ remaining: 974 });
  });

  it.each([
    ['switched off', 'query ($on: Boolean = false) { hello ... @defer(if: $on) { held } }'],
    ['switched off in the document', '{ hello ... @defer(if: false) { held } }'],
  ])('a query whose directives are %s has one result', async (_what, query) => {
    await using server = await startTestServer();
    const whole = allOf(send(server.url, { query }));
    await begun(server, 'held');
    release(server);
    expect(await whole).toEqual([{ data: { hello: 'world', held: 'released' } }]);
  });

  it.each([
    ['in the document', { query: '{ things @stream(initialCount: -1) { name } }' }],
    [
      'as a variable',
      { query: 'query ($n: Int!) { things @stream(initialCount: $n) { name } }', variables: { n: -1 } },
    ],
    ['as a default', { query: 'query ($n: Int! = -1) { things @stream(initialCount: $n) { name } }' }],
  ])('a negative `initialCount` %s is refused', async (_what, operation) => {
    await using server = await startTestServer();
    expect(await allOf(send(server.url, operation))).toMatchObject([
      {
        errors: [
          {
            message: '`initialCount` of `@stream` must be 0 or more; -1 is not.',
            extensions: { code: 'BAD_USER_INPUT' },
          },
        ],
      },
    ]);
  });

  it('more directives than the limit are refused', async () => {
    await using server = await startTestServer();
    const query = `{ ${'... @defer { hello } '.repeat(21)} }`;
    expect(await allOf(send(server.url, { query }))).toMatchObject([
      { errors: [{ extensions: { code: 'LIMIT_EXCEEDED', limit: 'directives' } }] },
    ]);
  });
});

it.each([
  ['`@defer` in a subscription', 'subscription { ticks ... @defer { ticks } }', 'Defer directive'],
  ['`@defer` at the root of a mutation', 'mutation { ... @defer { change } }', 'Defer directive'],
  ['`@stream` on what is no list', '{ hello @stream }', 'non-list field'],
  [
    'a label that is no text',
    'query ($l: String) { ... @defer(label: $l) { hello } }',
    'must be a static string',
  ],
  [
    'a label that comes twice',
    '{ ... @defer(label: "a") { hello } ... @defer(label: "a") { paint } }',
    'Defer',
  ],
])('%s is refused', async (_what, query, message) => {
  await using server = await startTestServer();
  const [answer] = await allOf(partsOf(await post(server.url, { query }, { accept: PARTS })));
  expect(answer?.errors?.[0]?.message).toContain(message);
  expect(answer?.errors?.[0]?.extensions).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED' });
});
