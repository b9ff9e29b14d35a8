// A Chromium for tests, and GraphiQL in it. Each test file starts one browser. Its pages share a cache; each begins
// with an empty storage. A busy machine needs seconds for the 9 MB of GraphiQL, so the tests of a file share a gateway
// too: a browser caches files and their compiled code by URL.
import { chromium, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { graphiqlPaths } from '../../src/server/graphiql/page.ts';
import { findChromium } from './chromium.ts';

/** The reason why browser tests are skipped, as a part of their name; empty if there is a Chromium. */
export const noChromium =
  findChromium() === undefined ? ' (skipped: there is no Chromium on this machine)' : '';

/** How long a browser test may take, in milliseconds. */
export const BROWSER_TEST_MS = 60_000;
/** How long a test waits for one thing in a page, in milliseconds. */
const PATIENCE_MS = 15_000;

const QUIET_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const EXECUTE = '.graphiql-execute-button';
/** The button of the tab with this name. */
const tabButton = (name: string) => `.graphiql-tab-button[title="${name}"]`;

/** Starts the installed Chromium. The caller closes it. */
export async function launchBrowser(): Promise<BrowserContext> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('There is no Chromium on this machine.');
  // With an empty path Playwright makes a new profile and removes it at the end.
  const browser = await chromium.launchPersistentContext('', {
    executablePath,
    args: QUIET_FLAGS,
    viewport: { width: 1400, height: 900 },
    timeout: PATIENCE_MS,
  });
  browser.setDefaultTimeout(PATIENCE_MS);
  await browser.addInitScript("if (location.protocol === 'http:') localStorage.clear();");
  return browser;
}

/** GraphiQL in a page of its own. */
export interface GraphiqlPage extends AsyncDisposable {
  readonly page: Page;
  /** URLs of requests that were not sent to the gateway. */
  readonly foreignRequests: readonly string[];
  /** The errors that the page logged to the console or threw. */
  readonly complaints: readonly string[];
  /** The names of the tabs, in their order. */
  tabNames(): Promise<readonly string[]>;
  /** Clicks on the tab once, and waits until GraphiQL marks it as the active one. */
  openTab(name: string): Promise<void>;
  /** Clicks on the tab and on the execute button within one turn of the page's event loop, faster than a person could. */
  runTab(name: string): Promise<void>;
  /** Clicks on the execute button, which runs the operation of the open tab or stops its running subscription. */
  execute(): Promise<void>;
  /** The answer as the page shows it; waits until it matches. The editor renders only the lines in view. */
  answerLike(pattern: RegExp): Promise<string>;
  /** The name of the open editor below the operation, "Variables" or "Headers", and its text. */
  lowerEditor(): Promise<readonly [name: string, text: string]>;
  /** Follows links of the documentation, such as `Query`, `Room`, and returns the text of the last page. */
  documentation(...links: readonly string[]): Promise<string>;
}

/** Opens GraphiQL of the gateway at `url`, with `query` in the editor if it is given, and waits until it is ready. */
export async function openGraphiql(
  browser: BrowserContext,
  url: string,
  query?: string,
): Promise<GraphiqlPage> {
  const page = await browser.newPage();
  const [foreignRequests, complaints] = watch(page, url);
  const loaded = page.waitForResponse(url + graphiqlPaths.script);
  const address = `${url}/graphql${query === undefined ? '' : `?query=${encodeURIComponent(query)}`}`;
  await Promise.all([page.goto(address, { waitUntil: 'commit' }), loaded]);
  await page.locator(EXECUTE).waitFor();
  return {
    page,
    foreignRequests,
    complaints,
    tabNames: () => page.locator('.graphiql-tab-button').allInnerTexts(),
    async openTab(name) {
      await page.locator(tabButton(name)).click();
      await page.locator(`.graphiql-tab-active ${tabButton(name)}`).waitFor();
    },
    runTab: (name) =>
      page.evaluate(
        [tabButton(name), EXECUTE].map((button) => `document.querySelector('${button}').click();`).join(' '),
      ),
    execute: () => page.locator(EXECUTE).click(),
    answerLike: (pattern) => textLike(page.locator('.result-window .view-lines'), pattern),
    lowerEditor: async () => [
      await page.locator('.graphiql-editor-tools .active').innerText(),
      await page.locator('.graphiql-editor-tool .graphiql-editor:not(.hidden) .view-lines').innerText(),
    ],
    documentation: (...links) => readDocumentation(page, links),
    [Symbol.asyncDispose]: () => page.close(),
  };
}

function watch(page: Page, url: string): readonly [foreignRequests: string[], complaints: string[]] {
  const foreignRequests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    // The page's workers are blobs that it creates, so their origin is that of the page.
    if (new URL(request.url()).origin !== url) foreignRequests.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return [foreignRequests, complaints];
}

/** The text of the element at `locator`; waits until it matches. */
async function textLike(locator: Locator, pattern: RegExp): Promise<string> {
  // The editor renders spaces as no-break spaces.
  const spaced = new RegExp(pattern.source.replaceAll(' ', String.raw`\s`), pattern.flags);
  await locator.filter({ hasText: spaced }).waitFor();
  return (await locator.innerText()).replaceAll('\u00a0', ' ');
}

async function readDocumentation(page: Page, links: readonly string[]): Promise<string> {
  const explorer = page.locator('.graphiql-doc-explorer');
  if (!(await explorer.isVisible())) await page.getByLabel('Show Documentation Explorer').click();
  for (const link of links) {
    await explorer.getByRole('link', { name: link, exact: true }).first().click();
    await explorer.locator('.graphiql-doc-explorer-title', { hasText: link }).waitFor();
  }
  return explorer.innerText();
}
