// Reads and replaces the file of API keys, for the subcommands `key list` and `key revoke`.
import { randomUUID } from 'node:crypto';
import { chmod, chown, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { ApiKeys, type ListedKey } from '../../auth/api-keys.ts';
import { ApiKeyError } from '../../auth/errors.ts';
import { CommandFault, messageOf } from '../fault.ts';

/** Which file of keys is meant. */
export interface KeyFileOptions {
  /** Default: the file that the variable GATEWAY_API_KEYS names. */
  readonly file?: string;
}

/** The content of a file of keys at the time of reading. */
export interface KeyLines {
  readonly path: string;
  readonly text: string;
  readonly keys: readonly ListedKey[];
}

/** Reads the file of keys. Throws a CommandFault if no file is named, or it cannot be read or is faulty. */
export async function readKeyLines({ file }: KeyFileOptions): Promise<KeyLines> {
  const path = file ?? process.env['GATEWAY_API_KEYS']?.trim() ?? '';
  if (path === '') throw new CommandFault(2, ['no file of keys: give --file, or set GATEWAY_API_KEYS']);
  try {
    const text = await readFile(path, 'utf8');
    return { path, text, keys: new ApiKeys(text).list() };
  } catch (error) {
    throw faultOf(path, error);
  }
}

/**
 * Replaces the text of a file of keys atomically: a reader sees the old text or the new one. The file keeps its mode and owner.
 * If `path` is a symbolic link, its target is replaced. Leaves the file unchanged, and throws a CommandFault, if a gateway would
 * not accept the new text.
 */
export async function replaceKeyLines(path: string, text: string): Promise<void> {
  try {
    void new ApiKeys(text);
    const target = await realpath(path);
    const { mode, uid, gid } = await stat(target);
    const beside = `${target}.${randomUUID()}`;
    try {
      await writeFile(beside, text, { mode: 0o600, flag: 'wx', flush: true });
      // A new file belongs to the user of this process. Only root can give it to another owner; for other users this fails.
      if (uid !== process.getuid?.() || gid !== process.getgid?.()) await chown(beside, uid, gid);
      await chmod(beside, mode & 0o7777);
      await rename(beside, target);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  } catch (error) {
    throw new CommandFault(1, [`${path} was not changed`, ...faultOf(path, error).faults]);
  }
}

function faultOf(path: string, error: unknown): CommandFault {
  if (!(error instanceof ApiKeyError)) return new CommandFault(1, [messageOf(error)]);
  return new CommandFault(
    1,
    error.faults.map((fault) => `${path}: ${fault}`),
  );
}
