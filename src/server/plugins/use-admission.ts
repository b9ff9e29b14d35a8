// Whether a valid operation may run: what it costs is measured when its context is made, the last thing before it runs.
// What is thrown here is the answer to the operation, over every transport.
import { getOperationAST, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Limits } from '../limits.ts';
import { costOf, type OperationCost } from '../operation-cost.ts';
import { limitExceeded } from '../refusals.ts';

/** Part of the context of each operation that was admitted. */
export interface AdmissionContext {
  readonly admitted?: OperationCost;
}

export interface AdmissionOptions {
  readonly schema: GraphQLSchema;
  readonly limits: Pick<Limits, 'cost'>;
}

export function useAdmission({ schema, limits }: AdmissionOptions): Plugin<AdmissionContext> {
  const documents = new WeakMap<object, DocumentNode>();
  return {
    onParse:
      () =>
      ({ context, result }) => {
        if (result !== null && !(result instanceof Error)) documents.set(context, result);
      },
    onContextBuilding({ context, extendContext }) {
      const { operationName, variables } = context.params;
      const document = documents.get(context);
      const operation = document && getOperationAST(document, operationName);
      // Without an operation there is nothing to run, which is said elsewhere.
      if (document === undefined || operation == null) return;
      const admitted = costOf({ schema, document, operation, variables: variables ?? {} });
      if (admitted.points > limits.cost) throw tooDear(admitted.points, limits.cost);
      extendContext({ admitted });
    },
  };
}

function tooDear(points: number, limit: number) {
  return limitExceeded(
    'cost',
    `The operation may cost ${points} points; the limit is ${limit}. Ask for fewer elements, or for less of each.`,
  );
}
