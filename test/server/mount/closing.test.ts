// What a gateway in another program's server waits for when it closes, what it cuts off after 10 s, and when a request counts as
// over: the same for the handler of Node's server and that of the fetch API.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asNextRoute, inNode } from '../../library/hosts.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { memoryLog, type MemoryLog } from '../../support/memory-log.ts';
import { allOf, nextOf, PARTS, partTransports, type SendForParts } from '../../support/parts.ts';
import { mountTestServer, post } from '../../support/server.ts';

const HELD = '{ hello ... @defer { held } }';
const DRAIN_MS = 10_000;

let clock: ManualClock;
let memory: MemoryLog;
let mount: ReturnType<typeof mountTestServer>;
beforeEach(() => {
  clock = new ManualClock();
  memory = memoryLog();
  mount = mountTestServer({ clock, log: memory.log });
});
afterEach(async () => {
  const closed = mount.close();
  await clock.advance(DRAIN_MS);
  await closed;
});

/** The lines of requests that are over. */
const lines = () =>
  memory
    .text()
    .split('\n')
    .filter((line) => line.includes('"msg":"request"'))
    // The server writes its log as JSON.
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);

const begun = (field: string) =>
  expect.poll(() => mount.started.fields.includes(field), { interval: 2 }).toBe(true);

const release = () => mount.started.changed.emit('release');

/** Closes, and tells whether that is done. */
function close() {
  let isDone = false;
  const done = mount.close().then(() => (isDone = true));
  return { done, isDone: () => isDone };
}

const overHttp = partTransports.filter(([name]) => name !== 'WebSocket');

const ways = [
  ['listener', inNode],
  ['fetch', asNextRoute],
] as const;

