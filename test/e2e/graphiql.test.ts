// GraphiQL in a real browser against a listening gateway, without any other network.
import axe from 'axe-core';
import type { BrowserContext, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schema } from '../../schema/index.ts';
import { exampleOperations } from '../../src/server/graphiql/examples.ts';
import { RUN_AXE } from '../support/axe.ts';
import { BROWSER_TEST_MS, launchBrowser, noChromium, openGraphiql } from '../support/browser.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { addRooms } from '../support/worlds.ts';
import { FAST, noneLeft } from './stage.ts';

const examples = exampleOperations().map(({ file, query }) => ({
  file,
  query,
  name: /^(?:query|subscription) (\w+)/m.exec(query)?.[1] ?? 'unnamed',
}));

/** The first sentence of a description, which the documentation shows. */
function firstSentence(described: { readonly description?: string | null | undefined } | undefined): string {
  const [sentence] = /^.+?\./.exec(described?.description ?? '') ?? [];
  if (sentence === undefined) throw new Error('The schema does not describe this.');
  return sentence;
}

/** Whether `request` runs the operation `name`; the page also asks for the schema. */
function runs(request: Request, name: string): boolean {
  return request.method() === 'POST' && request.postData()?.includes(`"operationName":"${name}"`) === true;
}

const watchPeers = (roomId: string) => `subscription WhoComes {
  peerChanges(roomId: "${roomId}") {
    __typename
    ... on PeersSnapshot { peers { name } }
    ... on PeerJoined { peer { name role } }
  }
}`;

const queries = examples.filter(({ query }) => !/^subscription/m.test(query));

test.for(queries)('the example $name is answered without an error', async ({ query }) => {
  await using gateway = await startTestGateway();
  expect(JSON.stringify(await gateway.data(query))).toContain('"node"');
});

test('the example of who is in a meeting leaves out people who have left', async () => {
  await using gateway = await startTestGateway();
  const { world } = gateway.sandbox;
  const live = [...world.rooms.all.values()].filter(({ id }) => world.sessions.active(id) !== undefined);
  for (const { id } of live) world.leave(id, world.sessions.connectedPeers(id)[0]?.id ?? '');
  const example = examples.find(({ name }) => name === 'LiveRooms');
  const told = await gateway.data(example?.query ?? '');
  const present = live.map(({ id, name }) => ({
    node: { room: { name, peers: { totalCount: world.sessions.connectedPeers(id).length } } },
  }));
  expect(told).toMatchObject({ sessions: { edges: present.toReversed() } });
});

