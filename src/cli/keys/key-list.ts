// The subcommand `key list`: names and rights of the keys in the file, without hashes.
import { systemClock } from '../../clock.ts';
import { tableOf } from '../table.ts';
import { readKeyLines, type KeyFileOptions } from './key-lines.ts';

/** Prints the keys of the file as a table; with `json` as one object a line. */
export async function listKeys({
  json,
  ...options
}: KeyFileOptions & { readonly json?: boolean }): Promise<number> {
  const { keys } = await readKeyLines(options);
  const now = systemClock.now();
  const listed = keys.map(({ name, scopes, rooms, expiresAt }) => ({
    name,
    scopes: scopes.split(','),
    rooms,
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    expired: expiresAt !== null && expiresAt <= now,
  }));
  if (json === true) {
    process.stdout.write(listed.map((key) => `${JSON.stringify(key)}\n`).join(''));
    return 0;
  }
  const rows = listed.map(({ name, scopes, rooms, expiresAt, expired }) => [
    name,
    scopes.join(','),
    rooms?.join(',') ?? 'all',
    `${expiresAt ?? 'never'}${expired ? ' (expired)' : ''}`,
  ]);
  process.stdout.write(tableOf([['NAME', 'SCOPES', 'ROOMS', 'EXPIRES'], ...rows]));
  return 0;
}
