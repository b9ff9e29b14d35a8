// The subcommand `sandbox`: runs only the emulator, with demo data and rooms whose people join, act and leave, until SIGINT or
// SIGTERM.
import { startSandbox, type SandboxOptions } from '../sandbox/sandbox.ts';

const DEFAULT_ACCESS_KEY = 'sandbox';
const DEFAULT_SECRET = 'sandbox-secret';

/** Starts the sandbox. Resolves to the exit code, when it listens or has failed to start. */
export async function runSandbox(): Promise<number> {
  try {
    const sandbox = await startSandbox(optionsFrom(process.env));
    console.log(
      `Sandbox of the REST API at ${sandbox.url}. To start a gateway over it:\n${commandFor(sandbox.url)}`,
    );
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());
    return 0;
  } catch (error) {
    console.error(messageOf(error));
    return 1;
  }
}

/**
 * The line that starts a gateway over the sandbox, on the same machine. Credentials of the environment are named, not printed. A
 * sandbox that listens on all addresses is called by the loopback one, as the gateway accepts http for no other.
 */
function commandFor(listening: string): string {
  const url = listening.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
  const { SANDBOX_ACCESS_KEY, SANDBOX_SECRET, npm_lifecycle_event: script } = process.env;
  const accessKey = SANDBOX_ACCESS_KEY ? '"$SANDBOX_ACCESS_KEY"' : DEFAULT_ACCESS_KEY;
  const secret = SANDBOX_SECRET ? '"$SANDBOX_SECRET"' : DEFAULT_SECRET;
  // Only package.json of a clone has a script of this name.
  const start = script === 'sandbox' ? 'npm start' : 'npx hms-gateway start';
  return `HMS_API_URL=${url} HMS_AUTH_URL=${url} HMS_ACCESS_KEY=${accessKey} HMS_SECRET=${secret} GATEWAY_AUTH=off ${start}`;
}

function optionsFrom(env: NodeJS.ProcessEnv): SandboxOptions {
  const [port, portFault] = wholeNumber('SANDBOX_PORT', env['SANDBOX_PORT'], 4100, 65_535);
  const [seed, seedFault] = wholeNumber('SANDBOX_SEED', env['SANDBOX_SEED'], 1, Number.MAX_SAFE_INTEGER);
  const faults = [portFault, seedFault].filter((fault) => fault !== undefined);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return {
    host: env['HOST'] || '127.0.0.1',
    port,
    seed,
    accessKey: env['SANDBOX_ACCESS_KEY'] || DEFAULT_ACCESS_KEY,
    secret: env['SANDBOX_SECRET'] || DEFAULT_SECRET,
    living: true,
  };
}

/** The value, or the default if the text is unset or empty; second, the fault of an invalid value. */
function wholeNumber(
  name: string,
  text: string | undefined,
  fallback: number,
  max: number,
): [number, string | undefined] {
  if (text === undefined || text === '') return [fallback, undefined];
  const value = Number(text);
  const isValid = /^\d+$/.test(text) && value <= max;
  return [value, isValid ? undefined : `${name} must be a whole number from 0 to ${max}, not "${text}"`];
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `Another program already listens on this port (SANDBOX_PORT): ${error.message}`;
  return error.message;
}
