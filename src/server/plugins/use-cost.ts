// Charges the real cost of each operation when it has ended, whether it has succeeded or failed, and writes the cost into
// `extensions.cost`. For a subscription this happens at its first event, and only that event has the cost; in an answer in parts
// the last part has it.
import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { OperationContext } from '../operation/context.ts';
import { extendingResults } from '../operation/extending-results.ts';

/** Settles `bill` and adds `extensions.cost` to results. */
export function useCost(): Plugin<OperationContext> {
  const settle = ({ bill, plan, parts }: OperationContext, result?: ExecutionResult): void => {
    if (bill === undefined || plan === undefined) return;
    const objects = result?.data == null ? 0 : plan.countObjects(result.data);
    bill.settle(parts === undefined ? objects : parts.answer.objects);
  };
  const { onExecute, onSubscribe } = extendingResults<OperationContext>(
    (context, isFirst, result) => {
      if (context.bill === undefined || !isFirst) return undefined;
      settle(context, result);
      return { cost: context.bill.cost() };
    },
    (context) => settle(context),
  );
  return {
    onExecute(payload) {
      const { executeFn, setExecuteFn } = payload;
      setExecuteFn(async (args) => {
        try {
          return await executeFn(args);
        } catch (error) {
          settle(args.contextValue);
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
          if (!hasBegun) settle(args.contextValue);
        }
      });
      return onSubscribe(payload);
    },
  };
}
