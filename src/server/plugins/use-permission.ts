// Checks whether a caller may run an operation at all, after validation and before any of its fields runs. The scopes of single
// fields are checked by the schema.
import type { ExecutionArgs, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { GraphContext } from '../operation/context.ts';

/** A valid operation that is about to run, with the schema's own context. */
export interface PermissionRequest<Graph extends GraphContext> extends Pick<
  ExecutionArgs,
  'schema' | 'document'
> {
  /** The context that `GraphqlOptions.createContext` made for this operation. */
  readonly contextValue: Graph;
}

/**
 * Why an operation may not run; null: it may. Runs once for each operation, subscriptions included. If it throws or rejects,
 * the operation does not run and the masked error is its answer.
 */
export type Permission<Graph extends GraphContext> = (
  operation: PermissionRequest<Graph>,
) => GraphQLError | null | Promise<GraphQLError | null>;

/** The part that Envelop's `onExecute` and `onSubscribe` have in common. */
interface BeforeRunning<Graph extends GraphContext> {
  readonly args: PermissionRequest<Graph>;
  readonly setResultAndStopExecution: (result: { readonly errors: GraphQLError[] }) => void;
}

/** `mask` masks what `permission` throws, because Yoga does not mask the result of an operation that was stopped. */
export function usePermission<Graph extends GraphContext>(
  permission: Permission<Graph>,
  mask: (error: unknown) => GraphQLError,
): Plugin<Graph> {
  const refusalOf = async (operation: PermissionRequest<Graph>) => {
    try {
      return await permission(operation);
    } catch (error) {
      return mask(error);
    }
  };
  const stopUnlessAllowed = async ({
    args,
    setResultAndStopExecution,
  }: BeforeRunning<Graph>): Promise<undefined> => {
    const refusal = await refusalOf(args);
    if (refusal !== null) setResultAndStopExecution({ errors: [refusal] });
  };
  return { onExecute: stopUnlessAllowed, onSubscribe: stopUnlessAllowed };
}
