// How a plugin adds to the extensions of what is answered: to an answer, and to each event of a subscription.
import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** What to add, for an operation of this context; nothing is added where it answers nothing. */
type ExtensionsOf<Context> = (
  context: Context,
  /** Of a subscription only its first event is; an answer is always. */
  isFirst: boolean,
) => Readonly<Record<string, unknown>> | undefined;

export function extendingResults<Context extends object>(
  extensionsOf: ExtensionsOf<Context>,
): Pick<Plugin<Context>, 'onExecute' | 'onSubscribe'> {
  const extended = (result: ExecutionResult, context: Context, isFirst: boolean): ExecutionResult => {
    const more = extensionsOf(context, isFirst);
    return more === undefined ? result : { ...result, extensions: { ...result.extensions, ...more } };
  };
  return {
    onExecute: () => ({
      onExecuteDone({ args, result, setResult }) {
        if (!(Symbol.asyncIterator in result)) setResult(extended(result, args.contextValue, true));
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
        };
      },
    }),
  };
}
