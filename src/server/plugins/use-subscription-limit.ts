// Limits the number of subscriptions that an account has at the same time, over all transports together. A place is taken when
// the context is created, and given back when the stream ends or could not begin.
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { EndableStream } from '../stream/ending.ts';
import type { OperationContext } from '../operation/context.ts';
import type { Limits } from '../operation/limits.ts';
import { limitExceeded } from '../refusals.ts';
import { Tally } from '../tally.ts';

/** The limits that `useSubscriptionLimit` reads. */
type SubscriptionLimits = Pick<Limits, 'subscriptionsPerCaller' | 'subscriptionCharactersPerCaller'>;

/** Sets `leave`. Throws LIMIT_EXCEEDED for a subscription over a limit. */
export function useSubscriptionLimit(limits: SubscriptionLimits): Plugin<OperationContext> {
  const { subscriptionsPerCaller: limit, subscriptionCharactersPerCaller: maxCharacters } = limits;
  const [places, texts] = [new Tally(), new Tally()];
  return {
    onContextBuilding({ context, extendContext }) {
      if (context.admitted?.kind !== 'subscription') return;
      const { account } = context.visitor;
      const leave = places.take(account, limit);
      if (leave === null) {
        context.bill?.settle(0);
        throw limitExceeded('subscriptions', `You have ${limit} subscriptions, which is the limit.`);
      }
      const forget = texts.take(account, maxCharacters, charactersOf(context.params));
      if (forget === null) {
        leave();
        context.bill?.settle(0);
        throw limitExceeded(
          'subscriptions',
          `The texts and variables of your subscriptions have ${maxCharacters} characters, which is the limit.`,
        );
      }
      extendContext({
        leave: () => {
          leave();
          forget();
        },
      });
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
          if (Symbol.asyncIterator in result) setResult(new EndableStream(result, { onOver: leave }));
          else leave();
        },
      };
    },
  };
}

/** The size of an operation as its client sent it, which stays in memory for as long as a subscription runs. */
function charactersOf({ query = '', variables }: GraphQLParams): number {
  return query.length + (variables == null ? 0 : JSON.stringify(variables).length);
}
