// GraphiQL on a gateway with authentication: the headers of its editor are sent with requests and over sockets.
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGraphiql } from '../../../src/server/graphiql/page.ts';
import { BROWSER_TEST_MS, launchBrowser, noChromium, openGraphiql } from '../../support/browser.ts';
import { knownCallers, startTestServer } from '../../support/server.ts';

describe.skipIf(noChromium !== '')(`GraphiQL in a browser${noChromium}`, { timeout: BROWSER_TEST_MS }, () => {
  let browser: BrowserContext;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, BROWSER_TEST_MS);
  afterAll(() => browser.close());

  test('subscribes with the key in its Headers editor', async () => {
    const authentication = knownCallers({ ada: null });
    await using server = await startTestServer({
      authentication,
      graphiql: createGraphiql({ variables: {}, needsToken: true }),
    });
    await using graphiql = await openGraphiql(browser, server.url, 'subscription { ticks }');
    const { page } = graphiql;
    // The editor has a template without a token, which is not sent until a token is written.
    expect(await graphiql.lowerEditor()).toEqual(['Headers', expect.stringContaining('"authorization"')]);
    expect(new Set(authentication.asked)).toEqual(new Set([null]));
    await page.getByRole('region', { name: 'Headers' }).getByRole('code').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('{ "authorization": "Bearer ada" }');
    // The editor adds the closing bracket itself.
    await page.keyboard.press('Control+Shift+End');
    await page.keyboard.press('Delete');
    const opened = page.waitForEvent('websocket');
    await graphiql.execute();
    await opened;
    expect(await graphiql.answerLike(/"ticks": 1/)).not.toContain('"errors"');
    expect(authentication.asked).toContain('Bearer ada');
  });
});
