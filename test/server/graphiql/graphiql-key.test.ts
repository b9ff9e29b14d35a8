// GraphiQL on a gateway with authentication: the headers of its editor are sent with requests and over sockets.
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGraphiql } from '../../../src/server/graphiql/page.ts';
import {
  BROWSER_TEST_MS,
  launchBrowser,
  noChromium,
  openGraphiql,
  type GraphiqlPage,
} from '../../support/browser.ts';
import { knownCallers, startTestServer, type TestServer } from '../../support/server.ts';

/** Writes a key into the Headers editor. */
async function writeKey({ page }: GraphiqlPage, key: string): Promise<void> {
  await page.getByRole('region', { name: 'Headers' }).getByRole('code').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(`{ "authorization": "Bearer ${key}" }`);
  // The editor adds the closing bracket itself.
  await page.keyboard.press('Control+Shift+End');
  await page.keyboard.press('Delete');
}

describe.skipIf(noChromium !== '')(`GraphiQL in a browser${noChromium}`, { timeout: BROWSER_TEST_MS }, () => {
  const { asked, ...authentication } = knownCallers({ ada: null });
  let browser: BrowserContext;
  let server: TestServer;
  beforeAll(async () => {
    browser = await launchBrowser();
    const graphiql = createGraphiql({ variables: {}, needsToken: true });
    server = await startTestServer({ authentication, graphiql });
  }, BROWSER_TEST_MS);
  afterAll(async () => {
    await browser.close();
    await server[Symbol.asyncDispose]();
  });

  test('subscribes with the key in its Headers editor', async () => {
    const before = asked.length;
    await using graphiql = await openGraphiql(browser, server.url, 'subscription { ticks }');
    const { page } = graphiql;
    // The editor has a template without a token, which is not sent until a token is written.
    expect(await graphiql.lowerEditor()).toEqual(['Headers', expect.stringContaining('"authorization"')]);
    expect(new Set(asked.slice(before))).toEqual(new Set([null]));
    await writeKey(graphiql, 'ada');
    const opened = page.waitForEvent('websocket');
    await graphiql.execute();
    await opened;
    expect(await graphiql.answerLike(/"ticks": 1/)).not.toContain('"errors"');
    expect(asked.slice(before)).toContain('Bearer ada');
  });

  test('tells in words that a subscription was refused', async () => {
    await using graphiql = await openGraphiql(browser, server.url, 'subscription { ticks }');
    const answer = graphiql.page.locator('.result-window .view-lines');
    await writeKey(graphiql, 'eve');
    await answer.getByText('The key or token is not accepted').waitFor();
    const opened = graphiql.page.waitForEvent('websocket');
    await graphiql.execute();
    const socket = await opened;
    await (socket.isClosed() ? null : socket.waitForEvent('close'));
    await graphiql.page.getByRole('button', { name: 'Execute query' }).waitFor();
    expect(await graphiql.answerLike(/"errors"/)).toContain('"message": "The key or token is not accepted."');
  });

  test('reads the schema as soon as it has a key, which all tabs send and no disk keeps', async () => {
    await using graphiql = await openGraphiql(browser, server.url);
    const { page } = graphiql;
    const explorer = page.locator('.graphiql-doc-explorer');
    const answer = page.locator('.result-window .view-lines');
    await page.getByLabel('Show Documentation Explorer').click();
    await explorer.getByText('The schema cannot be read').waitFor();

    await writeKey(graphiql, 'eve');
    await answer.getByText('The key or token is not accepted').waitFor();
    await explorer.getByText('The schema cannot be read').waitFor();
    await writeKey(graphiql, 'ada');
    await explorer.getByRole('link', { name: 'Query', exact: true }).waitFor();
    expect(await answer.innerText()).toBe('');

    await graphiql.openTab('Rooms');
    const known = asked.length;
    await graphiql.execute();
    await graphiql.answerLike(/"errors"/);
    expect(asked.slice(known)).toEqual(['Bearer ada']);

    // GraphiQL writes its state to the storage half a second after a change: it has, once the open tab is in it.
    const storage = () =>
      page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])');
    await expect.poll(storage).toContain(String.raw`\"activeTabIndex\":2`);
    expect(await storage()).not.toContain('Bearer');
    expect(page.url()).not.toContain('Bearer');
  });
});
