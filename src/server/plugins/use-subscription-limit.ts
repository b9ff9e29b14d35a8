// The limit of subscriptions that an account has at the same time, over all transports together. A place is taken when the
// context is made and given back when the stream ends, or did not begin.
import type { Plugin } from 'graphql-yoga';
import { EndableStream } from '../stream/ending.ts';
import type { OperationContext } from '../operation/context.ts';
import type { Limits } from '../operation/limits.ts';
import { limitExceeded } from '../refusals.ts';
import { Tally } from '../tally.ts';

/** Sets `leave`. Throws LIMIT_EXCEEDED for a subscription over the limit. */
export function useSubscriptionLimit({
  subscriptionsPerCaller: limit,
}: Pick<Limits, 'subscriptionsPerCaller'>): Plugin<OperationContext> {
  const tally = new Tally();
  return {
    onContextBuilding({ context, extendContext }) {
      if (context.admitted?.kind !== 'subscription') return;
      const leave = tally.take(context.visitor.account, limit);
      if (leave === null) {
        throw limitExceeded('subscriptions', `You have ${limit} subscriptions, which is the limit.`);
      }
      extendContext({ leave });
    },
    onSubscribe({ args, subscribeFn, setSubscribeFn }) {
      const { leave } = args.contextValue;
      if (leave === undefined) return undefined;
      setSubscribeFn(async (subscribeArgs) => {
        try {
          return await subscribeFn(subscribeArgs);
        } catch (error) {
          leave();
          throw error;
        }
      });
      return {
        onSubscribeResult({ result, setResult }) {
          if (Symbol.asyncIterator in result) setResult(new EndableStream(result, leave));
          else leave();
        },
      };
    },
  };
}
