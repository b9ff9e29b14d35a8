// Divides the upstream budget of the fleet into shares. UPSTREAM_RPS is the limit for all instances together, and TRACKS_RPS the
// part of it for reads of tracks. Heartbeats contain the demand of each member, and each instance computes its own share from
// these demands, so no call waits for Redis.
//
// The rule: a tenth of the whole is split equally, so that every instance can always send some calls immediately. From the rest,
// each instance gets its demand. If the demands are less than the rest, the remainder is split equally; if they are more, the
// rest is split in proportion to them.
//
// Why this is correct: all instances apply the same rule to the same list, and the shares add up to the whole. Between two
// heartbeats the lists of two instances may differ. So a smaller share is applied immediately, and a larger one two heartbeats
// later, when the others have applied the same list. While several demands change at the same time, the sum may be a few per cent
// too high for some heartbeats (at most 5 % in a simulation of five instances). While Redis is unavailable, each instance uses an
// equal share among the members that it knew last.
import { BEATS_PER_TTL, type Fleet, type Member } from '../fleet.ts';

/** The part of the whole that is split equally, whatever the demands. */
const FLOOR = 0.1;
/** How much the last period counts in the demand that is told; the rest are earlier ones. */
const WEIGHT = 0.5;

/** Calls per second of each instance, in the order of `demands` (calls per second too). They add up to `whole`. */
export function sharesOf(whole: number, demands: readonly number[]): readonly number[] {
  const count = demands.length;
  const floor = (whole * FLOOR) / count;
  const rest = whole - count * floor;
  const demand = demands.reduce((sum, each) => sum + each, 0);
  if (demand <= rest) return demands.map((own) => floor + own + (rest - demand) / count);
  return demands.map((own) => floor + (rest * own) / demand);
}

/** The budget of one host, or of the reads of tracks. */
export interface SharedBudget {
  /** Calls that were sent since the start. */
  readonly sent: number;
  /** Calls that wait now. */
  readonly waiting: number;
  /** `burst`: the size of the bucket. */
  setPace(pace: { readonly requestsPerSecond: number; readonly burst: number }): void;
}

/** Everything that an `UpstreamShare` needs. */
export interface UpstreamShareOptions {
  readonly fleet: Pick<
    Fleet,
    'id' | 'isConnected' | 'members' | 'memberTtlMs' | 'onMembers' | 'onBeat' | 'setFact'
  >;
  /** Names the budget in the facts of members. */
  readonly host: string;
  /** Calls per second of the whole fleet. */
  readonly whole: number;
  readonly budget: SharedBudget;
}

/** The share of this instance, set anew before each heartbeat until `stop`. */
export class UpstreamShare {
  readonly #options: UpstreamShareOptions;
  readonly #fact: string;
  readonly #periodMs: number;
  readonly #ends: readonly (() => void)[];
  #demand = 0;
  #sentBefore: number;
  /** Members, this one included, when Redis was there last. */
  #count = 1;
  /** The shares by the rule one and two periods ago. */
  #before: readonly [number, number] = [Infinity, Infinity];
  /** The pace that was set last. */
  #pace = '';

  constructor(options: UpstreamShareOptions) {
    const { fleet, budget, host } = options;
    this.#options = options;
    this.#fact = `demand of ${host}`;
    // That of the heartbeats.
    this.#periodMs = fleet.memberTtlMs / BEATS_PER_TTL;
    this.#sentBefore = budget.sent;
    this.#ends = [
      fleet.onMembers(() => this.#apply()),
      fleet.onBeat(() => {
        this.#measure();
        this.#before = [this.#apply(), this.#before[0]];
      }),
    ];
    this.#apply();
  }

  /** The pace stays as it is. */
  stop(): void {
    for (const end of this.#ends) end();
  }

  #measure(): void {
    const { fleet, budget } = this.#options;
    const { sent, waiting } = budget;
    const now = ((sent - this.#sentBefore) * 1000) / this.#periodMs + waiting;
    this.#sentBefore = sent;
    // One digit behind the point: facts that do not change are not sent again.
    this.#demand = Math.floor((this.#demand * (1 - WEIGHT) + now * WEIGHT) * 10) / 10;
    fleet.setFact(this.#fact, this.#demand);
  }

  /** Sets the pace: the share by the rule, at most that of the last two periods. Returns the share by the rule. */
  #apply(): number {
    const { fleet, whole, budget } = this.#options;
    if (fleet.isConnected) this.#count = fleet.members.length;
    const share = fleet.isConnected ? this.#shareAmong(fleet.members) : whole / this.#count;
    const requestsPerSecond = Math.min(share, ...this.#before);
    // A quiet instance can send as many calls at once as an equal share has, so a mutation does not wait for the next period.
    const burst = Math.max(requestsPerSecond, whole / this.#count);
    const pace = `${requestsPerSecond.toFixed(2)} ${burst.toFixed(2)}`;
    if (pace !== this.#pace) budget.setPace({ requestsPerSecond, burst });
    this.#pace = pace;
    return share;
  }

  /** By the demands that all members see, this one's too. */
  #shareAmong(members: readonly Member[]): number {
    const { fleet, whole } = this.#options;
    const shares = sharesOf(
      whole,
      members.map(({ facts }) => Math.max(0, facts[this.#fact] ?? 0)),
    );
    return shares[members.findIndex(({ id }) => id === fleet.id)] ?? whole / members.length;
  }
}
