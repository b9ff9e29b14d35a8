// Asks once an operation is read and found valid, and before anything of it runs, whether its caller may run it at all.
import type { ExecutionArgs, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** An operation that is about to run, with the context of its caller. */
export type AskedOperation = Pick<ExecutionArgs, 'schema' | 'document' | 'contextValue'>;

/** Why an operation may not run; null: it may. */
export type Permission = (operation: AskedOperation) => GraphQLError | null | Promise<GraphQLError | null>;

/** The part of Envelop's hooks that is used: both kinds of operations are stopped alike. */
interface BeforeRunning {
  readonly args: AskedOperation;
  readonly setResultAndStopExecution: (result: { readonly errors: GraphQLError[] }) => void;
}

export function usePermission(permission: Permission): Plugin {
  const stopUnlessAllowed = async ({
    args,
    setResultAndStopExecution,
  }: BeforeRunning): Promise<undefined> => {
    const refusal = await permission(args);
    if (refusal !== null) setResultAndStopExecution({ errors: [refusal] });
  };
  return { onExecute: stopUnlessAllowed, onSubscribe: stopUnlessAllowed };
}
