// The set-up of the tests of the live-rooms page: one Chromium, one sandbox, and gateways over it that can be stopped and
// started again at the same address, as a restart of the process would.
import type { BrowserContext, Page } from 'playwright-core';
import { ApiKeys, createApiKey } from '../../src/auth/api-keys.ts';
import { Authenticator } from '../../src/auth/authenticator.ts';
import { AuthTokens } from '../../src/auth/auth-token.ts';
import { ParticipantVerifier } from '../../src/auth/participants.ts';
import { systemClock } from '../../src/clock.ts';
import { composeGateway, type Gateway } from '../../src/gateway.ts';
import type { World } from '../../src/sandbox/live/world.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { launchBrowser } from '../support/browser.ts';
import { canaryCredentials, canaryLog, gatewayCredentials } from '../support/canary.ts';
import { testConfig } from '../support/gateway.ts';

/** The interval of polls and session checks, in milliseconds. */
export const POLL_MS = 250;

/** A gateway that keeps its address over restarts. */
export interface Served extends AsyncDisposable {
  readonly url: string;
  /** Stops the gateway, calls `meanwhile`, and starts it again. */
  restart(meanwhile: () => unknown): Promise<void>;
}

export interface PageStage extends AsyncDisposable {
  readonly browser: BrowserContext;
  readonly sandbox: Sandbox;
  readonly world: World;
  /** A gateway without authentication. */
  readonly open: Served;
  /** A gateway that wants an API key or a participant's token. */
  readonly closed: Served;
  /** A key for it. */
  key(scopes: (typeof SCOPES)[number]): string;
  /** The token with which this person joined a room; valid for an hour. */
  joiningToken(who: {
    readonly roomId: string;
    readonly userId: string;
    readonly role: string;
  }): Promise<string>;
}

const SCOPES = ['*', '*:read', 'rooms:read,peers:read', 'sessions:read,peers:read', 'peers:read'] as const;

export async function startPageStage(): Promise<PageStage> {
  await using resources = new AsyncDisposableStack();
  const sandbox = resources.use(await startSandbox({ ...canaryCredentials, data: 'empty' }));
  const keys = new Map(
    SCOPES.map((scopes, index) => [
      scopes,
      createApiKey({ name: `key-${index}`, scopes: scopes.split(','), rooms: [], expires: null }),
    ]),
  );
  const lines = [...keys.values()].map(({ line }) => line).join('\n');
  const open = resources.use(await serve(sandbox, new Authenticator({}, systemClock)));
  const apiKeys = new ApiKeys(lines);
  const participants = new ParticipantVerifier({ ...gatewayCredentials, clock: systemClock });
  const methods = { apiKeys, participants };
  const closed = resources.use(await serve(sandbox, new Authenticator(methods, systemClock)));
  const tokens = new AuthTokens({ ...gatewayCredentials, clock: systemClock });
  const browser = await launchBrowser();
  resources.defer(() => browser.close());
  const all = resources.move();
  return {
    browser,
    sandbox,
    world: sandbox.world,
    open,
    closed,
    key: (scopes) => keys.get(scopes)?.key ?? '',
    joiningToken: async (who) => (await tokens.mint({ validForSeconds: 3600, ...who })).token,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

async function serve(sandbox: Sandbox, authentication: Authenticator): Promise<Served> {
  const start = async (port: number): Promise<readonly [gateway: Gateway, url: string]> => {
    const gateway = composeGateway({
      config: testConfig({
        upstreamRequestsPerSecond: 100_000,
        pollIntervalMs: POLL_MS,
        pollMaxIntervalMs: POLL_MS,
        sessionCheckMs: POLL_MS,
        port,
      }),
      log: canaryLog(),
      lingerMs: 0,
      upstream: { apiUrl: sandbox.url, ...gatewayCredentials },
      authentication,
    });
    return [gateway, await gateway.listen()];
  };
  let [gateway, url] = await start(0);
  return {
    url,
    async restart(meanwhile) {
      await gateway.close();
      await meanwhile();
      [gateway] = await start(Number(new URL(url).port));
    },
    [Symbol.asyncDispose]: () => gateway.close(),
  };
}

/** A page, and what it complained of. */
export interface Visit extends AsyncDisposable {
  readonly page: Page;
  /** The errors that the page wrote to the console or threw. */
  readonly complaints: readonly string[];
}

/** How the page is looked at; default: 1280 by 800, in light. */
export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
}

/** Opens the page of the gateway at `url`; `place` is a fragment such as `#/rooms/ID`. */
export async function visit(
  browser: BrowserContext,
  url: string,
  place = '',
  look: Look = {},
): Promise<Visit> {
  const { width = 1280, height = 800, scheme = 'light' } = look;
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.goto(`${url}/live${place}`);
  return { page, complaints, [Symbol.asyncDispose]: () => page.close() };
}
