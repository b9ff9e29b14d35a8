// Sends commands and scripts to Redis. Each must be answered within a second. There are two kinds of failure: Redis is
// unavailable, or it refuses the command. Errors do not contain the arguments of a command, as the errors of ioredis do.
import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { msBetween, type Clock } from '../clock.ts';
import { redact, type Secret } from '../secret.ts';
import { FleetUnavailableError, type CommandArgument, type FleetObserver, type Script } from './fleet.ts';

/** How long Redis may take to answer a command, in milliseconds. */
const ANSWER_MS = 1000;

/** Answers that say that this Redis cannot serve now, whatever the command: it loads, is a replica, is full, wants a login. */
const NOT_NOW = /^(?:LOADING|BUSY|READONLY|OOM|MISCONF|MASTERDOWN|CLUSTERDOWN|NOREPLICAS|NOAUTH)\b/;

const hashes = new WeakMap<Script, string>();

function hashOf(script: Script): string {
  let hash = hashes.get(script);
  if (hash === undefined) {
    hash = createHash('sha1').update(script.lua).digest('hex');
    hashes.set(script, hash);
  }
  return hash;
}

/** Sends a script by its hash, and as text if this Redis has not seen it. */
export async function evaluate(
  client: Redis,
  script: Script,
  keys: readonly string[],
  args: readonly CommandArgument[],
): Promise<unknown> {
  try {
    return await client.evalsha(hashOf(script), keys.length, ...keys, ...args);
  } catch (error) {
    if (!textOf(error).startsWith('NOSCRIPT')) throw error;
    return client.eval(script.lua, keys.length, ...keys, ...args);
  }
}

/** What is sent until the turn ends leaves in one write. ioredis' own way, a pipeline, doubles the CPU time of a single command. */
function sendTogether({ stream }: Redis): void {
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/** Rejects with a FleetUnavailableError if `answer` takes longer than `ms`. */
export function within<T>(answer: Promise<T>, ms: number, clock: Clock): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.schedule(() => {
      // A process that was paused or busy runs its timers before it reads the answers that have arrived meanwhile.
      setImmediate(() => reject(new FleetUnavailableError(`Redis has not answered within ${ms} ms`)));
    }, ms);
    answer.then(resolve, reject).finally(cancel);
  });
}

/** The message of a thrown value, without what must not be told: the password, and the arguments that Redis repeats. */
export function textOf(error: unknown, password: Secret | null = null): string {
  const text = error instanceof Error ? error.message : String(error);
  const [told = ''] = text.split(', with args');
  return redact(told, password === null ? [] : [password]);
}

/** Redis' answer to a command, or the error that callers get. */
function errorOf(error: unknown): Error {
  if (error instanceof FleetUnavailableError) return error;
  const text = textOf(error);
  const isAnswer = error instanceof Error && error.name === 'ReplyError';
  return isAnswer && !NOT_NOW.test(text)
    ? new Error(text)
    : new FleetUnavailableError(`Redis is away: ${text}`);
}

/** The way of commands while Redis is there. */
export class Commands {
  observer: FleetObserver | null = null;
  readonly #clock: Clock;
  readonly #client: () => Redis | null;

  /** `client`: the connection for commands; null while Redis is away. */
  constructor(clock: Clock, client: () => Redis | null) {
    this.#clock = clock;
    this.#client = client;
  }

  /** Sends what `act` sends. `name`: what metrics call it. */
  async send(name: string, act: (client: Redis) => Promise<unknown>): Promise<unknown> {
    const client = this.#client();
    if (client === null) throw new FleetUnavailableError('Redis is away');
    return this.sendOn(client, name, act);
  }

  /** The same over a connection that may not be in use yet; `ms`: the time for the answer. */
  async sendOn(
    client: Redis,
    name: string,
    act: (client: Redis) => Promise<unknown>,
    ms: number = ANSWER_MS,
  ): Promise<unknown> {
    const from = this.#clock.moment();
    sendTogether(client);
    try {
      return await within(act(client), ms, this.#clock);
    } catch (error) {
      throw errorOf(error);
    } finally {
      this.observer?.onCommand(name, msBetween(from, this.#clock.moment()));
    }
  }
}
