// `extensions.stale`: the objects of an answer that came from memory because of an outage of the REST API, with their age.
import type { ExecutionResult } from 'graphql';
import type { GraphContext } from './context.ts';
import type { Engine, EngineArgs } from './engine.ts';

/** The engine, which adds to the extensions of each result of a query or mutation which of its objects are stale. */
export function tellingStale(engine: Engine): Engine {
  return {
    ...engine,
    execute(args) {
      const executed = engine.execute(args);
      return executed instanceof Promise
        ? executed.then((result) => withStale(result, args))
        : withStale(executed, args);
    },
  };
}

function withStale(result: ExecutionResult, { contextValue }: EngineArgs): ExecutionResult {
  // The engine passes on what `createContext` has made.
  const stale = staleOf(contextValue as GraphContext);
  return stale === undefined ? result : { ...result, extensions: { ...result.extensions, ...stale } };
}

/** The extensions of an answer that has something stale; undefined: it has nothing. */
export function staleOf({
  upstream: { stale },
}: GraphContext): { readonly stale: readonly object[] } | undefined {
  return stale === null ? undefined : { stale: [...stale.values()] };
}