describe.each(ways)('%s', (way, start) => {
  /** Sends the operation, and reads its first part. */
  async function begin(send: SendForParts, url: string, signal?: AbortSignal) {
    const parts = send(url, { query: HELD }, signal === undefined ? {} : { signal });
    expect(await nextOf(parts)).toMatchObject({ data: { hello: 'world' }, hasNext: true });
    const rest = allOf(parts);
    await begun('held');
    return { rest };
  }

  it.each(overHttp)('an answer in parts over %s is over with its last part', async (_name, send) => {
    await using host = await start(mount);
    const { rest } = await begin(send, host.url);
    const closing = close();
    await settle();
    expect([closing.isDone(), lines()]).toEqual([false, []]);
    await clock.advance(DRAIN_MS - 1);
    release();
    expect(await rest).toMatchObject([{ incremental: [{ data: { held: 'released' } }] }, { hasNext: false }]);
    await closing.done;
    expect(lines()).toMatchObject([{ status: 200, durationMs: DRAIN_MS - 1 }]);
    expect(lines()[0]).not.toHaveProperty('aborted');
  });

  it.each(overHttp)('an answer in parts over %s is cut off after 10 s', async (_name, send) => {
    await using host = await start(mount);
    const { rest } = await begin(send, host.url);
    const cut = expect(rest).rejects.toThrow();
    const closing = close();
    await clock.advance(DRAIN_MS);
    await closing.done;
    await cut;
    await expect.poll(lines).toMatchObject([{ status: 200, aborted: true, durationMs: DRAIN_MS }]);
    expect(mount.started.signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it.each(overHttp)(
    'a client that leaves in the middle of parts over %s ends the rest',
    async (_name, send) => {
      await using host = await start(mount);
      const leaving = new AbortController();
      const { rest } = await begin(send, host.url, leaving.signal);
      const left = expect(rest).rejects.toThrow();
      leaving.abort();
      await left;
      await expect.poll(lines).toMatchObject([{ status: 200, aborted: true }]);
      expect(mount.started.signals.map(({ aborted }) => aborted)).toEqual([true]);
      await close().done;
    },
  );

  it('a query that does not end is cut off after 10 s', async () => {
    await using host = await start(mount);
    const answer = post(host.url, { query: '{ hang }' }).then(
      async (response) => [response.status, await response.json()],
      (error: unknown) => error,
    );
    await begun('hang');
    const closing = close();
    await clock.advance(DRAIN_MS - 1);
    expect(closing.isDone()).toBe(false);
    await clock.advance(1);
    await closing.done;
    if (way === 'listener') expect(await answer).toBeInstanceOf(TypeError);
    else
      expect(await answer).toMatchObject([
        503,
        { errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }] },
      ]);
    await expect.poll(lines).toMatchObject([{ aborted: true, durationMs: DRAIN_MS }]);
    expect(mount.started.signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('a subscription is over when the gateway closes', async () => {
    await using host = await start(mount);
    const query = 'subscription { changes }';
    const response = await post(host.url, { query }, { accept: 'text/event-stream' });
    const text = response.text();
    await close().done;
    expect(await text).not.toContain('complete');
    await expect.poll(lines).toMatchObject([{ transport: 'sse', status: 200 }]);
    expect(lines()[0]).not.toHaveProperty('aborted');
  });
});

describe('fetch in process', () => {
  const ask = (query: string, accept: string, signal?: AbortSignal) =>
    mount.fetch(
      new Request('http://gateway.test/api/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept },
        body: JSON.stringify({ query }),
        ...(signal === undefined ? {} : { signal }),
      }),
    );

  const accepted = [
    ['multipart', PARTS],
    ['events', 'text/event-stream'],
  ] as const;

  /** Reads up to the first part, and asks for the next. */
  async function begin(accept: string, signal?: AbortSignal) {
    const response = await ask(HELD, accept, signal);
    const reader = response.body?.getReader();
    if (reader === undefined) throw new Error('there is no body');
    let read = '';
    while (!read.includes('"world"')) read += Buffer.from((await reader.read()).value ?? []).toString();
    const next = reader.read();
    await begun('held');
    return { reader, next };
  }

  it.each(accepted)('a reader that cancels the body ends the rest (%s)', async (_name, accept) => {
    const { reader, next } = await begin(accept);
    await reader.cancel();
    expect(await next).toMatchObject({ done: true });
    expect(lines()).toMatchObject([{ status: 200, aborted: true }]);
    expect(mount.started.signals.map(({ aborted }) => aborted)).toEqual([true]);
    await close().done;
  });

  it.each(accepted)('a request that is aborted ends its body (%s)', async (_name, accept) => {
    const leaving = new AbortController();
    const { next } = await begin(accept, leaving.signal);
    leaving.abort();
    expect(await next).toMatchObject({ done: true });
    expect(lines()).toMatchObject([{ status: 200, aborted: true }]);
    await close().done;
  });

  it.each(accepted)('a body that nobody reads is cut off after 10 s (%s)', async (_name, accept) => {
    const response = await ask(HELD, accept);
    const closing = close();
    await clock.advance(DRAIN_MS);
    await closing.done;
    expect(lines()).toMatchObject([{ status: 200, aborted: true }]);
    await expect(response.text()).rejects.toMatchObject({ name: 'AbortError' });
  });

  it.each([
    ['JSON', 'application/json'],
    ['multipart of one part', 'multipart/mixed'],
  ])('an answer that is a whole is over before it is read (%s)', async (_name, accept) => {
    const response = await ask('{ hello }', accept);
    expect(lines()).toMatchObject([{ status: 200 }]);
    await close().done;
    expect(await response.text()).toContain('world');
  });

  it('a request that is aborted before its answer is answered with 499', async () => {
    const leaving = new AbortController();
    const answer = ask('{ hang }', 'application/json', leaving.signal);
    await begun('hang');
    leaving.abort();
    expect((await answer).status).toBe(499);
    expect(lines()).toMatchObject([{ status: 499, aborted: true }]);
    await close().done;
  });
});
