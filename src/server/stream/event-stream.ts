// GraphQL over server-sent events, in the "distinct connections mode" of graphql-sse's PROTOCOL.md. Yoga's own processor sends
// no event ids. With ids, a browser's EventSource sends `Last-Event-ID` when it reconnects, and the stream resumes there.
import type { ExecutionResult, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { acceptsStream, refusalType, singleResultType, type JsonType } from '../http/accept.ts';
import type { GraphContext, OperationContext, TransportContext } from '../operation/context.ts';
import { formatError } from '../operation/mask-errors.ts';
import type { TextOf } from '../operation/result-text.ts';
import { streamNotAccepted } from '../refusals.ts';
import type { RequestNote } from '../request-note.ts';
import type { OpenStreams } from './open-streams.ts';
import { PendingStream, resultsOf, type Outcome } from './pending-stream.ts';

/** The key of a result's event id. JSON.stringify leaves symbols out, so the id is no part of the data. */
const EVENT_ID = Symbol('event id');

type IdentifiedResult = ExecutionResult & { readonly [EVENT_ID]?: string };

const KEEP_ALIVE_MS = 12_000;
const PING = ':\n\n';
const MEDIA_TYPE = 'text/event-stream';

/** Options of `useEventStream`. */
export interface EventStreamOptions {
  /** Writes the data of each event. */
  readonly textOf: TextOf;
  /** Masks the error with which a stream fails. */
  readonly mask: (error: unknown) => GraphQLError;
  /** The streams of subscriptions register here, to be ended when the gateway stops. */
  readonly openStreams: OpenStreams;
  /** How often a comment is sent to keep the connection open, in milliseconds. Default: 12 000. */
  readonly keepAliveMs?: number;
}

/**
 * Answers subscriptions with server-sent events, and also a single result whose client accepts no JSON type or gives
 * `text/event-stream` a higher weight (`singleResultType`). Each event has the context's `eventCursor` as its id. The response
 * to a subscription begins as soon as it is permitted, before its first event: a comment is sent at once and every
 * `keepAliveMs`. A stream whose source fails ends with the masked error as its last event. A subscription whose client does
 * not accept a stream is refused with 406.
 */
export function useEventStream(
  options: EventStreamOptions,
): Plugin<OperationContext & GraphContext, TransportContext> {
  return {
    onSubscribe({ args, subscribeFn, setSubscribeFn, setResultAndStopExecution }) {
      const { request } = args.contextValue;
      // Without this, the subscription would run without a reader, and never end.
      if (request !== undefined && !acceptsStream(request.headers.get('accept'))) {
        setResultAndStopExecution({ errors: [streamNotAccepted()] });
        return undefined;
      }
      // The first event may be a long time coming. Without headers and a first byte, proxies end the request and a
      // browser's EventSource does not report its stream as open.
      if (request !== undefined) {
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
      if (!isStreamed(result, accept)) return;
      process.setResultProcessor((toSend) => {
        // Yoga's type includes lists of results; `isStreamed` has excluded them.
        const results = toSend as Outcome<IdentifiedResult>;
        return (
          refusalResponse(results, refusalType(accept)) ??
          eventStreamResponse(results, request.signal, { ...options, note: serverContext.note })
        );
      }, MEDIA_TYPE);
    },
  };
}

/** Whether to answer with events: all results of a subscription, and a single result whose client prefers a stream. */
function isStreamed(result: unknown, accept: string | null): boolean {
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return false;
  return Symbol.asyncIterator in result || singleResultType(accept) === MEDIA_TYPE;
}

/** `extensions.http` of an error. */
interface HttpExtension {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * The answer to a refused request: JSON with the refusal's status, which keeps a browser's EventSource from reconnecting.
 * Null: send a stream. Errors of the operation itself (400) are sent as an event, as clients of this protocol expect.
 */
function refusalResponse(result: Outcome<IdentifiedResult>, type: JsonType): Response | null {
  if (Symbol.asyncIterator in result || result.data != null) return null;
  const { errors = [] } = result;
  // Extensions are untyped; src/server/refusals.ts and Yoga set this one.
  const http: HttpExtension | undefined = errors[0]?.extensions['http'];
  if (http?.status === undefined || http.status === 400) return null;
  const { status, headers } = http;
  return Response.json(
    { errors: errors.map(formatError) },
    { status, headers: { ...headers, 'content-type': `${type}; charset=utf-8` } },
  );
}

interface ResponseOptions extends EventStreamOptions {
  /** Notes the beginning and the results of a subscription for the log; undefined: the request was made in process. */
  readonly note: RequestNote | undefined;
}

function eventStreamResponse(
  result: Outcome<IdentifiedResult>,
  requestSignal: AbortSignal,
  { textOf, mask, openStreams, keepAliveMs = KEEP_ALIVE_MS, note }: ResponseOptions,
): Response {
  const isSubscription = Symbol.asyncIterator in result;
  const iterator = resultsOf(result);
  if (isSubscription) note?.began();
  let pinging: NodeJS.Timeout | undefined;
  let isOver = false;
  let forget = () => {};
  const over = () => {
    isOver = true;
    clearInterval(pinging);
    forget();
  };
  const leave = async () => {
    over();
    await iterator.return?.();
  };
  const body = new ReadableStream<string>({
    start(controller) {
      // Some browsers report a stream as open only after its first bytes.
      controller.enqueue(PING);
      pinging = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(PING);
      }, keepAliveMs);
      if (!isSubscription) return;
      // Without `complete`: clients take that for the end of the subscription and do not come back.
      forget = openStreams.add(() => {
        if (isOver) return;
        leave().catch(() => undefined);
        controller.close();
      });
    },
    async pull(controller) {
      try {
        const { done, value } = await iterator.next();
        if (isOver) return;
        if (done !== true) {
          controller.enqueue(formatEvent(isSubscription ? noted(value, note) : value, textOf));
          return;
        }
      } catch (error) {
        if (isOver) return;
        controller.enqueue(formatEvent(noted({ errors: [mask(error)] }, note), textOf));
      }
      over();
      controller.enqueue('event: complete\ndata:\n\n');
      controller.close();
    },
    cancel: leave,
  });
  // A client may go away before the response is sent. Then nothing reads or cancels the body, so end the results here.
  const abandon = () => void leave().catch(() => undefined);
  requestSignal.addEventListener('abort', abandon, { once: true });
  if (requestSignal.aborted) abandon();
  return new Response(body.pipeThrough(new TextEncoderStream()), {
    headers: { 'content-type': MEDIA_TYPE, 'cache-control': 'no-cache', 'x-accel-buffering': 'no' },
  });
}

function noted<Result extends ExecutionResult>(result: Result, note: RequestNote | undefined): Result {
  note?.saw(result);
  return result;
}

function formatEvent(result: IdentifiedResult, textOf: TextOf): string {
  const id = result[EVENT_ID];
  const { errors, ...rest } = result;
  const payload = errors === undefined ? rest : { errors: errors.map(formatError), ...rest };
  return `event: next\n${id === undefined ? '' : `id: ${id}\n`}data: ${textOf(payload)}\n\n`;
}
