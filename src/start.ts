// Starts the gateway for a configuration. First it starts the sandbox, if one is configured, and sets up the authentication of
// callers.
import type { Logger } from 'pino';
import { createAuthenticator } from './auth/create-authenticator.ts';
import { KeyFileReport } from './auth/key-file-report.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { federateOf } from './core.ts';
import { composeGateway } from './gateway.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import { joinFleetOf } from './sharing.ts';
import { openTracing } from './tracing/open-tracing.ts';

/** A gateway that listens, over the vendor's API or over a sandbox of its own. */
export interface RunningGateway {
  /** The gateway's URL, without a path. */
  readonly url: string;
  /** Whether the live-rooms page is served. */
  readonly hasLivePage: boolean;
  /** The sandbox, which serves invented data; null: the gateway serves the vendor's. */
  readonly sandbox: Sandbox | null;
  /** Closes the gateway, then its connections to Redis and the sandbox. */
  close(): Promise<void>;
}

/**
 * Starts the gateway of a configuration, and before it the sandbox where one is configured. `lostLogLines`: see
 * `MetricsOptions`. Rejects with an ApiKeyError, a
 * ManifestError or Node's error, and has then closed what it had started.
 */
export async function startGateway(
  config: Config,
  log: Logger,
  lostLogLines?: () => number,
): Promise<RunningGateway> {
  const { upstream } = config;
  const { accessKey, secret } = upstream;
  await using resources = new AsyncDisposableStack();
  const sandbox = upstream.kind === 'sandbox' ? resources.use(await startSandboxOf(upstream, log)) : null;
  const keyFile = new KeyFileReport(log);
  const authentication = resources.use(
    await createAuthenticator(config.authentication, {
      accessKey,
      secret,
      clock: systemClock,
      proxy: config.proxy,
      keyFileObserver: keyFile,
    }),
  );
  const { apiUrl, authUrl } =
    upstream.kind === 'vendor' ? upstream : { apiUrl: sandbox?.url ?? '', authUrl: sandbox?.url ?? '' };
  const tracing = await openTracing(process.env, log);
  const joined =
    config.redisUrl === null ? undefined : await joinFleetOf(config, config.redisUrl, apiUrl, log);
  // Closed after the gateway, which uses it to the end.
  if (joined !== undefined) resources.use(joined.fleet);
  const gateway = resources.use(
    composeGateway({
      config,
      log,
      tracing,
      metrics: { lostLogLines, isKeyFileRefused: () => keyFile.isRefused, ofProcess: true },
      upstream: { apiUrl, authUrl, accessKey, secret },
      authentication,
      federate: await federateOf(config),
      joined,
      ...(sandbox === null ? {} : { exampleRoomId: livingRoomOf(sandbox) }),
    }),
  );
  const url = await gateway.listen();
  const running = resources.move();
  const { hasLivePage } = gateway;
  return { url, hasLivePage, sandbox, close: () => running.disposeAsync() };
}

async function startSandboxOf(
  upstream: Extract<Config['upstream'], { kind: 'sandbox' }>,
  log: Logger,
): Promise<Sandbox> {
  // Imported here: a gateway over the vendor's API starts without it.
  const { startSandbox } = await import('./sandbox/sandbox.ts');
  return startSandbox({
    ...upstream,
    secret: upstream.secret.reveal(),
    living: true,
    onTimerError: (error) => log.error({ err: error }, 'sandbox'),
  });
}

/** The id of a room of the sandbox with a running session; empty: there is none. */
function livingRoomOf({ world }: Sandbox): string {
  return [...world.rooms.all.keys()].find((roomId) => world.sessions.active(roomId) !== undefined) ?? '';
}
