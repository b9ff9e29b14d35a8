// The subcommand `check-config`: reads the configuration, and the files that it names, in the same way as `start`, but does not
// start the gateway. It prints all faults, or what the gateway would do. It prints no secrets.
import { readFile } from 'node:fs/promises';
import { ApiKeys } from '../auth/api-keys.ts';
import { ApiKeyError } from '../auth/errors.ts';
import { systemClock } from '../clock.ts';
import { ConfigError, readConfig, type Config } from '../config.ts';
import { summaryOf } from './config-summary.ts';
import { CommandFault, messageOf } from './fault.ts';
import { tableOf } from './table.ts';

/** A file that the configuration names: what is in it, or its faults. */
interface FileCheck {
  readonly summary: string;
  readonly faults: readonly string[];
}

/** Prints what a gateway with these environment variables would do. Throws a CommandFault with all faults if it would not start. */
export async function checkConfig(environment: NodeJS.ProcessEnv): Promise<number> {
  const { config, faults, warnings } = configOf(environment);
  // Files are checked even if the configuration has faults, so that all faults are reported at once.
  const keys = await checkKeys(environment['GATEWAY_API_KEYS']?.trim() ?? '');
  const operations = await checkOperations(environment['GATEWAY_PERSISTED_OPERATIONS']?.trim() ?? '');
  const all = [...faults, ...keys.faults, ...operations.faults];
  if (config === null || all.length > 0) throw new CommandFault(1, [new ConfigError(all, warnings).message]);
  const rows = summaryOf(config, { keys: keys.summary, operations: operations.summary });
  process.stdout.write(`The configuration is valid.\n${tableOf(rows)}`);
  for (const warning of warnings) process.stdout.write(`Warning: ${warning}\n`);
  return 0;
}

type Read = Pick<ConfigError, 'faults' | 'warnings'> & { readonly config: Config | null };

function configOf(environment: NodeJS.ProcessEnv): Read {
  try {
    const config = readConfig(environment);
    return { config, faults: [], warnings: config.warnings };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { faults, warnings } = error;
    return { config: null, faults, warnings };
  }
}

async function checkKeys(path: string): Promise<FileCheck> {
  if (path === '') return { summary: '', faults: [] };
  try {
    const keys = new ApiKeys(await readFile(path, 'utf8')).list();
    const now = systemClock.now();
    const expired = keys.filter(({ expiresAt }) => expiresAt !== null && expiresAt <= now).length;
    return { summary: `${keys.length} in ${path}, ${expired} of them expired`, faults: [] };
  } catch (error) {
    const faults = error instanceof ApiKeyError ? error.faults : [messageOf(error)];
    return { summary: '', faults: faults.map((fault) => `GATEWAY_API_KEYS (${path}): ${fault}`) };
  }
}

async function checkOperations(path: string): Promise<FileCheck> {
  if (path === '') return { summary: '', faults: [] };
  // Imported only here, because they load the whole graph.
  const [{ ManifestError, readPersistedOperations }, { schema }] = await Promise.all([
    import('../server/operation/persisted-operations.ts'),
    import('../../schema/index.ts'),
  ]);
  try {
    const { names } = readPersistedOperations(path, schema);
    return { summary: `the ${names.size} of ${path}, no others`, faults: [] };
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    const faults = error.faults.map((fault) => `GATEWAY_PERSISTED_OPERATIONS (${path}): ${fault}`);
    return { summary: '', faults };
  }
}
