// Closes the bill of each operation at its end, also after an error or an abort, and returns the cost in
// `extensions.cost`. Of a subscription only the first event has it, because the bill stays open.
import type { ExecutionResult, GraphQLSchema } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { OperationContext } from '../operation/context.ts';
import { extendingResults } from '../operation/extending-results.ts';
import { countObjects } from '../operation/result-objects.ts';

/** Closes `bill` and adds `extensions.cost` to results. */
export function useCost(schema: GraphQLSchema): Plugin<OperationContext> {
  const close = ({ bill, parsed }: OperationContext, result?: ExecutionResult): void => {
    if (bill === undefined || parsed === undefined) return;
    bill.close(result?.data == null ? 0 : countObjects(result.data, { schema, ...parsed }));
  };
  const { onExecute, onSubscribe } = extendingResults<OperationContext>(
    (context, { result, isFirst, isEvent }) => {
      if (context.bill === undefined || !isFirst) return undefined;
      if (!isEvent) close(context, result);
      return { cost: context.bill.cost() };
    },
  );
  return {
    onExecute(payload) {
      const { executeFn, setExecuteFn } = payload;
      setExecuteFn(async (args) => {
        try {
          return await executeFn(args);
        } catch (error) {
          close(args.contextValue);
          throw error;
        }
      });
      return onExecute(payload);
    },
    onSubscribe(payload) {
      const { args, subscribeFn, setSubscribeFn } = payload;
      setSubscribeFn(async (subscribeArgs) => {
        let hasBegun = false;
        try {
          const result = await subscribeFn(subscribeArgs);
          hasBegun = Symbol.asyncIterator in result;
          return result;
        } finally {
          if (!hasBegun) close(args.contextValue);
        }
      });
      return onSubscribe(payload);
    },
  };
}
