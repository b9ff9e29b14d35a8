// Computes the price of an operation and charges its caller, before its context is created. If the operation is refused here,
// only its first point has been charged.
import type { OperationPlan, RawVariables } from '../plans/operation-plan.ts';
import { limitExceeded } from '../refusals.ts';
import type { Bill, Charging } from './charging.ts';
import type { Limits } from './limits.ts';
import type { OperationCost } from './operation-cost.ts';

/** An operation that was not refused because of its price. */
export interface Admitted {
  readonly cost: OperationCost;
  /** Undefined: points are not counted. */
  readonly bill: Bill | undefined;
}

/** Admits an operation of `account`. Throws LIMIT_EXCEEDED or RATE_LIMITED. */
export type Admit = (
  plan: OperationPlan,
  variables: RawVariables | null | undefined,
  account: string,
) => Admitted;

/** An operation may cost at most `cost`, or `pointsPerMinute` if that is less and not 0. */
export function createAdmission(
  { cost: limit, pointsPerMinute }: Pick<Limits, 'cost' | 'pointsPerMinute'>,
  charging: Charging,
): Admit {
  // An operation that costs more than the points of a minute could never be charged.
  const maxCost = pointsPerMinute === 0 ? limit : Math.min(limit, pointsPerMinute);
  return (plan, variables, account) => {
    const cost = plan.costOf(variables);
    if (cost.points > maxCost) throw tooExpensive(cost.points, maxCost);
    return { cost, bill: charging.open(account, cost.points) };
  };
}

function tooExpensive(points: number, limit: number) {
  return limitExceeded(
    'cost',
    `The operation may cost ${points} points; the limit is ${limit}. Select fewer elements (\`first\`) or fewer fields.`,
  );
}
