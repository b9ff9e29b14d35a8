// GraphQL over server-sent events, in the "distinct connections mode" of graphql-sse's PROTOCOL.md. Yoga's own processor sends
// no event ids. With ids, a browser's EventSource sends `Last-Event-ID` when it reconnects, and the stream resumes there.
import type { Plugin } from 'graphql-yoga';
import { acceptsStream, refusalType, singleResultType } from '../http/accept.ts';
import type { GraphContext, OperationContext, TransportContext } from '../operation/context.ts';
import { streamNotAccepted } from '../refusals.ts';
import { EventBody, HIGH_WATER_BYTES, type EventBodyOptions } from './event-body.ts';
import { EVENT_ID, EVENT_STREAM, streamHeaders, type IdentifiedResult } from './event-bytes.ts';
import { PendingStream, type Outcome } from './pending-stream.ts';
import { refusalAnswer } from './refusal-answer.ts';
import { streamOf } from './streamed-body.ts';

/**
 * Answers subscriptions with server-sent events, and also answers in parts (`partsType`) and a single result whose client accepts
 * no JSON type or gives `text/event-stream` a higher weight (`singleResultType`). Each event has the context's `eventCursor` as
 * its id. The response to a subscription begins as soon as it is permitted, before its first event: a comment is sent at once and
 * every `keepAliveMs`. A stream whose source fails ends with the masked error as its last event. A subscription whose client does
 * not accept a stream is refused with 406.
 */
export function useEventStream(
  options: EventBodyOptions,
): Plugin<OperationContext & GraphContext, TransportContext> {
  return {
    onSubscribe({ args, subscribeFn, setSubscribeFn, setResultAndStopExecution }) {
      const { request, streaming } = args.contextValue;
      // Without this, the subscription would run without a reader, and never end.
      if (request !== undefined && !acceptsStream(request.headers.get('accept'))) {
        setResultAndStopExecution({ errors: [streamNotAccepted()] });
        return undefined;
      }
      // The first event may be a long time coming. Without headers and a first byte, proxies end the request and a
      // browser's EventSource does not report its stream as open.
      if (request !== undefined || streaming !== undefined) {
        setSubscribeFn((subscribeArgs) => new PendingStream(Promise.resolve(subscribeFn(subscribeArgs))));
      }
      return {
        onSubscribeResult: () => ({
          // Results are pulled one at a time, so the context's cursor is that of this result.
          onNext({ args, result, setResult }) {
            const { eventCursor } = args.contextValue;
            if (eventCursor === null || Symbol.asyncIterator in result) return;
            const identified: IdentifiedResult = { ...result, [EVENT_ID]: eventCursor };
            setResult(identified);
          },
        }),
      };
    },
    onResultProcess(process) {
      const { request, result, serverContext } = process;
      const accept = request.headers.get('accept');
      // The context of the operation, which Yoga keeps in this object.
      const { parts }: Partial<OperationContext> = serverContext;
      const isStream = parts === undefined ? isStreamed(result, accept) : parts.form.type === EVENT_STREAM;
      if (!isStream) return;
      process.setResultProcessor((toSend) => {
        // Yoga's type includes lists of results; `isStreamed` has excluded them.
        const results = toSend as Outcome<IdentifiedResult>;
        const refusal = Symbol.asyncIterator in results ? null : refusalAnswer(results, refusalType(accept));
        return refusal === null
          ? eventStreamResponse(results, request.signal, serverContext, options)
          : Response.json(refusal.body, refusal);
      }, EVENT_STREAM);
    },
  };
}

/** Whether to answer with events: all results of a subscription, and a single result whose client prefers a stream. */
function isStreamed(result: unknown, accept: string | null): boolean {
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return false;
  return Symbol.asyncIterator in result || singleResultType(accept) === EVENT_STREAM;
}

function eventStreamResponse(
  result: Outcome<IdentifiedResult>,
  requestSignal: AbortSignal,
  context: Partial<OperationContext>,
  options: EventBodyOptions,
): Response {
  const body = new EventBody(result, context, options);
  // What is deferred begins when the client has got the first part, and not when that is in a buffer.
  const highWaterMark = context.parts === undefined ? HIGH_WATER_BYTES : 0;
  return new Response(streamOf(body, highWaterMark, requestSignal), {
    headers: streamHeaders,
  });
}
