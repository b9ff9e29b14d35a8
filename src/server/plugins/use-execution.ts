// Executes operations by the gateway's engine instead of Yoga's.
import type { Plugin } from 'graphql-yoga';
import type { OperationContext } from '../operation/context.ts';
import type { Engine } from '../operation/engine.ts';

/** Sets the functions that the other plugins wrap, so it comes first in the list. */
export function useExecution(engine: Engine): Plugin<OperationContext> {
  return {
    onExecute({ args, setExecuteFn }) {
      const { plan } = args.contextValue;
      setExecuteFn((executeArgs) => engine.execute({ ...executeArgs, plan }));
    },
    onSubscribe: ({ setSubscribeFn }) => setSubscribeFn((args) => engine.subscribe(args)),
  };
}
