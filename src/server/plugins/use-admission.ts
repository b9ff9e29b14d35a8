// Whether an operation may run. It costs a point before it is read (over HTTP here, as soon as its caller is known;
// WebSocket, which Yoga does not see that early, asks for it itself), and the rest when its context is made, the last
// thing before it runs. What is thrown here is the answer to the operation, over every transport.
import { getOperationAST, type GraphQLSchema } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Charging } from '../operation/charging.ts';
import type { OperationContext, TransportContext } from '../operation/context.ts';
import { extendingResults } from '../operation/extending-results.ts';
import type { Limits } from '../operation/limits.ts';
import { costOf } from '../operation/operation-cost.ts';
import { limitExceeded, noOperation } from '../refusals.ts';

export interface AdmissionOptions {
  readonly schema: GraphQLSchema;
  readonly limits: Pick<Limits, 'cost' | 'pointsPerMinute'>;
  readonly charging: Charging;
}

export function useAdmission({
  schema,
  limits,
  charging,
}: AdmissionOptions): Plugin<OperationContext, TransportContext> {
  // What is more than a minute's points could never be paid.
  const maxCost = limits.pointsPerMinute === 0 ? limits.cost : Math.min(limits.cost, limits.pointsPerMinute);
  return {
    onRequestParse: ({ serverContext }) => charging.begin(serverContext.visitor.account),
    onParse:
      () =>
      ({ context, extendContext, result }) => {
        if (result === null || result instanceof Error) return;
        const { operationName } = context.params;
        const operation = getOperationAST(result, operationName);
        if (operation == null) throw noOperation(operationName);
        extendContext({ parsed: { document: result, operation } });
      },
    async onContextBuilding({ context, extendContext }) {
      const { parsed } = context;
      if (parsed === undefined) return;
      const cost = costOf({ ...parsed, schema, variables: context.params.variables ?? {} });
      if (cost.points > maxCost) throw tooDear(cost.points, maxCost);
      const bill = await charging.chargeRest(context.visitor.account, cost.points);
      extendContext({
        admitted: { ...cost, kind: parsed.operation.operation },
        ...(bill === undefined ? {} : { bill }),
      });
    },
    ...extendingResults<OperationContext>(({ bill }, isFirst) =>
      bill !== undefined && isFirst ? { cost: bill } : undefined,
    ),
  };
}

function tooDear(points: number, limit: number) {
  return limitExceeded(
    'cost',
    `The operation may cost ${points} points; the limit is ${limit}. Ask for fewer elements, or for less of each.`,
  );
}
