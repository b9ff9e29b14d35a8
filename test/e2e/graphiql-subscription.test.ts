// GraphiQL watches a room: a real browser, a WebSocket, and a peer who joins.
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROWSER_TEST_MS, launchBrowser, noChromium, openGraphiql } from '../support/browser.ts';
import { newcomer, noneLeft, stage } from './stage.ts';

const document = (roomId: string) => `subscription WhoComes {
  peerChanges(roomId: "${roomId}") {
    __typename
    ... on PeersSnapshot { peers { name } }
    ... on PeerJoined { peer { name role } }
  }
}`;

describe.skipIf(noChromium !== '')(`GraphiQL in a browser${noChromium}`, { timeout: BROWSER_TEST_MS }, () => {
  let browser: BrowserContext;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, BROWSER_TEST_MS);
  afterAll(() => browser.close());

  test('shows joins as they happen, until the stop button is clicked', async () => {
    await using staged = await stage();
    const { url, world, room, gateway } = staged;
    const { live } = gateway.services;
    await using graphiql = await openGraphiql(browser, url, document(room.id));
    const opened = graphiql.page.waitForEvent('websocket');
    await graphiql.execute();
    expect((await opened).url()).toBe(`${url.replace('http', 'ws')}/graphql`);
    expect(await graphiql.answerLike(/"PeersSnapshot"/)).toContain('"Ada"');
    expect(live.gauges().subscribers).toBe(1);

    world.join(room.id, newcomer('Grace'));
    const joined = await graphiql.answerLike(/"PeerJoined"/);
    expect(joined).toContain('"Grace"');
    expect(joined).toContain('"guest"');

    await graphiql.execute();
    await noneLeft(gateway);
    expect(live.gauges().watchedRooms).toBe(0);
    expect(graphiql.foreignRequests).toEqual([]);
    expect(graphiql.complaints).toEqual([]);
  });
});
