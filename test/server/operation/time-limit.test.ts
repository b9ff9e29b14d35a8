// The time limit of queries and mutations. The tests advance the clock.
import { expect, describe, it } from 'vitest';
import { ManualClock } from '../../support/manual-clock.ts';
import { openSession, subscribe } from '../../support/raw-socket.ts';
import { post, startTestServer, type TestServer } from '../../support/server.ts';
import { transports, type Refusal } from '../../support/transports.ts';

const webSocket = { keepAliveMs: 3_600_000 };

/** Waits until a field has begun. */
const begun = ({ started }: TestServer, field: string) =>
  expect.poll(() => started.fields.includes(field), { interval: 5 }).toBe(true);

describe.each(transports)('over %s', (_name, send) => {
  it.each([
    ['hang', 30],
    ['hangLong', 300],
  ])('`%s` may take %i s; after that it is aborted and answered with an error', async (field, seconds) => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, webSocket });
    const asked = send(server.url, { query: `{ ${field} }` });
    await begun(server, field);
    await clock.advance(seconds * 1000 - 1);
    expect(server.started.signals.map(({ aborted }) => aborted)).toEqual([false]);
    await clock.advance(1);
    // A refused request is answered with errors only.
    const { errors } = (await asked) as Refusal;
    expect(errors[0]?.extensions).toEqual({ code: 'LIMIT_EXCEEDED', limit: 'time' });
    expect(errors[0]?.message).toContain(`longer than ${seconds} s`);
    expect(server.started.signals.map(({ aborted }) => aborted)).toEqual([true]);
  });
});

it('HTTP answers with 504', async () => {
  const clock = new ManualClock();
  await using server = await startTestServer({ clock });
  const asked = post(server.url, { query: '{ hang }' });
  await begun(server, 'hang');
  await clock.advance(30_000);
  expect((await asked).status).toBe(504);
});

it('finished operations leave one timer, which does not wait again', async () => {
  const clock = new ManualClock();
  await using server = await startTestServer({ clock });
  for (let count = 0; count < 5; count += 1) await post(server.url, { query: '{ breaks }' });
  expect(clock.pending).toBe(1);
  await clock.advance(30_000);
  expect(clock.pending).toBe(0);
});

it('an operation is aborted when its client disconnects', async () => {
  await using server = await startTestServer();
  const leaving = new AbortController();
  const asked = fetch(`${server.url}/graphql?query=%7B%20hang%20%7D`, { signal: leaving.signal });
  await begun(server, 'hang');
  leaving.abort();
  await expect(asked).rejects.toThrow('aborted');
  await expect.poll(() => server.started.signals[0]?.aborted, { interval: 5 }).toBe(true);
  await using raw = await openSession(server.url);
  subscribe(raw, '1', '{ hangLong }');
  await begun(server, 'hangLong');
  raw.socket.terminate();
  await expect.poll(() => server.started.signals[1]?.aborted, { interval: 5 }).toBe(true);
});

it('a subscription has no time limit', async () => {
  const clock = new ManualClock();
  await using server = await startTestServer({ clock, webSocket });
  await using raw = await openSession(server.url);
  subscribe(raw, '1', 'subscription { ticks }');
  await raw.next();
  await clock.advance(600_000);
  expect(server.started.ended).toBe(0);
  expect(raw.socket.readyState).toBe(raw.socket.OPEN);
});
