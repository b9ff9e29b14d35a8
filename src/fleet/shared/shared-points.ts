// The points of callers (GATEWAY_RATE_LIMIT) are those of the fleet. Operations are charged from memory, without a round trip;
// every 250 ms each instance tells Redis what the accounts that have changed have spent at it, and learns the sum.
//
// The minutes of an account begin at the same time everywhere: at a second of the wall clock that follows from the account's name, so
// that not all accounts get their points back at once.
//
// Why this is sound: an instance tells the whole of its spending in a minute, not the difference, so a report that is
// sent twice counts once, and one that was lost is made good by the next. An account can spend more than its limit by what it
// spends at all instances but one between two reports. While Redis is away each instance goes on with what it knew of the
// others, and from the next minute on counts alone.
import { createHash } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { PointBudget, PointChange, PointWindow } from '../../server/operation/point-budget.ts';
import { Script, type Fleet } from '../fleet.ts';

const MINUTE_MS = 60_000;
const REPORT_MS = 250;
/** Accounts in one command: more follow in the next one. */
const MAX_ACCOUNTS = 500;
/** How long Redis keeps a minute, in milliseconds: some time beyond its end, as clocks differ. */
const KEPT_MS = 3 * MINUTE_MS;

/**
 * KEYS: the hash with the points of accounts in the minute. ARGV: this instance, how long the hash is kept, then account and
 * points in turns. Returns the sums. A field is an account, with its sum, or an account and an instance.
 */
const REPORT = new Script(
  'report points',
  `local sums = {}
for at = 3, #ARGV, 2 do
  local own = ARGV[at] .. ARGV[1]
  local before = redis.call('HGET', KEYS[1], own) or 0
  redis.call('HSET', KEYS[1], own, ARGV[at + 1])
  sums[#sums + 1] = redis.call('HINCRBY', KEYS[1], ARGV[at], ARGV[at + 1] - before)
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return sums`,
);

/** 12 bytes of a digest: names of accounts may be long, and addresses of clients are nobody's business. */
function digestOf(account: string): Buffer {
  return createHash('sha256').update(account).digest().subarray(0, 12);
}

/** The minute of an account at an instant of the wall clock. */
export function windowOf(account: string, now: number): PointWindow {
  const shifted = now + (digestOf(account).readUInt32BE() % MINUTE_MS);
  return { window: Math.floor(shifted / MINUTE_MS), endsInMs: MINUTE_MS - (shifted % MINUTE_MS) };
}

/** Reports what a budget has counted. It has a timer until `stop`. */
export class SharedPoints {
  readonly #fleet: Fleet;
  readonly #clock: Clock;
  readonly #budget: PointBudget;
  #cancel: () => void = () => undefined;
  #isStopped = false;

  constructor(fleet: Fleet, clock: Clock, budget: PointBudget) {
    this.#fleet = fleet;
    this.#clock = clock;
    this.#budget = budget;
    this.#schedule();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  #schedule(delayMs = REPORT_MS): void {
    if (this.#isStopped) return;
    // The next report follows the answer to this one: sums and reports must not overtake one another.
    this.#cancel = this.#clock.schedule(() => {
      void this.#report().then((isAll) => this.#schedule(isAll ? REPORT_MS : 0));
    }, delayMs);
  }

  /** Resolves to whether all changes were in the report. */
  async #report(): Promise<boolean> {
    if (!this.#fleet.isConnected) return true;
    const changes = this.#budget.changes(MAX_ACCOUNTS);
    const minutes = Map.groupBy(changes, ({ window }) => window);
    await Promise.all(Array.from(minutes, ([window, ofMinute]) => this.#tell(window, ofMinute)));
    return changes.length < MAX_ACCOUNTS;
  }

  async #tell(window: number, changes: readonly PointChange[]): Promise<void> {
    const key = `${this.#fleet.prefix}{points}:${window}`;
    const args = changes.flatMap(({ account, spent }) => [digestOf(account).toString('base64url'), spent]);
    try {
      // The script returns a number for each account.
      const sums = (await this.#fleet.run(
        REPORT,
        [key],
        [this.#fleet.id, KEPT_MS, ...args],
      )) as readonly number[];
      for (const [at, change] of changes.entries()) this.#budget.learn(change, sums[at] ?? change.spent);
    } catch {
      for (const change of changes) this.#budget.untold(change);
    }
  }
}
