// Event streams of members of groups, over a real connection: what is written, and what is left behind.
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphQLError } from 'graphql';
import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { RequestNote } from '../../../src/server/request-note.ts';
import { Wheel } from '../../../src/server/socket/wheel.ts';
import { EventResponse } from '../../../src/server/stream/event-response.ts';
import { Member } from '../../../src/server/stream/member.ts';
import { OpenStreams } from '../../../src/server/stream/open-streams.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { Source, toldOf } from '../../support/told-source.ts';

const PERIOD_MS = 12_000;

/** A stream whose first event, `a`, its client has read. */
async function openStream({ expiresInMs = null }: { readonly expiresInMs?: number | null } = {}) {
  const [clock, pingClock] = [new ManualClock(), new ManualClock()];
  const source = new Source();
  const mask = (error: unknown) => new GraphQLError(`masked: ${error instanceof Error ? error.message : ''}`);
  const [left, openStreams] = [vi.fn(), new OpenStreams()];
  const resolve = ({ name }: { name: string }) => ({ data: { name } });
  const member = new Member({
    key: 'k',
    source,
    // Made by `toldOf`.
    resolve: (event) => resolve(event as { name: string }),
    countObjects: () => 1,
    mask,
    onPulled: () => undefined,
  });
  const note = new RequestNote({ log: pino({ level: 'silent' }), clock, requestId: '1', transport: 'http' });
  const expiresAt = expiresInMs === null ? null : clock.now() + expiresInMs;
  const visitor = { account: 'a', caller: { name: 'a', expiresAt } };
  const pings = new Wheel<Pick<EventResponse, 'ping'>>(pingClock, PERIOD_MS, (each) => each.ping());
  const server = createServer((_request, response) => {
    const options = { textOf: JSON.stringify, mask, clock, openStreams, pings };
    void new EventResponse(
      response,
      { results: member, context: { member, leave: left, visitor }, note },
      options,
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  source.tell(toldOf('a'));
  // A server that listens on a port has this kind of address.
  const { port } = server.address() as AddressInfo;
  const response = await new Promise<IncomingMessage>((answered) =>
    get({ port, host: '127.0.0.1' }, answered),
  );
  let text = '';
  response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  response.on('error', () => undefined);
  await expect.poll(() => text).toContain('"a"}}\n\n');
  return {
    clock,
    pingClock,
    source,
    left,
    openStreams,
    response,
    text: () => text,
    async [Symbol.asyncDispose]() {
      response.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const BEGINNING = ':\n\nevent: next\ndata: {"data":{"name":"a"}}\n\n';

test('events are written with their ids, and a comment once in a period', async () => {
  await using stream = await openStream();
  stream.source.tell(toldOf('b'));
  const events = `${BEGINNING}event: next\nid: after b\ndata: {"data":{"name":"b"}}\n\n`;
  await expect.poll(stream.text).toBe(events);
  await stream.pingClock.advance(PERIOD_MS);
  await expect.poll(stream.text).toBe(`${events}:\n\n`);
});

test.each([
  [undefined, ''],
  [new Error('gone'), 'event: next\ndata: {"errors":[{"message":"masked: gone","extensions":{}}]}\n\n'],
])('a source that ends completes the stream (%s)', async (error, last) => {
  await using stream = await openStream();
  stream.source.end(error);
  await expect.poll(() => stream.response.complete).toBe(true);
  expect(stream.text()).toBe(`${BEGINNING}${last}event: complete\ndata:\n\n`);
  expect(stream.left).toHaveBeenCalledOnce();
});

test('a token that expires ends the stream with an error, and no later event is written', async () => {
  await using stream = await openStream({ expiresInMs: 60_000 });
  await stream.clock.advance(59_999);
  expect(stream.left).not.toHaveBeenCalled();
  stream.clock.step(1);
  stream.source.tell(toldOf('b'));
  await expect.poll(() => stream.response.complete).toBe(true);
  expect(stream.text()).toMatch(
    /"a"\}\}\n\nevent: next\ndata: .*UNAUTHENTICATED.*\n\nevent: complete\ndata:\n\n$/,
  );
  expect([stream.left.mock.calls.length, stream.source.hasLeft, stream.clock.pending]).toEqual([1, true, 0]);
});

test('a gateway that stops ends the stream without `complete`', async () => {
  await using stream = await openStream();
  stream.openStreams.endAll();
  await expect.poll(() => stream.response.complete).toBe(true);
  expect(stream.text()).toBe(BEGINNING);
  expect([stream.left.mock.calls.length, stream.source.hasLeft]).toEqual([1, true]);
});

test('a client that leaves leaves no timer, no place and no reader behind', async () => {
  await using stream = await openStream({ expiresInMs: 60_000 });
  expect([stream.clock.pending, stream.pingClock.pending]).toEqual([1, 1]);
  stream.response.destroy();
  await expect.poll(() => stream.left.mock.calls.length).toBe(1);
  expect([stream.source.hasLeft, stream.clock.pending, stream.pingClock.pending]).toEqual([true, 0, 0]);
});

test('a client that does not read gets no events until it does, each of them once and in order', async () => {
  await using stream = await openStream();
  stream.response.pause();
  const long = 'x'.repeat(100_000);
  const names = Array.from({ length: 100 }, (_, at) => `${at}${long}`);
  stream.source.tell(...names.map(toldOf));
  await new Promise((resolve) => setImmediate(resolve));
  expect(stream.source.events.length).toBeGreaterThan(0);
  stream.response.resume();
  await expect.poll(() => stream.source.events.length).toBe(0);
  await expect
    .poll(() => [...stream.text().matchAll(/"name":"(\d+)x/g)].map(([, at]) => Number(at)))
    .toEqual(names.map((_, at) => at));
});
