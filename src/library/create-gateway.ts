// `createGateway`: the gateway as a part of another program (the host), which has its own server, routes and log, and decides
// when to stop. The gateway then reads no environment variables, listens on no port, and handles no signals.
import type { GraphQLSchema } from 'graphql';
import { schema as graph } from '../../schema/index.ts';
import { OwnTypesError, withOwnTypes } from '../../schema/own-types/own-types.ts';
import { Authenticator } from '../auth/authenticator.ts';
import type { Caller } from '../auth/caller.ts';
import { createAuthenticator } from '../auth/create-authenticator.ts';
import { ApiKeyError } from '../auth/errors.ts';
import type { KeyFileObserver } from '../auth/key-file.ts';
import { KeyFileReport } from '../auth/key-file-report.ts';
import { systemClock } from '../clock.ts';
import { ConfigError, type Config } from '../config.ts';
import { createCore, federateOf } from '../core.ts';
import type { Authentication } from '../server/entrance.ts';
import { createMount, type Mount } from '../server/mount/mount.ts';
import { ManifestError } from '../server/operation/persisted-operations.ts';
import { joinFleetOf } from '../sharing.ts';
import { authenticationBy } from './authentication.ts';
import { loggerOf } from './log.ts';
import type { GatewayOptions } from './options.ts';
import { settingsOf } from './settings.ts';

/** A gateway: handlers to which the host's server passes requests, at any path. */
export interface Gateway extends Mount, AsyncDisposable {
  /** The schema, including the host's own types; for example to print it. */
  readonly schema: GraphQLSchema;
  /** Returns the metrics of this gateway in Prometheus' text format, for a route of the host. */
  metrics(): Promise<string>;
  /**
   * Ends subscriptions so that their clients come back (WebSocket: 1001; event streams: without `complete`), refuses further
   * requests with 503, waits for those in flight (at most 10 s), then stops polling and closes all connections that the gateway
   * has opened. After that the gateway no longer keeps the process running. A second call does nothing.
   */
  close(): Promise<void>;
}

/**
 * Creates a gateway. It makes no REST call before the first operation.
 * @throws ConfigError with all faults of the options; ApiKeyError or ManifestError if the file that an option names is invalid
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  try {
    return await openGateway(options);
  } catch (error) {
    throw inOptions(error);
  }
}

/** The option that names the file of API keys. */
const KEY_FILE = 'authenticate.apiKeysFile';

/** The error of a file, with the name of the option instead of the environment variable. */
function inOptions(error: unknown): unknown {
  if (error instanceof ApiKeyError) return new ApiKeyError(error.faults, KEY_FILE);
  if (error instanceof ManifestError)
    return new ManifestError(error.path, error.faults, 'persistedOperations');
  return error;
}

async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const config = settingsOf(options);
  const schema = schemaOf(options);
  const log = loggerOf(options.log);
  const { upstream } = config;
  if (upstream.kind === 'sandbox') throw new Error('The library starts no sandbox by itself.');
  await using resources = new AsyncDisposableStack();
  const keyFile = new KeyFileReport(log, KEY_FILE);
  const authentication = await authenticationOf(options, config, keyFile, resources);
  const joined =
    config.redisUrl === null ? undefined : await joinFleetOf(config, config.redisUrl, upstream.apiUrl, log);
  if (joined !== undefined) resources.use(joined.fleet);
  const core = createCore({
    config,
    log,
    upstream,
    authentication,
    joined,
    metrics: { isKeyFileRefused: () => keyFile.isRefused },
    schema,
    federate: await federateOf(config),
    plugins: options.plugins,
    // The host decides the path.
    endpoint: '*',
  });
  resources.defer(() => core.end());
  const { allowedOrigins, localOrigins } = config;
  const observer = core.metrics.serverObserver;
  const mount = createMount({
    ...core,
    allowedOrigins,
    localOrigins,
    originsName: 'allowedOrigins',
    log,
    clock: systemClock,
    observer,
  });
  resources.defer(() => mount.close());
  const open = resources.move();
  // Disposing of a stack twice does nothing, and does not wait for the first time.
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= open.disposeAsync());
  return {
    ...mount,
    schema: schema ?? graph,
    metrics: () => core.metrics.text(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The schema with the host's own types; undefined if it has none. */
function schemaOf({ types }: GatewayOptions): GraphQLSchema | undefined {
  // A program in JavaScript may pass null, which counts as omitted.
  if (types == null) return undefined;
  try {
    return withOwnTypes(graph, types);
  } catch (error) {
    if (error instanceof OwnTypesError) throw new ConfigError(error.faults.map((fault) => `types: ${fault}`));
    throw error;
  }
}

async function authenticationOf(
  { authenticate }: GatewayOptions,
  { authentication, upstream: { accessKey, secret }, proxy }: Config,
  keyFileObserver: KeyFileObserver,
  resources: AsyncDisposableStack,
): Promise<Authentication<Caller>> {
  if (typeof authenticate === 'function') return authenticationBy(authenticate);
  if (authenticate == null) return new Authenticator({}, systemClock);
  return resources.use(
    await createAuthenticator(authentication, {
      accessKey,
      secret,
      clock: systemClock,
      proxy,
      keyFileObserver,
    }),
  );
}
