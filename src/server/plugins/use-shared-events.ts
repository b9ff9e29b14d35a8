// Lets subscriptions that get the same results share them: see src/server/stream/answer.ts.
import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { TakenEvents } from '../../live/log/taken-events.ts';
import type { Span } from '../../trace.ts';
import type { ServerCaller } from '../entrance.ts';
import type { GraphContext, OperationContext } from '../operation/context.ts';
import type { Engine } from '../operation/engine.ts';
import type { OperationPlan } from '../plans/operation-plan.ts';
import { beginEvent, withinEvent } from '../stream/event-span.ts';
import { groupKeyOf } from '../stream/group-key.ts';
import { Member, type MemberOptions } from '../stream/member.ts';

/** Options of `useSharedEvents`; all are required. */
export interface SharedEventsOptions<Caller extends ServerCaller, Graph extends GraphContext> {
  /** The context in which one event is answered, from that of a subscription; see `GraphqlOptions`. */
  readonly contextOfEvent: (context: Graph, span: Span | null) => object;
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

/** The arguments of a subscription that has begun. */
type BegunArgs<Context> = ExecutionArgs & { readonly contextValue: Context };

/** Null: the subscription is answered by itself. */
function memberOf<Caller extends ServerCaller, Graph extends GraphContext>(
  args: BegunArgs<OperationContext<Caller> & Graph>,
  options: SharedEventsOptions<Caller, Graph>,
): Member | null {
  const { source, plan, params, visitor, request } = args.contextValue;
  if (source == null || plan === undefined) return null;
  if (request?.headers.get('x-gateway-upstream') === '1') return null;
  const key = groupKeyOf(plan, params.variables, options.rightsOf(visitor.caller));
  return key === null ? null : new Member(new SharedOperation(args, { key, source, plan }, options));
}

/**
 * The properties in which the subscriptions of a group differ. Thousands may run, so this is a class with fields and no closures.
 */
class SharedOperation<Caller extends ServerCaller, Graph extends GraphContext> implements MemberOptions {
  readonly key: string;
  readonly source: TakenEvents;
  readonly #plan: OperationPlan;
  readonly #args: BegunArgs<OperationContext<Caller> & Graph>;
  readonly #options: SharedEventsOptions<Caller, Graph>;

  constructor(
    args: BegunArgs<OperationContext<Caller> & Graph>,
    { key, source, plan }: Pick<MemberOptions, 'key' | 'source'> & { readonly plan: OperationPlan },
    options: SharedEventsOptions<Caller, Graph>,
  ) {
    this.key = key;
    this.source = source;
    this.#plan = plan;
    this.#args = args;
    this.#options = options;
  }

  mask(error: unknown): GraphQLError {
    return this.#options.mask(error);
  }

  countObjects(data: unknown): number {
    return this.#plan.countObjects(data);
  }

  onPulled(cursor: string | null): void {
    this.#args.contextValue.eventCursor = cursor;
  }

  resolve(event: object): ExecutionResult | Promise<ExecutionResult> {
    const { engine, contextOfEvent } = this.#options;
    const { note } = this.#args.contextValue;
    const span = beginEvent(note?.span, this.#plan.operation);
    const contextValue = contextOfEvent(this.#args.contextValue, span);
    const args = { ...this.#args, plan: this.#plan, rootValue: event, contextValue };
    return withinEvent(span, () => engine.executeEvent(args));
  }
}
