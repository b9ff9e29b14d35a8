// Authentication over HTTP, by the header `Authorization`, before the body is read. A stream of server-sent events ends when
// its caller's token expires. Over WebSocket socket-protocol.ts does both.
import type { Plugin } from 'graphql-yoga';
import type { Clock } from '../../clock.ts';
import { atEndOfRights } from '../end-of-rights.ts';
import { EndableStream } from '../stream/ending.ts';
import type { Entrance, ServerCaller } from '../entrance.ts';
import type { OperationContext, TransportContext } from '../operation/context.ts';

/**
 * Sets `visitor`. Throws the error of `Entrance.admit`, which is the answer to the request. A stream whose token expires ends
 * after a last event with the error UNAUTHENTICATED.
 */
export function useAuthentication<Caller extends ServerCaller>(
  entrance: Entrance<Caller>,
  clock: Clock,
): Plugin<OperationContext<Caller>, TransportContext<Caller>> {
  return {
    async onRequestParse({ request, serverContext }) {
      const { arrival } = serverContext;
      if (arrival !== undefined) {
        // With a visitor, `createPostRoute` has set it.
        if (arrival.visitor === null) throw arrival.failure;
        return;
      }
      const { req, address = entrance.addressOf(req) } = serverContext;
      const authorization = request.headers.get('authorization');
      serverContext.visitor = await entrance.admit(authorization, address, { request: req ?? request });
    },
    onSubscribe: () => ({
      onSubscribeResult({ args, result, setResult }) {
        const { visitor, request, streaming } = args.contextValue;
        const isOverHttp = request !== undefined || streaming !== undefined;
        if (!(Symbol.asyncIterator in result) || !isOverHttp) return;
        const { caller } = visitor;
        if (caller.expiresAt === null && caller.revocation === undefined) return;
        const stream = new EndableStream(result, {
          onOver: () => expiry?.cancel(),
          beforeResult: () => expiry?.keep(),
        });
        const expiry = atEndOfRights(clock, caller, (reason) => stream.end({ errors: [reason] }));
        if (expiry === null) return;
        // For results that are pushed: they do not pass through the stream.
        args.contextValue.expiry = expiry;
        setResult(stream);
      },
    }),
  };
}
