// Subscriptions over HTTP: answered by an event stream, or refused.
import { describe, expect, it, vi } from 'vitest';
import { post, startTestServer } from '../../support/server.ts';
import { eventsOf } from '../../support/sockets.ts';

const TICKS = { query: 'subscription { ticks }' };

const FIRST = '{"data":{"ticks":1}}';

/** The data of the first event of a stream, which is then closed. */
async function firstEvent(answer: Response): Promise<string | undefined> {
  const events = eventsOf(answer);
  const { value } = await events.next();
  await events.return();
  return value?.data;
}

describe('a subscription whose client accepts', () => {
  it.each([
    'application/json',
    'application/graphql-response+json, application/json;q=0.9',
    'multipart/mixed',
    'text/html',
    'text/event-streams',
  ])('%s is refused with 406 and never begins', async (accept) => {
    await using server = await startTestServer({ limits: { subscriptionsPerCaller: 1 } });
    for (let turn = 0; turn < 5; turn += 1) {
      const answer = await post(server.url, TICKS, { accept });
      expect(answer.status).toBe(406);
      expect(await answer.json()).toEqual({
        errors: [
          {
            message: expect.stringMatching(/\baccept .*text\/event-stream/i) as string,
            extensions: { code: 'BAD_USER_INPUT' },
          },
        ],
      });
    }
    expect(server.started.fields).toEqual([]);
    expect(await firstEvent(await post(server.url, TICKS, { accept: 'text/event-stream' }))).toBe(FIRST);
  });

  it.each([
    'text/event-stream',
    'Text/Event-Stream; charset=utf-8',
    'application/json, text/event-stream;q=0.5',
    'application/json, */*',
    'text/*',
    '*/*',
  ])('%s gets a stream', async (accept) => {
    await using server = await startTestServer();
    const answer = await post(server.url, TICKS, { accept });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    expect(await firstEvent(answer)).toBe(FIRST);
  });
});

it('a client that disconnects before its answer leaves no operation running', async () => {
  await using server = await startTestServer();
  const started = vi.spyOn(globalThis, 'setInterval');
  const stopped = vi.spyOn(globalThis, 'clearInterval');
  const leaving = new AbortController();
  const answer = fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: '{"query":"{ hang }"}',
    signal: leaving.signal,
  });
  await expect.poll(() => server.started.signals.length).toBe(1);
  leaving.abort();
  await expect(answer).rejects.toThrow('aborted');
  // The server creates the unread stream when the query notices the abort.
  await expect.poll(() => started.mock.results.length).toBeGreaterThan(0);
  const left = () => started.mock.results.filter(({ value }) => !stopped.mock.calls.flat().includes(value));
  await expect.poll(left).toEqual([]);
});
