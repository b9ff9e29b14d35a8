// `operationName` over HTTP: an empty one counts as missing. Over WebSocket socket-protocol.ts does the same.
import type { Plugin } from 'graphql-yoga';

/** Removes an empty `operationName`. */
export function useOperationName(): Plugin {
  return {
    onParams({ params: { operationName, ...params }, setParams }) {
      if (operationName === '') setParams(params);
    },
  };
}
