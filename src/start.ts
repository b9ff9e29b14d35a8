// Starts the gateway of a configuration: before it the sandbox, where one is configured, and the authentication of callers.
import type { Logger } from 'pino';
import { createAuthenticator } from './auth/create-authenticator.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import type { Fleet } from './fleet/fleet.ts';
import type { SharedLive } from './fleet/logs/share-live.ts';
import { createGateway } from './gateway.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import type { Secret } from './secret.ts';
import type { GatewaySharing } from './sharing.ts';
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
  let isKeyFileRefused = false;
  const authentication = resources.use(
    await createAuthenticator(config.authentication, {
      accessKey,
      secret,
      clock: systemClock,
      proxy: config.proxy,
      keyFileObserver: {
        onChange(changes) {
          isKeyFileRefused = false;
          log.info(changes, 'the API keys were read again');
        },
        onFault({ message }) {
          isKeyFileRefused = true;
          log.error(`${message}\nThe earlier keys stay in use.`);
        },
      },
    }),
  );
  const { apiUrl, authUrl } =
    upstream.kind === 'vendor' ? upstream : { apiUrl: sandbox?.url ?? '', authUrl: sandbox?.url ?? '' };
  const tracing = await openTracing(process.env, log);
  // Closed after the gateway, which uses it to the end.
  const fleet =
    config.redisUrl === null
      ? undefined
      : resources.use(await openFleetOf(config, config.redisUrl, apiUrl, log));
  const gateway = resources.use(
    createGateway({
      config,
      log,
      tracing,
      metrics: { lostLogLines, isKeyFileRefused: () => isKeyFileRefused, ofProcess: true },
      upstream: { apiUrl, authUrl, accessKey, secret },
      authentication,
      fleet,
      sharedLive: fleet === undefined ? undefined : await shareLiveOf(fleet),
      sharing: fleet && (await sharingOf(config, fleet)),
      ...(sandbox === null ? {} : { exampleRoomId: livingRoomOf(sandbox) }),
    }),
  );
  const url = await gateway.listen();
  const running = resources.move();
  const { hasLivePage } = gateway;
  return { url, hasLivePage, sandbox, close: () => running.disposeAsync() };
}

async function openFleetOf(
  { upstream, pollIntervalMs }: Config,
  url: Secret,
  apiUrl: string,
  log: Logger,
): Promise<Fleet> {
  // Imported here: the only instance of a gateway starts without it.
  const { openFleet } = await import('./fleet/open-fleet.ts');
  return openFleet({ url, accessKey: upstream.accessKey, apiUrl, pollIntervalMs, clock: systemClock, log });
}

async function shareLiveOf(fleet: Fleet): Promise<SharedLive> {
  const { shareLive } = await import('./fleet/logs/share-live.ts');
  return shareLive(fleet);
}

async function sharingOf(
  { upstream, upstreamRequestsPerSecond }: Config,
  fleet: Fleet,
): Promise<GatewaySharing> {
  const { shareWork } = await import('./fleet/shared/shared-work.ts');
  const { secret } = upstream;
  return shareWork(fleet, { clock: systemClock, secret, requestsPerSecond: upstreamRequestsPerSecond });
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
