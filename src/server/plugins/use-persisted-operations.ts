// Over HTTP, only operations that are written down beforehand run. WebSocket asks the same list before it parses.
import type { Plugin } from 'graphql-yoga';
import type { PersistedOperations } from '../persisted-operations.ts';

export function usePersistedOperations(operations: PersistedOperations): Plugin {
  return {
    onParams({ params, setParams }) {
      setParams({ ...params, query: operations.textOf(params) });
    },
  };
}
