// The file of API keys, which is read again whenever it changes. So a key can be revoked without a restart: the next request with
// the key is refused, and its streams and sockets end. If the new content is invalid, the earlier keys stay valid.
import { watch, type FSWatcher } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../clock.ts';
import { ApiKeys, type KeyChanges } from './api-keys.ts';
import type { Caller } from './caller.ts';
import { ApiKeyError } from './errors.ts';

/**
 * How long the folder of the file must be quiet before it is read, in milliseconds: some editors empty a file before they write
 * it, and the first half of a file looks like a file with fewer keys.
 */
const QUIET_MS = 200;
/**
 * How often the file is checked, in milliseconds, because some changes are not reported to the watcher: those in a network file
 * system, and those of a file to which a link in the folder leads.
 */
const CHECK_MS = 10_000;

/** Called when a watched file of keys has changed. */
export interface KeyFileObserver {
  /** A new file has taken effect. */
  readonly onChange: (changes: KeyChanges) => void;
  /** A new file cannot be used, and the earlier keys stay. Called once for each such file. */
  readonly onFault: (error: ApiKeyError) => void;
}

/** Options of `openKeyFile`; `observer` has a default. */
export interface KeyFileOptions {
  readonly path: string;
  /** Schedules when the file is read and checked. */
  readonly clock: Clock;
  /** Default: changes and faults are not reported. */
  readonly observer?: KeyFileObserver;
}

/**
 * Reads the file, and again upon each change, until it is disposed.
 * @throws ApiKeyError if the file is missing, unreadable, empty or faulty
 */
export async function openKeyFile(options: KeyFileOptions): Promise<KeyFile> {
  const version = await versionOf(options.path);
  return new KeyFile(options, new ApiKeys(await readText(options.path)), version);
}

/** The keys of a file, kept up to date. */
export class KeyFile implements Disposable {
  readonly #options: KeyFileOptions;
  #keys: ApiKeys;
  /** The version of the content that was read last; see `versionOf`. */
  #version: string;
  #watcher: FSWatcher | null = null;
  #cancelRead = () => {};
  #cancelCheck = () => {};
  #isClosed = false;

  constructor(options: KeyFileOptions, keys: ApiKeys, version: string) {
    this.#options = options;
    this.#keys = keys;
    this.#version = version;
    this.#watch();
    this.#checkLater();
  }

  /** See `ApiKeys.callerOf`. */
  callerOf(key: string): Caller | null {
    return this.#keys.callerOf(key);
  }

  [Symbol.dispose](): void {
    this.#isClosed = true;
    this.#watcher?.close();
    this.#cancelRead();
    this.#cancelCheck();
  }

  /** Watches the folder, not the file: a watcher of the file would miss a new file that a rename or a link puts in its place. */
  #watch(): void {
    this.#watcher?.close();
    try {
      this.#watcher = watch(dirname(this.#options.path), { persistent: false }, () => this.#readWhenQuiet());
      // For example, the folder was removed. `#check` works without the watcher.
      this.#watcher.on('error', () => this.#watcher?.close());
    } catch {
      // For example, the system has no more watchers.
      this.#watcher = null;
    }
  }

  #readWhenQuiet(): void {
    if (this.#isClosed) return;
    this.#cancelRead();
    this.#cancelRead = this.#options.clock.schedule(() => void this.#readIfChanged(), QUIET_MS);
  }

  #checkLater(): void {
    this.#cancelCheck = this.#options.clock.schedule(() => void this.#check(), CHECK_MS);
  }

  async #check(): Promise<void> {
    const isMissed = (await versionOf(this.#options.path)) !== this.#version;
    if (this.#isClosed) return;
    this.#checkLater();
    if (!isMissed) return;
    // The folder itself may have been replaced.
    this.#watch();
    this.#readWhenQuiet();
  }

  async #readIfChanged(): Promise<void> {
    const { path, observer } = this.#options;
    const version = await versionOf(path);
    if (version === this.#version) return;
    const text = await readText(path).catch((error: ApiKeyError) => error);
    const isWritten = (await versionOf(path)) === version;
    // Another read may have been faster.
    if (this.#isClosed || version === this.#version) return;
    if (!isWritten) return this.#readWhenQuiet();
    this.#version = version;
    try {
      if (text instanceof ApiKeyError) throw text;
      const earlier = this.#keys;
      this.#keys = new ApiKeys(text, earlier);
      const changes = earlier.revokeMissingFrom(this.#keys);
      observer?.onChange(changes);
    } catch (error) {
      if (!(error instanceof ApiKeyError)) throw error;
      observer?.onFault(error);
    }
  }
}

/**
 * Identifies the present content of a file by its metadata in the file system: if the content changes, so does the version. If the
 * metadata cannot be read, the version is the code of the error, such as ENOENT.
 */
async function versionOf(path: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
  } catch (error) {
    return codeOf(error);
  }
}

/** Rejects only with an ApiKeyError. */
async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = codeOf(error);
    throw new ApiKeyError([`${path} cannot be read (${code})${code === 'EACCES' ? withoutRight() : ''}`]);
  }
}

/** Whoever made the file is often another user than the one that the gateway runs as, in a container for example. */
function withoutRight(): string {
  // Windows has no such numbers.
  const user = process.getuid === undefined ? "the gateway's user" : `user ${process.getuid()}`;
  return `: ${user} must have the right to read it; it has only hashes of the keys, so \`chmod 644\` is safe`;
}

function codeOf(error: unknown): string {
  const { code = 'unreadable' } = error as NodeJS.ErrnoException; // the functions of node:fs reject with nothing else
  return code;
}
