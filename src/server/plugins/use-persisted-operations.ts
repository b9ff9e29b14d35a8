// Over HTTP, only operations that are written down beforehand run. WebSocket asks the same list before it parses.
import type { Plugin } from 'graphql-yoga';
import type { PersistedOperations } from '../operation/persisted-operations.ts';

export function usePersistedOperations(operations: PersistedOperations): Plugin {
  return {
    onParams({ request, params, setParams }) {
      const documentId = request.method === 'GET' ? documentIdIn(request.url) : undefined;
      const query = operations.textOf(documentId === undefined ? params : { ...params, documentId });
      setParams({ ...params, query });
    },
  };
}

/** Yoga's own reading of a URL leaves it aside. */
function documentIdIn(url: string): string | undefined {
  return new URL(url).searchParams.get('documentId') ?? undefined;
}
