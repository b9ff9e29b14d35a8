// Prices and charges an operation. Its first point is taken before it is parsed: over HTTP here, over WebSocket in
// socket-protocol.ts, because Yoga has no hook there that early. The other points are taken when its context is made. Errors
// thrown here are the answer to the operation, over every transport.
import type { Plugin } from 'graphql-yoga';
import type { Charging } from '../operation/charging.ts';
import type { OperationContext, TransportContext } from '../operation/context.ts';
import type { Limits } from '../operation/limits.ts';
import { limitExceeded } from '../refusals.ts';

/** Options of `useAdmission`; all are required. */
export interface AdmissionOptions {
  /** `cost`, or `pointsPerMinute` if that is less and not 0, is the most that an operation may cost. */
  readonly limits: Pick<Limits, 'cost' | 'pointsPerMinute'>;
  /** Counts the points. */
  readonly charging: Charging;
}

/** Sets `admitted` and `bill`. */
export function useAdmission({
  limits,
  charging,
}: AdmissionOptions): Plugin<OperationContext, TransportContext> {
  // An operation over a minute's points could never be charged.
  const maxCost = limits.pointsPerMinute === 0 ? limits.cost : Math.min(limits.cost, limits.pointsPerMinute);
  return {
    onRequestParse: ({ serverContext }) => charging.chargeFirstPoint(serverContext.visitor.account),
    onContextBuilding({ context, extendContext }) {
      const { plan } = context;
      if (plan === undefined) return;
      const cost = plan.costOf(context.params.variables);
      if (cost.points > maxCost) throw tooExpensive(cost.points, maxCost);
      const bill = charging.open(context.visitor.account, cost.points);
      extendContext({
        admitted: { ...cost, kind: plan.kind },
        ...(bill === undefined ? {} : { bill }),
      });
    },
  };
}

function tooExpensive(points: number, limit: number) {
  return limitExceeded(
    'cost',
    `The operation may cost ${points} points; the limit is ${limit}. Select fewer elements (\`first\`) or fewer fields.`,
  );
}
