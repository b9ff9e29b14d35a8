// The command `npm run sandbox`: the emulator alone, with demo data and living rooms, until SIGINT or SIGTERM.
import { parseArgs } from 'node:util';
import { startSandbox, type SandboxOptions } from './sandbox.ts';

const HELP = `Usage: npm run sandbox

An emulator of the 100ms REST API with invented data, for exploring and for tests. Ends on Ctrl+C.

Environment:
  HOST                address to listen on (127.0.0.1)
  SANDBOX_PORT        port to listen on, 0 for any free one (4100)
  SANDBOX_SEED        whole number that decides the data (1)
  SANDBOX_ACCESS_KEY  access key that management tokens must carry (sandbox)
  SANDBOX_SECRET      secret that management tokens must be signed with (sandbox-secret)
`;

if (wantsHelp()) console.log(HELP);
else if (process.exitCode === undefined) await run();

/** Whether `--help` was given. Another argument sets the exit code 1 and prints the help as an error. */
function wantsHelp(): boolean {
  try {
    return parseArgs({ options: { help: { type: 'boolean' } } }).values.help === true;
  } catch (error) {
    console.error(`${messageOf(error)}\n\n${HELP}`);
    process.exitCode = 1;
    return false;
  }
}

async function run(): Promise<void> {
  try {
    const sandbox = await startSandbox(optionsFrom(process.env));
    console.log(
      `Sandbox of the REST API at ${sandbox.url}. ` +
        `Point the gateway at it with HMS_API_URL=${sandbox.url} HMS_AUTH_URL=${sandbox.url} ` +
        'HMS_ACCESS_KEY and HMS_SECRET set to its access key and secret.',
    );
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());
  } catch (error) {
    console.error(messageOf(error));
    process.exitCode = 1;
  }
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
    accessKey: env['SANDBOX_ACCESS_KEY'] || 'sandbox',
    secret: env['SANDBOX_SECRET'] || 'sandbox-secret',
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
