// GraphiQL as a person meets it: a real browser, a gateway that listens, and no other network.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleOperations } from '../../src/server/graphiql.ts';
import { BROWSER_TEST_MS, launchBrowser, noChromium, openGraphiql } from '../support/browser.ts';
import { startTestGateway } from '../support/gateway.ts';

const examples = exampleOperations().map(({ file, query }) => ({
  file,
  query,
  name: /^(?:query|subscription) (\w+)/m.exec(query)?.[1] ?? 'unnamed',
}));

test.for(examples.filter(({ query }) => !/^subscription/m.test(query)))(
  'the example $name is answered without an error',
  async ({ query }) => {
    await using gateway = await startTestGateway();
    expect(JSON.stringify(await gateway.data(query))).toContain('"node"');
  },
);

describe.skipIf(noChromium !== '')(`GraphiQL in a browser${noChromium}`, { timeout: BROWSER_TEST_MS }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, BROWSER_TEST_MS);
  afterAll(() => browser.close());

  test('lets a newcomer run the examples and read the documentation, all from its own origin', async () => {
    await using served = await startTestGateway();
    await using graphiql = await openGraphiql(browser, await served.gateway.listen());
    const { page } = graphiql;

    expect(await graphiql.tabNames()).toEqual(examples.map(({ name }) => name));
    const sent = page.waitForRequest((request) => request.postData()?.includes('LiveRooms') === true);
    await graphiql.execute();
    const answer = await graphiql.answerLike(/"totalCount": [1-9]/);
    expect(answer).toContain('"connected": true');
    expect(answer).not.toContain('"errors"');

    // The place for a token is shown, and none is sent until one is written.
    expect(await page.locator('.graphiql-editor-tool').innerText()).toContain('"authorization"');
    expect((await sent).headers()).not.toHaveProperty('authorization');

    await graphiql.openTab('Templates');
    await graphiql.execute();
    expect(await graphiql.answerLike(/"templates": \{/)).not.toContain('"errors"');

    expect(await graphiql.documentation('Query')).toContain('Rooms of the workspace, newest first.');
    expect(await graphiql.documentation('Room')).toContain('A permanent place to meet');

    expect(graphiql.foreignRequests).toEqual([]);
    expect(graphiql.complaints).toEqual([]);
  });

  test('opens with the query that its address carries', async () => {
    await using served = await startTestGateway();
    const query = 'query Pick { rooms(first: 1) { edges { node { hmsId } } } }';
    await using graphiql = await openGraphiql(browser, await served.gateway.listen(), query);
    await graphiql.execute();
    expect(await graphiql.answerLike(/"hmsId": "[0-9a-f]{24}"/)).not.toContain('"errors"');
  });
});
