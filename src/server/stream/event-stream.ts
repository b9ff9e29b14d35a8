// GraphQL over server-sent events (the distinct connections mode of graphql-sse). Yoga's own processor sends no event
// ids; with them a browser's EventSource says by itself, in `Last-Event-ID`, where it stopped reading.
import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { GraphContext, OperationContext } from '../operation/context.ts';
import { shownError } from '../operation/mask-errors.ts';
import { streamNotAccepted } from '../refusals.ts';

/** Carries the id of an event from the subscription to the stream, unseen by the answer itself. */
const EVENT_ID = Symbol('event id');

type IdentifiedResult = ExecutionResult & { readonly [EVENT_ID]?: string };

const KEEP_ALIVE_MS = 12_000;
const PING = ':\n\n';
const MEDIA_TYPE = 'text/event-stream';

/** Answers subscriptions as a stream of events, each with its cursor as id. */
export function useEventStream(keepAliveMs = KEEP_ALIVE_MS): Plugin<OperationContext & GraphContext> {
  return {
    onSubscribe({ args, setResultAndStopExecution }) {
      const { request } = args.contextValue;
      // Nobody would read the stream, nor ever end it.
      if (request !== undefined && !acceptsStream(request)) {
        setResultAndStopExecution({ errors: [streamNotAccepted()] });
        return undefined;
      }
      return {
        onSubscribeResult: () => ({
          // Results are pulled one at a time, so the context's cursor is that of this very result.
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
      const { request, result, acceptableMediaTypes } = process;
      if (!asksForStream(request, result)) return;
      acceptableMediaTypes.push(MEDIA_TYPE);
      process.setResultProcessor((toSend) => {
        // Checked above to be one result or a stream of them.
        const results = toSend as AsyncIterable<IdentifiedResult> | IdentifiedResult;
        return refusalResponse(results) ?? eventStreamResponse(results, request.signal, keepAliveMs);
      }, MEDIA_TYPE);
    },
  };
}

/** What a request accepts, without parameters; one that does not say so accepts anything. */
function acceptedTypes(request: Request): readonly (string | undefined)[] {
  const accept = request.headers.get('accept') ?? '*/*';
  return accept.split(',').map((range) => range.split(';', 1)[0]?.trim().toLowerCase());
}

function acceptsStream(request: Request): boolean {
  return acceptedTypes(request).some((type) => type === MEDIA_TYPE || type === 'text/*' || type === '*/*');
}

/** A client that takes anything gets a stream where the result is one. */
function asksForStream(request: Request, result: unknown): boolean {
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return false;
  return (
    acceptedTypes(request).includes(MEDIA_TYPE) || (Symbol.asyncIterator in result && acceptsStream(request))
  );
}

/** What an error says of the HTTP answer. */
interface HttpExtension {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A request that is refused as such is no stream: its status tells a browser's EventSource not to come back. What is
 * wrong with the operation itself (400) is told by an event, as clients of this protocol expect.
 */
function refusalResponse(result: AsyncIterable<IdentifiedResult> | IdentifiedResult): Response | null {
  if (Symbol.asyncIterator in result || result.data != null) return null;
  const { errors = [] } = result;
  // Set where errors are made, in this folder and by Yoga.
  const http: HttpExtension | undefined = errors[0]?.extensions['http'];
  if (http?.status === undefined || http.status === 400) return null;
  const { status, headers } = http;
  return Response.json({ errors: errors.map(shownError) }, { status, headers: { ...headers } });
}

function eventStreamResponse(
  result: AsyncIterable<IdentifiedResult> | IdentifiedResult,
  gone: AbortSignal,
  keepAliveMs: number,
): Response {
  const iterator = resultsOf(result)[Symbol.asyncIterator]();
  let pinging: NodeJS.Timeout | undefined;
  const leave = async () => {
    clearInterval(pinging);
    await iterator.return?.();
  };
  const body = new ReadableStream<string>({
    start(controller) {
      // Some browsers show nothing of a stream before its first bytes.
      controller.enqueue(PING);
      pinging = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(PING);
      }, keepAliveMs);
    },
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done !== true) {
        controller.enqueue(eventOf(value));
        return;
      }
      clearInterval(pinging);
      controller.enqueue('event: complete\ndata:\n\n');
      controller.close();
    },
    cancel: leave,
  });
  // A client may be gone before its answer is there: nobody reads or cancels that, nor hears how it ended.
  const abandon = () => void leave().catch(() => undefined);
  gone.addEventListener('abort', abandon, { once: true });
  if (gone.aborted) abandon();
  return new Response(body.pipeThrough(new TextEncoderStream()), {
    headers: { 'content-type': MEDIA_TYPE, 'cache-control': 'no-cache', 'x-accel-buffering': 'no' },
  });
}

async function* single<T>(result: T): AsyncGenerator<T> {
  yield result;
}

function resultsOf<T extends object>(result: AsyncIterable<T> | T): AsyncIterable<T> {
  return Symbol.asyncIterator in result ? result : single(result);
}

function eventOf(result: IdentifiedResult): string {
  const id = result[EVENT_ID];
  const { errors, ...rest } = result;
  const shown = errors === undefined ? rest : { errors: errors.map(shownError), ...rest };
  return `event: next\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(shown)}\n\n`;
}
