// Asks once an operation is read and found valid, and before anything of it runs, whether its caller may run it at all.
import type { ExecutionArgs, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { GraphContext } from '../operation/context.ts';

/** An operation that is about to run, with the context of its caller. */
export interface AskedOperation<Graph extends GraphContext> extends Pick<
  ExecutionArgs,
  'schema' | 'document'
> {
  readonly contextValue: Graph;
}

/** Why an operation may not run; null: it may. It may reject where that cannot be found out. */
export type Permission<Graph extends GraphContext> = (
  operation: AskedOperation<Graph>,
) => GraphQLError | null | Promise<GraphQLError | null>;

/** The part of Envelop's hooks that is used: both kinds of operations are stopped alike. */
interface BeforeRunning<Graph extends GraphContext> {
  readonly args: AskedOperation<Graph>;
  readonly setResultAndStopExecution: (result: { readonly errors: GraphQLError[] }) => void;
}

/** A failure to find out stops the operation too, as `mask` shows it: whoever stops here is not masked later. */
export function usePermission<Graph extends GraphContext>(
  permission: Permission<Graph>,
  mask: (error: unknown) => GraphQLError,
): Plugin<Graph> {
  const refusalOf = async (operation: AskedOperation<Graph>) => {
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
