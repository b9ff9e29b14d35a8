// Authentication over HTTP: before a body is read, by the header `Authorization`. A stream of events ends when what
// its caller has shown ends. Over WebSocket the socket does both.
import type { IncomingMessage } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import type { Clock } from '../../clock.ts';
import { callAt } from '../call-at.ts';
import { addressOf } from '../http/client-address.ts';
import { EndableStream } from '../stream/ending.ts';
import type { Entrance, ServerCaller, Visitor } from '../entrance.ts';
import { expired } from '../refusals.ts';

/** Part of the context of each operation, whatever its transport. */
export interface VisitorContext<Caller extends ServerCaller> {
  visitor: Visitor<Caller>;
}

/** What Yoga knows of a request of Node's own server. In process there is none. */
interface NodeContext {
  readonly req?: IncomingMessage;
}

export function useAuthentication<Caller extends ServerCaller>(
  entrance: Entrance<Caller>,
  clock: Clock,
): Plugin<VisitorContext<Caller>, NodeContext & Partial<VisitorContext<Caller>>> {
  return {
    async onRequestParse({ request, serverContext }) {
      serverContext.visitor = await entrance.admit(
        request.headers.get('authorization'),
        addressOf(serverContext.req),
      );
    },
    onSubscribe: () => ({
      onSubscribeResult({ args, result, setResult }) {
        const { visitor, request } = args.contextValue;
        const { expiresAt } = visitor.caller;
        if (!(Symbol.asyncIterator in result) || expiresAt === null || request === undefined) return;
        const stream = new EndableStream(result, () => cancel());
        const cancel = callAt(clock, expiresAt, () => stream.end({ errors: [expired()] }));
        setResult(stream);
      },
    }),
  };
}
