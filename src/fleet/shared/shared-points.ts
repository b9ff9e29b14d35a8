// All instances of a fleet count the points of callers together (GATEWAY_RATE_LIMIT). Operations are charged in memory, without a
// round trip. Within 250 ms of a change, an instance sends Redis the points that its accounts have spent, as far as they have
// changed, and gets the totals. An instance without changes sends nothing, and no timer wakes it.
//
// The minute of an account begins at the same time at all instances: at a second of the wall clock that is computed from the name
// of the account, so that not all accounts get their points back at the same time.
//
// Why this is correct: an instance reports the sum of a minute and not the difference, so a report that is sent twice counts
// once, and the next report corrects a lost one. An account can exceed its limit by the points that it spends between two reports
// at all instances but one. While Redis is unavailable, each instance continues with the last totals of the others, and from the
// next minute on counts alone.
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

/** Reports what a budget has counted, until `stop`. It has a timer while something is to be reported. */
export class SharedPoints {
  readonly #fleet: Fleet;
  readonly #clock: Clock;
  readonly #budget: PointBudget;
  #cancel: () => void = () => undefined;
  /** Whether a report is due or under way. */
  #isPlanned = false;
  #isStopped = false;

  constructor(fleet: Fleet, clock: Clock, budget: PointBudget) {
    this.#fleet = fleet;
    this.#clock = clock;
    this.#budget = budget;
    budget.onChange = () => this.#plan(REPORT_MS);
    if (budget.hasChanges) this.#plan(REPORT_MS);
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  #plan(delayMs: number): void {
    if (this.#isStopped || this.#isPlanned) return;
    this.#isPlanned = true;
    this.#cancel = this.#clock.schedule(() => void this.#run(), delayMs);
  }

  /** The next report follows the answer to this one: sums and reports must not overtake one another. */
  async #run(): Promise<void> {
    const isAll = await this.#report();
    this.#isPlanned = false;
    if (this.#budget.hasChanges) this.#plan(isAll ? REPORT_MS : 0);
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
