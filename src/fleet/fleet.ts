// The interface through which other folders use the fleet: several instances of the gateway that share a Redis or Valkey. This
// file loads no Redis client; open-fleet.ts does.

/** Number of heartbeats within `Fleet.memberTtlMs`. */
export const BEATS_PER_TTL = 4;

/** A live instance, as its last heartbeat showed it. */
export interface Member {
  /** Random, 12 hexadecimal digits, new at each start of a process. */
  readonly id: string;
  /** What it has told by `setFact`. */
  readonly facts: Readonly<Record<string, number>>;
}

/** A script that Redis runs as one step. Make one object of each script and keep it: its hash is computed once. */
export class Script {
  /** What metrics and errors call it. There must be few different names. */
  readonly name: string;
  /** The source text in Lua. It must name each key that it touches in `KEYS`. */
  readonly lua: string;

  constructor(name: string, lua: string) {
    this.name = name;
    this.lua = lua;
  }
}

/**
 * Redis is away, or it has not answered within a second. In the second case, and if the connection was lost, the command may have
 * been carried out. The message holds no password.
 */
export class FleetUnavailableError extends Error {
  override readonly name = 'FleetUnavailableError';
}

/** Hooks for metrics. A hook must not throw. */
export interface FleetObserver {
  /** A command has ended: its name, or that of its script, and the time from sending it to its answer or failure. */
  onCommand(name: string, durationMs: number): void;
  /** Redis was lost. */
  onLoss(): void;
}

/** An argument of a command. A Buffer is sent as it is; all else as text in UTF-8. */
export type CommandArgument = string | number | Buffer;

/**
 * The instances of the gateway that share a Redis, and what they share it for. While Redis is away the object stays usable: it
 * tries again for ever, every 0.1 to 2 s, and tells when it is back.
 *
 * An instance stops being a member when its heartbeats stay away for `memberTtlMs`; Redis' clock decides, never that of a
 * machine. An instance that was paused for longer (SIGSTOP, a suspended machine), or whose Redis lost its data (FLUSHALL), finds
 * at its next heartbeat that it is no member, and enters anew with the same id. Its listeners are then called with `false` and at
 * once with `true`, although the connection did not break: what they keep in Redis may be gone.
 */
export interface Fleet extends AsyncDisposable {
  /** This instance: random, 12 hexadecimal digits. */
  readonly id: string;
  /**
   * What all keys and channels must begin with: `hms:<8 hexadecimal digits>:`, made of the access key and the API's URL, so that
   * gateways of several workspaces can share a Redis. Neither keys nor channels get it by themselves.
   */
  readonly prefix: string;
  /** Whether the connection is usable and the last heartbeat was answered. */
  readonly isConnected: boolean;
  /** The live instances, this one included, sorted by id. While Redis is away: this one alone. */
  readonly members: readonly Member[];
  /** How long an instance stays a member without a heartbeat, in milliseconds. A heartbeat is sent every quarter of it. */
  readonly memberTtlMs: number;
  /**
   * Calls `listener` with `false` when Redis is lost and with `true` when it is back, when all subscriptions are in place
   * again. It is not called for the state at the time of this call. The returned function ends it.
   */
  onConnection(listener: (isConnected: boolean) => void): () => void;
  /** Calls `listener` when someone came, left or died; changed facts alone do not count. The returned function ends it. */
  onMembers(listener: (members: readonly Member[]) => void): () => void;
  /**
   * Calls `listener` four times in each `memberTtlMs`, just before the heartbeat of that time, also while Redis is
   * away. Whatever is done so often needs no timer of its own. The returned function ends it.
   */
  onBeat(listener: () => void): () => void;
  /** Tells a number of this instance to all members, with the next heartbeat. `name` is one of few. */
  setFact(name: string, value: number): void;
  /**
   * Runs a script; `keys` become `KEYS`, `args` become `ARGV`. Scripts and commands of one turn are sent in their order, but a
   * script that this Redis has not seen yet is sent twice and so may run after the next one.
   * Rejects with a FleetUnavailableError, never waits for Redis to come back, and with an Error with the script's or Redis' own
   * message.
   */
  run(script: Script, keys: readonly string[], args: readonly CommandArgument[]): Promise<unknown>;
  /** Sends any other command that does not block. Rejects as `run` does. */
  command(name: string, ...args: readonly CommandArgument[]): Promise<unknown>;
  /**
   * Calls `handler` with each message of a channel; a second handler of a channel replaces the first. One connection serves all
   * channels. Resolves when the subscription is in place. If Redis is away it resolves at once, and the subscription is in place
   * when `onConnection` tells `true`. Messages that are published while Redis is away are lost. Never rejects.
   */
  subscribe(channel: string, handler: (message: string) => void): Promise<void>;
  /** Ends a subscription. Resolves when Redis has acknowledged it, or at once if Redis is away. Never rejects. */
  unsubscribe(channel: string): Promise<void>;
  /** Publishes a message. Resolves to the number of connections that got it. Rejects as `run` does. */
  publish(channel: string, message: string): Promise<number>;
  /** Sends `data` as JSON to all other members. What one member sends arrives in its order. Rejects as `run` does. */
  broadcast(kind: string, data: unknown): Promise<void>;
  /** Calls `handler` with what other members broadcast, and the sender's id. The returned function ends it. */
  onBroadcast(kind: string, handler: (data: unknown, from: string) => void): () => void;
  /** Reports commands and losses from now on; a second observer replaces the first. */
  observe(observer: FleetObserver): void;
  /**
   * Leaves the members, which the others learn within milliseconds, and closes the connections. Resolves within a second,
   * also while Redis is away; never rejects. Then all commands are refused. Closing twice is harmless.
   */
  close(): Promise<void>;
}