describe.skipIf(noChromium !== '')(`GraphiQL in a browser${noChromium}`, { timeout: BROWSER_TEST_MS }, () => {
  let browser: BrowserContext;
  let served: TestGateway;
  let url: string;
  beforeAll(async () => {
    browser = await launchBrowser();
    served = await startTestGateway({ config: FAST });
    url = await served.gateway.listen();
  }, BROWSER_TEST_MS);
  afterAll(async () => {
    await browser.close();
    await served[Symbol.asyncDispose]();
  });

  test('lets a newcomer run the examples and read the documentation, all from its own origin', async () => {
    await using graphiql = await openGraphiql(browser, url);

    expect(await graphiql.tabNames()).toEqual(examples.map(({ name }) => name));
    await graphiql.execute();
    const answer = await graphiql.answerLike(/"totalCount": [1-9]/);
    expect(answer).not.toContain('"errors"');

    const { rooms } = schema.getQueryType()?.getFields() ?? {};
    expect(await graphiql.documentation('Query')).toContain(firstSentence(rooms));
    expect(await graphiql.documentation('Room')).toContain(firstSentence(schema.getType('Room')));

    expect(graphiql.foreignRequests).toEqual([]);
    expect(graphiql.complaints).toEqual([]);
  });

  test('opens each tab at the first click; asks for variables, and for a token only if callers need one', async () => {
    await using graphiql = await openGraphiql(browser, url);
    for (const { name } of examples.toReversed()) await graphiql.openTab(name);
    await graphiql.openTab('WatchRoom');
    expect(await graphiql.lowerEditor()).toEqual(['Variables', expect.stringContaining('"roomId"')]);
    expect(graphiql.complaints).toEqual([]);
  });

  test('runs the operation of a tab right after the switch to it', async () => {
    await using graphiql = await openGraphiql(browser, url);
    const { page } = graphiql;
    // The first tab is open already.
    const others = queries.slice(1);
    for (let turn = 0; turn < 10; turn += 1) {
      const name = others[turn % others.length]?.name ?? '';
      const answered = page.waitForResponse((response) => runs(response.request(), name));
      await graphiql.runTab(name);
      expect(await (await answered).json()).toMatchObject({ data: {} });
      expect(await graphiql.answerLike(/"data": \{/)).not.toContain('"errors"');
    }
    expect(graphiql.complaints).toEqual([]);
  });

  test('shows no answer below the operation of another tab', async () => {
    await using graphiql = await openGraphiql(browser, url);
    const { page } = graphiql;
    const release = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      await release.promise;
      await route.continue();
    });
    const asked = page.waitForRequest((request) => runs(request, 'LiveRooms'));
    await graphiql.execute();
    const request = await asked;
    await graphiql.openTab('Templates');
    release.resolve();
    await (await request.response())?.finished();
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
    expect(await page.locator('.result-window .view-lines').innerText()).toBe('');
  });

  test('joins the parts of an answer', async () => {
    const query = `query Tracks { rooms(first: 1) { edges { node { peers(first: 1) { edges { node {
      role ... @defer { tracks { type } } } } } } } } }`;
    await using graphiql = await openGraphiql(browser, url, query);
    const answered = graphiql.page.waitForResponse((response) => runs(response.request(), 'Tracks'));
    await graphiql.execute();
    expect((await answered).headers()['content-type']).toBe('multipart/mixed; boundary="-"');
    const answer = await graphiql.answerLike(/"tracks": /);
    expect(answer).toContain('"role": ');
    expect(answer).not.toContain('"errors"');
    expect(graphiql.complaints).toEqual([]);
  });

  test('opens with the query in its address', async () => {
    const query = 'query Pick { rooms(first: 1) { edges { node { hmsId } } } }';
    await using graphiql = await openGraphiql(browser, url, query);
    await graphiql.execute();
    expect(await graphiql.answerLike(/"hmsId": "[0-9a-f]{24}"/)).not.toContain('"errors"');
  });

  test('shows who joins a room as it happens, until the stop button is clicked', async () => {
    const { world } = served.sandbox;
    const [room] = addRooms(world, 1, 'watched');
    const roomId = room?.id ?? '';
    world.join(roomId, { name: 'Ada', role: 'teacher', userId: 'ada' });
    const { live } = served.gateway.services;
    await using graphiql = await openGraphiql(browser, url, watchPeers(roomId));
    const opened = graphiql.page.waitForEvent('websocket');
    await graphiql.execute();
    expect((await opened).url()).toBe(`${url.replace('http', 'ws')}/graphql`);
    expect(await graphiql.answerLike(/"PeersSnapshot"/)).toContain('"Ada"');
    expect(live.gauges().subscribers).toBe(1);

    world.join(roomId, { name: 'Grace', role: 'student', userId: 'grace' });
    const joined = await graphiql.answerLike(/"PeerJoined"/);
    expect(joined).toContain('"Grace"');
    expect(joined).toContain('"student"');

    await graphiql.execute();
    await noneLeft(served.gateway);
    expect(live.gauges().watchedRooms).toBe(0);
    expect(graphiql.foreignRequests).toEqual([]);
    expect(graphiql.complaints).toEqual([]);
  });

  test('goes on watching when the gateway is back after a time in which it could not be reached', async () => {
    const { world } = served.sandbox;
    const [room] = addRooms(world, 1, 'lost and found');
    const roomId = room?.id ?? '';
    world.join(roomId, { name: 'Ada', role: 'teacher', userId: 'ada' });
    await using proxy = await TcpProxy.start(Number(new URL(url).port));
    await using graphiql = await openGraphiql(browser, `http://127.0.0.1:${proxy.port}`, watchPeers(roomId));
    await graphiql.execute();
    await graphiql.answerLike(/"PeersSnapshot"/);

    const { promise: failed, resolve } = Promise.withResolvers<unknown>();
    graphiql.page.once('websocket', (socket) => socket.once('socketerror', resolve));
    proxy.cut();
    await failed;
    world.join(roomId, { name: 'Grace', role: 'student', userId: 'grace' });
    proxy.heal();
    expect(await graphiql.answerLike(/"Grace"/)).toContain('"PeersSnapshot"');
  });

  test.for(['light', 'dark'] as const)(
    'axe finds nothing in %s, documentation included',
    async (colorScheme) => {
      await using graphiql = await openGraphiql(browser, url);
      const { page } = graphiql;
      await page.emulateMedia({ colorScheme });
      await page.reload();
      await page.locator('.graphiql-query-editor .view-line').first().waitFor();
      await graphiql.documentation();
      await page.getByRole('link', { name: '100ms' }).waitFor();
      await page.evaluate(axe.source);
      expect(await page.evaluate(RUN_AXE)).toEqual([]);
    },
  );

  test.for([
    ['a phone', 390, 844],
    ['a small laptop with the documentation open', 1280, 800],
  ] as const)(
    'on the screen of %s every tab can be reached and no code is cut',
    async ([, width, height]) => {
      await using graphiql = await openGraphiql(browser, url);
      const { page } = graphiql;
      if (width < 500) {
        // As a phone lays out pages: 980 px wide, unless they say that they suit it.
        const devtools = await page.context().newCDPSession(page);
        const metrics = { width, height, deviceScaleFactor: 1, mobile: true };
        await devtools.send('Emulation.setDeviceMetricsOverride', metrics);
        await page.reload();
        await page.locator('.graphiql-query-editor .view-line').first().waitFor();
      } else {
        await page.setViewportSize({ width, height });
        await graphiql.documentation('Query');
      }
      expect(await page.evaluate('[innerWidth, document.documentElement.scrollWidth]')).toEqual([
        width,
        width,
      ]);
      const tops = new Map<string, number>();
      for (const { name } of examples.toReversed()) {
        await graphiql.openTab(name);
        await expect.poll(() => page.evaluate(OUTSIDE)).toEqual([]);
        tops.set(name, await page.evaluate<number>(TOP_OF_EDITOR));
      }
      expect(new Set(tops.values()).size).toBe(1);
      expect(await page.evaluate(LINES_OF_TITLE)).toBe(1);
      expect(graphiql.complaints).toEqual([]);
    },
  );
});

/** Tabs, and words of the operation, that are not wholly within the window and their editor. */
const OUTSIDE = `[['.graphiql-tab-button, .graphiql-logo', 'html'], ['.graphiql-query-editor .view-line > span', '.graphiql-query-editor .monaco-editor']]
  .flatMap(([selector, frame]) => [...document.querySelectorAll(selector)].filter((element) => {
    const { left, right } = element.getBoundingClientRect();
    const outer = document.querySelector(frame).getBoundingClientRect();
    return left < outer.left || right > outer.right + 1;
  }))
  .map((element) => element.textContent)`;

const TOP_OF_EDITOR = `document.querySelector('.graphiql-editors').getBoundingClientRect().top`;

const LINES_OF_TITLE = `(() => {
  const text = new Range();
  text.selectNodeContents(document.querySelector('.graphiql-logo span'));
  return text.getClientRects().length;
})()`;
