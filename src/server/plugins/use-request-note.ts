// Fills in the note of a request, from which its log line is written. event-stream.ts and socket-protocol.ts note the results of
// streams and WebSockets; this plugin notes single results over HTTP.
import type { Plugin } from 'graphql-yoga';
import type { GraphContext, OperationContext, TransportContext } from '../operation/context.ts';

/** Fills in `note`, where the transport has set one. */
export function useRequestNote(): Plugin<OperationContext & Partial<GraphContext>, TransportContext> {
  return {
    onRequestParse({ serverContext: { note, visitor } }) {
      if (note !== undefined) note.caller = visitor.caller;
    },
    onParse:
      () =>
      ({ context: { note, plan } }) => {
        if (note !== undefined) note.operation = plan?.operation ?? null;
      },
    onExecute: ({ args: { contextValue } }) => noteCosts(contextValue),
    onSubscribe: ({ args: { contextValue } }) => noteCosts(contextValue),
    onResultProcess({ serverContext: { note }, result }) {
      if (note === undefined || Array.isArray(result) || Symbol.asyncIterator in result) return;
      note.saw(result);
    },
  };
}

function noteCosts(context: OperationContext & Partial<GraphContext>): undefined {
  if (context.note !== undefined) context.note.costs = context;
}
