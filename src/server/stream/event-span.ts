// The span of one event of a subscription. Each event is a trace of its own, linked to the span of the subscription, because a
// subscription may last for hours.
import { GraphQLError, type ExecutionResult, type OperationDefinitionNode } from 'graphql';
import { boundedName } from '../bounded-name.ts';
import type { Span } from '../../trace.ts';

type Result = ExecutionResult | Promise<ExecutionResult>;

/** The event's span; null: the subscription is not recorded. */
export function beginEvent(
  subscription: Span | null | undefined,
  { name }: OperationDefinitionNode,
): Span | null {
  if (subscription === null || subscription === undefined) return null;
  const ofName = name === undefined ? '' : ` ${boundedName(name.value)}`;
  return subscription.linked(`event of subscription${ofName}`, { 'graphql.operation.type': 'subscription' });
}

/** Runs `resolve`, and ends the span with its result. The error of the span is the class of the first error's cause. */
export function withinEvent(span: Span | null, resolve: () => Result): Result {
  if (span === null) return resolve();
  const ended = (result: ExecutionResult): ExecutionResult => {
    span.end({ error: result.errors === undefined ? null : nameOf(result.errors[0]) });
    return result;
  };
  const failed = (error: unknown): never => {
    span.end({ error: nameOf(error) });
    throw error;
  };
  try {
    const result = resolve();
    return result instanceof Promise ? result.then(ended, failed) : ended(result);
  } catch (error) {
    return failed(error);
  }
}

/** The name of the class of what was thrown; GraphQL has wrapped it to add the field's path. */
function nameOf(error: unknown): string {
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  return cause instanceof Error ? cause.name : 'Error';
}
