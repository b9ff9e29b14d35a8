// Computes the price of an operation and charges it. The first point is charged before the operation is parsed: here for HTTP,
// and in socket-protocol.ts for WebSocket, where Yoga has no hook that early. The other points are charged when the context is
// created. Errors thrown here are the answer to the operation, over every transport.
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Admit } from '../operation/admission.ts';
import type { Charging } from '../operation/charging.ts';
import type { OperationContext, TransportContext } from '../operation/context.ts';
import type { ServerObserver } from '../observer.ts';

/**
 * Sets `admitted` and `bill`. `observer` gets the points of operations that are refused because the caller has too few points.
 */
export function useAdmission(
  admit: Admit,
  { chargeFirstPoint }: Pick<Charging, 'chargeFirstPoint'>,
  observer?: Pick<ServerObserver, 'onPointsRefused'>,
): Plugin<OperationContext, TransportContext> {
  return {
    onRequestParse({ serverContext: { visitor, arrival } }) {
      if (arrival === undefined) chargeFirstPoint(visitor.account);
      else if (arrival.failure !== null) throw arrival.failure;
    },
    onContextBuilding({ context, extendContext }) {
      const { plan, params, visitor } = context;
      if (plan === undefined) return;
      try {
        const { cost, bill } = admit(plan, params.variables, visitor.account);
        extendContext({
          admitted: { ...cost, kind: plan.kind },
          ...(bill === undefined ? {} : { bill }),
        });
      } catch (error) {
        // Reported here and not where the refusal is decided: post.ts leaves refusals to Yoga, so each passes here exactly once.
        const isForPoints = error instanceof GraphQLError && error.extensions['code'] === 'RATE_LIMITED';
        if (isForPoints) observer?.onPointsRefused(plan.costOf(params.variables).points);
        throw error;
      }
    },
  };
}
