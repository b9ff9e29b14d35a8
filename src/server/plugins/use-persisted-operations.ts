// Persisted operations over HTTP: replaces the client's hash or text with the text of the manifest. Over WebSocket,
// socket-protocol.ts does this before it parses.
import type { Plugin } from 'graphql-yoga';
import { refuseHashAlone, type PersistedOperations } from '../operation/persisted-operations.ts';

/**
 * Throws PERSISTED_OPERATION_ONLY for an operation that the manifest does not have; without a manifest,
 * PersistedQueryNotSupported for one that has a hash and no text.
 */
export function usePersistedOperations(operations: PersistedOperations | undefined): Plugin {
  return {
    onParams({ request, params, setParams }) {
      const documentId = request.method === 'GET' ? readDocumentId(request.url) : undefined;
      const named = documentId === undefined ? params : { ...params, documentId };
      if (operations === undefined) refuseHashAlone(named);
      else setParams({ ...params, query: operations.textOf(named) });
    },
  };
}

/** Yoga reads `query`, `operationName`, `variables` and `extensions` of a URL, but no other parameter. */
function readDocumentId(url: string): string | undefined {
  return new URL(url).searchParams.get('documentId') ?? undefined;
}
