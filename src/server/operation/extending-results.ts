// Lets a plugin add to the `extensions` of results: of queries and mutations, of the last part of an answer in parts, and of each
// event of a subscription.
import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { OperationContext } from './context.ts';

/** The members to add to `extensions`, for one result of the operation with this context; undefined: none. */
type ExtensionsOf<Context> = (
  context: Context,
  /** True for the result of a query or mutation, and for the first event of a subscription. */
  isFirst: boolean,
  /** Without members for an answer in parts. */
  result: ExecutionResult,
) => Readonly<Record<string, unknown>> | undefined;

/**
 * Hooks for a plugin. They add to results of operations that were stopped by a later plugin, too. `onEnd` is called when the
 * stream of a subscription, or an answer in parts, has ended, by its source, its reader or the gateway.
 */
export function extendingResults<Context extends Pick<OperationContext, 'parts'>>(
  extensionsOf: ExtensionsOf<Context>,
  onEnd?: (context: Context) => void,
): Required<Pick<Plugin<Context>, 'onExecute' | 'onSubscribe'>> {
  const extended = (result: ExecutionResult, context: Context, isFirst: boolean): ExecutionResult => {
    const more = extensionsOf(context, isFirst, result);
    return more === undefined ? result : { ...result, extensions: { ...result.extensions, ...more } };
  };
  return {
    onExecute: () => ({
      onExecuteDone({ args, result, setResult }) {
        const { contextValue } = args;
        const answer = contextValue.parts?.answer;
        if (answer !== undefined) {
          answer.addExtensions(() => extensionsOf(contextValue, true, {}));
          if (onEnd !== undefined) answer.onOver(() => onEnd(contextValue));
        } else if (!(Symbol.asyncIterator in result)) setResult(extended(result, contextValue, true));
      },
    }),
    onSubscribe: () => ({
      onSubscribeResult({ args, result, setResult }) {
        if (!(Symbol.asyncIterator in result)) return setResult(extended(result, args.contextValue, true));
        let isFirst = true;
        return {
          onNext({ result, setResult }) {
            if (!(Symbol.asyncIterator in result)) setResult(extended(result, args.contextValue, isFirst));
            isFirst = false;
          },
          ...(onEnd === undefined ? {} : { onEnd: () => onEnd(args.contextValue) }),
        };
      },
    }),
  };
}
