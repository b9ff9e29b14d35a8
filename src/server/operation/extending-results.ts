// How a plugin adds to `extensions` of results: of queries and mutations, and of each event of a subscription.
import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** A result that is about to be sent. */
interface Outgoing {
  readonly result: ExecutionResult;
  /** False for each event of a subscription but the first. */
  readonly isFirst: boolean;
  /** Whether it is an event of a subscription, and not the only result of an operation. */
  readonly isEvent: boolean;
}

/** The members to add to `extensions`, for one result of the operation with this context; undefined: none. */
type ExtensionsOf<Context> = (
  context: Context,
  outgoing: Outgoing,
) => Readonly<Record<string, unknown>> | undefined;

/** Hooks for a plugin. They add to results of operations that were stopped by a later plugin, too. */
export function extendingResults<Context extends object>(
  extensionsOf: ExtensionsOf<Context>,
): Required<Pick<Plugin<Context>, 'onExecute' | 'onSubscribe'>> {
  const extended = (outgoing: Outgoing, context: Context): ExecutionResult => {
    const { result } = outgoing;
    const more = extensionsOf(context, outgoing);
    return more === undefined ? result : { ...result, extensions: { ...result.extensions, ...more } };
  };
  return {
    onExecute: () => ({
      onExecuteDone({ args, result, setResult }) {
        if (!(Symbol.asyncIterator in result)) setResult(extended(single(result), args.contextValue));
      },
    }),
    onSubscribe: () => ({
      onSubscribeResult({ args, result, setResult }) {
        if (!(Symbol.asyncIterator in result)) return setResult(extended(single(result), args.contextValue));
        let isFirst = true;
        return {
          onNext({ result, setResult }) {
            if (!(Symbol.asyncIterator in result)) {
              setResult(extended({ result, isFirst, isEvent: true }, args.contextValue));
            }
            isFirst = false;
          },
        };
      },
    }),
  };
}

function single(result: ExecutionResult): Outgoing {
  return { result, isFirst: true, isEvent: false };
}
