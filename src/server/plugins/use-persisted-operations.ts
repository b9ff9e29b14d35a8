// Persisted operations over HTTP: replaces the client's hash or text by the manifest's text. Over WebSocket
// socket-protocol.ts does so before it parses.
import type { Plugin } from 'graphql-yoga';
import type { PersistedOperations } from '../operation/persisted-operations.ts';

/** Throws PERSISTED_OPERATION_ONLY for an operation that the manifest does not have. */
export function usePersistedOperations(operations: PersistedOperations): Plugin {
  return {
    onParams({ request, params, setParams }) {
      const documentId = request.method === 'GET' ? readDocumentId(request.url) : undefined;
      const query = operations.textOf(documentId === undefined ? params : { ...params, documentId });
      setParams({ ...params, query });
    },
  };
}

/** Yoga reads `query`, `operationName`, `variables` and `extensions` of a URL, but no other parameter. */
function readDocumentId(url: string): string | undefined {
  return new URL(url).searchParams.get('documentId') ?? undefined;
}
