// Event streams as a browser reads them: an event's id is its cursor, and a stream resumes after its connection breaks.
import { EventEmitter, on } from 'node:events';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROWSER_TEST_MS, launchBrowser, noChromium } from '../support/browser.ts';
import { layWire, openEventStream, subscriptionUrl, webSocketClient } from '../support/sockets.ts';
import { followPeers, followSessions, inShort, type PeerChange } from './documents.ts';
import { changesUntil, HISTORY, newcomer, nextChange, playHistory, stage } from './stage.ts';

test('the id of an event is its cursor, and `Last-Event-ID` resumes after that event', async () => {
  await using staged = await stage();
  const { url, world, room } = staged;
  // Another subscriber watches all the time, so events are logged.
  await using client = webSocketClient(url);
  const other = client.watch(followPeers, { roomId: room.id });
  await other.next();

  const ids: string[] = [];
  {
    await using stream = await openEventStream(url, followPeers, { roomId: room.id });
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream');
    for (const name of ['Grace', 'Emmy', 'Ida']) {
      const { id, change } = await nextChange(stream);
      expect(id).toBe(change.cursor);
      ids.push(change.cursor);
      world.join(room.id, newcomer(name));
      await other.next();
    }
  }
  expect(new Set(ids).size).toBe(3);

  const resumed = async (headers: Record<string, string>, variables = {}) => {
    await using stream = await openEventStream(url, followPeers, { roomId: room.id, ...variables }, headers);
    return inShort((await nextChange(stream)).change);
  };
  expect(await resumed({ 'last-event-id': ids[0] ?? '' })).toBe('PeerJoined Grace ROOM');
  expect(await resumed({ 'last-event-id': ids[2] ?? '' })).toBe('PeerJoined Ida ROOM');
  // A browser reconnects with the same URL as at first, so `after` has its old value.
  expect(await resumed({ 'last-event-id': ids[2] ?? '' }, { after: ids[0] })).toBe('PeerJoined Ida ROOM');
  // An empty id is that of no event.
  expect(await resumed({ 'last-event-id': '' }, { after: ids[2] })).toBe('PeerJoined Ida ROOM');
  expect(await resumed({ 'last-event-id': ' ' })).toMatch(/^PeersSnapshot SUBSCRIBED/);
});

test('`Last-Event-ID` resumes after an event of `sessionChanges`', async () => {
  await using staged = await stage();
  const { url, world, room, ada } = staged;
  const stream = await openEventStream(url, followSessions, {});
  const first = await stream.next();
  await stream[Symbol.asyncDispose]();
  world.leave(room.id, ada.id);
  await using resumed = await openEventStream(url, followSessions, {}, { 'last-event-id': first?.id ?? '' });
  expect((await resumed.next())?.data).toContain('"SessionEnded"');
});

test('a stream that cannot start ends after one event with the error and `complete`', async () => {
  await using staged = await stage();
  await using stream = await openEventStream(staged.url, followPeers, { roomId: '0123456789abcdef01234567' });
  const refusal = await stream.next();
  expect(refusal).toMatchObject({ event: 'next', id: undefined });
  expect(refusal?.data).toContain('"NOT_FOUND"');
  expect(await stream.next()).toMatchObject({ event: 'complete' });
  expect(await stream.next()).toBeNull();
});

describe.skipIf(noChromium !== '')(
  `EventSource in a browser${noChromium}`,
  { timeout: BROWSER_TEST_MS },
  () => {
    let browser: BrowserContext;
    beforeAll(async () => {
      browser = await launchBrowser();
    }, BROWSER_TEST_MS);
    afterAll(() => browser.close());

    /** Opens a page of the server at `url` that subscribes by EventSource. */
    async function openPage(url: string, roomId: string) {
      const page = await browser.newPage();
      const inbox = new EventEmitter();
      const events = on(inbox, 'change');
      await page.exposeFunction('tell', (data: string) => inbox.emit('change', data));
      await page.goto(`${url}/health`);
      await page.evaluate(
        (address) => {
          const source = new EventSource(address);
          source.addEventListener('next', ({ data }) => {
            // The page calls a function that `exposeFunction` gave it.
            (globalThis as unknown as { tell(data: unknown): void }).tell(data);
          });
        },
        subscriptionUrl('', followPeers, { roomId }),
      );
      return {
        async next(): Promise<PeerChange> {
          const { value } = await events.next();
          // The page passes on the events of `followPeers` as text.
          const [data] = value as [string];
          return (JSON.parse(data) as { data: { peerChanges: PeerChange } }).data.peerChanges;
        },
        [Symbol.asyncDispose]: () => page.close(),
      };
    }

    test('receives the same events as graphql-ws', async () => {
      await using staged = await stage();
      const { url, room } = staged;
      await using client = webSocketClient(url);
      const guide = client.watch(followPeers, { roomId: room.id });
      const told = [(await guide.next()).peerChanges];
      await using page = await openPage(url, room.id);
      const toldPage = [await page.next()];
      await playHistory(staged, async (last) => told.push(...(await changesUntil(guide, last))));
      while (toldPage.length < told.length) toldPage.push(await page.next());
      expect(toldPage.map(inShort)).toEqual(HISTORY);
      expect(toldPage.slice(1)).toEqual(told.slice(1));
    });

    test('resumes by itself after the last event when its connection breaks', async () => {
      await using staged = await stage();
      const { url, world, room } = staged;
      await using wire = await layWire(url);
      await using page = await openPage(wire.url, room.id);
      expect(inShort(await page.next())).toBe('PeersSnapshot SUBSCRIBED [Ada]');
      world.join(room.id, newcomer('Grace'));
      expect(inShort(await page.next())).toBe('PeerJoined Grace ROOM');
      wire.cut();
      world.join(room.id, newcomer('Emmy'));
      world.join(room.id, newcomer('Ida'));
      // Joins between two polls have no fixed order.
      const told = [inShort(await page.next()), inShort(await page.next())];
      expect(told.toSorted()).toEqual(['PeerJoined Emmy ROOM', 'PeerJoined Ida ROOM']);
    });
  },
);
