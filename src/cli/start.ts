// The subcommand `start`: reads the environment, starts the gateway, and closes it upon SIGINT and SIGTERM (process-end.ts).
import { pino, type Logger, type LoggerOptions } from 'pino';
import { ApiKeyError } from '../auth/errors.ts';
import { ConfigError, readConfig, type Config } from '../config.ts';
import { parseRedisUrl } from '../fleet/redis-url.ts';
import { openLogStream, type LogStream } from '../log-stream.ts';
import { logOptions, readableLines } from '../log.ts';
import { endProcess } from '../process-end.ts';
import { ManifestError } from '../server/operation/persisted-operations.ts';
import type { RunningGateway } from '../start.ts';

/** The file descriptor of stdout. */
const STDOUT = 1;
const VENDOR_HOST = 'api.100ms.live';

/**
 * Starts the gateway. Resolves to the exit code, when the gateway listens or has failed to start: 0: it listens until a signal
 * closes it; 1: it could not start, and stderr or the log says why.
 */
export async function start(): Promise<number> {
  const config = readConfigOrReport();
  if (config === null) return 1;
  const options = logOptionsOf(config);
  const stdout = openLogStream(STDOUT);
  const log = await createLog(options, stdout);
  try {
    for (const warning of config.warnings) log.warn(warning);
    await run(config, log, stdout);
    return 0;
  } catch (error) {
    if (error instanceof ApiKeyError || error instanceof ManifestError) console.error(error.message);
    else log.fatal(describeStartFault(error, config));
    return 1;
  }
}

async function run(config: Config, log: Logger, stdout: LogStream): Promise<void> {
  const end = endProcess({
    log,
    isUnderNpm: process.env['npm_lifecycle_event'] !== undefined,
    written: (withinMs) => stdout.written(withinMs),
  });
  // Loaded only now, because a tenth of the program is enough to report faults of the configuration.
  const starting = import('../start.ts').then(({ startGateway }) =>
    startGateway(config, log, () => stdout.lostLines),
  );
  // Signals are handled from the beginning, because the first process of a container does not end by a signal that it does not
  // handle. If the start fails, the caller reports it.
  end.onSignal(async () => (await starting.catch(() => null))?.close());
  const gateway = await starting;
  log.info(`The graph is at ${gateway.url}/graphql, over ${sourceOf(gateway, config)}`);
  if (gateway.hasLivePage) log.info(`The live rooms are at ${gateway.url}/live`);
}

function logOptionsOf({ logLevel, upstream, webhookSecrets, redisUrl }: Config): LoggerOptions {
  const redisPassword = redisUrl === null ? null : parseRedisUrl(redisUrl.reveal())?.password;
  return logOptions(logLevel, [
    upstream.secret,
    ...webhookSecrets,
    ...(redisUrl === null ? [] : [redisUrl]),
    ...(redisPassword == null ? [] : [redisPassword]),
  ]);
}

/** A log with readable lines on a terminal, with JSON otherwise. */
async function createLog(options: LoggerOptions, stdout: LogStream): Promise<Logger> {
  if (!process.stdout.isTTY) return pino(options, stdout);
  const { prettyFactory } = await import('pino-pretty');
  const readable = readableLines(prettyFactory);
  return pino(options, { write: (line) => void process.stdout.write(readable(line)) });
}

/** The configuration; null if it is invalid, and then every fault has been printed. */
function readConfigOrReport(): Config | null {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    return null;
  }
}

/** Where the rooms of the graph come from, as the log says it. */
export function sourceOf({ sandbox }: Pick<RunningGateway, 'sandbox'>, { upstream }: Config): string {
  if (sandbox !== null) return `invented rooms of the sandbox (${sandbox.url})`;
  const host = upstream.kind === 'vendor' ? URL.parse(upstream.apiUrl)?.host : undefined;
  return host === VENDOR_HOST ? 'the 100ms API' : `the REST API at ${host}`;
}

/** One line for the log that says why the gateway did not start. */
function describeStartFault(error: unknown, config: Config): string {
  // The thrown value may be anything: these members are only compared or printed.
  const { code, port, message } = error as NodeJS.ErrnoException & { readonly port?: number };
  if (code === 'EADDRINUSE') {
    const variable = port === config.port ? 'PORT' : 'SANDBOX_PORT';
    return `Port ${port} is in use: set ${variable} to a free one`;
  }
  return `The gateway cannot start: ${message}`;
}
