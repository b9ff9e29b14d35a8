// Subscriptions that get the same answers share them: see src/server/stream/answer.ts.
import type { ExecutionArgs, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ServerCaller } from '../entrance.ts';
import type { GraphContext, OperationContext } from '../operation/context.ts';
import type { Engine } from '../operation/engine.ts';
import { groupKeyOf } from '../stream/group-key.ts';
import { Member } from '../stream/member.ts';

/** Options of `useSharedEvents`; all are required. */
export interface SharedEventsOptions<Caller extends ServerCaller, Graph extends GraphContext> {
  /** The context in which one event is answered, from that of a subscription; see `GraphqlOptions`. */
  readonly contextOfEvent: (context: Graph) => object;
  /** Equal for callers of equal rights. */
  readonly rightsOf: (caller: Caller) => string;
  /** Answers the events. */
  readonly engine: Engine;
  /** Masks errors of answers. */
  readonly mask: (error: unknown) => GraphQLError;
}

/**
 * Sets `member`, and replaces the stream of a subscription by it. A request that asks for the number of its REST calls
 * (`x-gateway-upstream: 1`) shares nothing, as then each event shows calls of its own.
 */
export function useSharedEvents<Caller extends ServerCaller, Graph extends GraphContext>(
  options: SharedEventsOptions<Caller, Graph>,
): Plugin<OperationContext<Caller> & Graph> {
  return {
    onSubscribe({ args, subscribeFn, setSubscribeFn }) {
      setSubscribeFn(async (subscribeArgs) => {
        const result = await subscribeFn(subscribeArgs);
        if (!(Symbol.asyncIterator in result)) return result;
        const member = memberOf(args, options);
        if (member === null) return result;
        args.contextValue.member = member;
        return member;
      });
    },
  };
}

/** Null: the subscription is answered by itself. */
function memberOf<Caller extends ServerCaller, Graph extends GraphContext>(
  args: ExecutionArgs & { readonly contextValue: OperationContext<Caller> & Graph },
  { contextOfEvent, rightsOf, mask, engine }: SharedEventsOptions<Caller, Graph>,
): Member | null {
  const { contextValue: context } = args;
  const { source, plan, params, visitor, request } = context;
  if (source == null || plan === undefined) return null;
  if (request?.headers.get('x-gateway-upstream') === '1') return null;
  const key = groupKeyOf(plan, params.variables, rightsOf(visitor.caller));
  if (key === null) return null;
  return new Member({
    key,
    source,
    mask,
    countObjects: (data) => plan.countObjects(data),
    onPulled: (cursor) => (context.eventCursor = cursor),
    resolve: (event) =>
      engine.executeEvent({ ...args, plan, rootValue: event, contextValue: contextOfEvent(context) }),
  });
}
