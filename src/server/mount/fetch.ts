// Requests of the fetch API: of frameworks whose routes are functions from a Request to a Response, such as Next.js.
import type { Tracing } from '../../trace.ts';
import { noTracing } from '../../trace.ts';
import type { GraphqlServer } from '../graphql.ts';
import { refusalType } from '../http/accept.ts';
import { commonHeaders } from '../http/common-headers.ts';
import { bodyOfRefusal, headersOf } from '../http/json-answer.ts';
import type { PageHeaders, Refusal } from '../http/origins.ts';
import { failureBody } from '../http/request-frame.ts';
import type { RequestNote } from '../request-note.ts';
import { FetchedRequest, type FetchedRequestOptions } from './fetched-request.ts';

/**
 * Answers a request. `context`: what the framework passes as its second argument; of it the gateway reads `address` alone, the
 * client's address as limits count it (default: all requests count as one client, `in-process`).
 */
export type FetchHandler = (request: Request, context?: object) => Promise<Response>;

/** Options of `createFetch`; all but `tracing` and those of the frame are required. */
export interface FetchOptions extends FetchedRequestOptions {
  readonly graphql: GraphqlServer;
  readonly tracing?: Tracing | undefined;
  /** Why a request is refused before its body is read; null: it is not. */
  readonly refusalOf: (headers: PageHeaders) => Refusal | null;
  /** The refusal of a request whose body was read before. */
  readonly lostBody: Refusal;
}

const CUT_OFF: Refusal = {
  status: 503,
  code: 'UPSTREAM_UNAVAILABLE',
  message: 'The gateway closed before the answer was there. A mutation may take effect all the same.',
};

/** Makes the handler. It never rejects: a failure is logged and answered with 500. */
export function createFetch(options: FetchOptions): FetchHandler {
  const { graphql, log, tracing = noTracing } = options;
  return async (request, context) => {
    const headers = nodeHeaders(request);
    const fetched = new FetchedRequest(request, headers, options);
    const { note, requestId, signal, onStream, cutOff } = fetched;
    note.becomeOperation(tracing, headers);
    try {
      const refusal = options.refusalOf(headers) ?? (request.bodyUsed ? options.lostBody : null);
      const own = { note, signal, onStream, ...addressIn(context) };
      const answer = refusal === null ? await Promise.race([graphql.fetch(request, own), cutOff]) : null;
      const response = answer ?? refused(refusal ?? CUT_OFF, note, request);
      fetched.status = response.status;
      fetched.answered();
      return finished(response, commonHeaders({ headers }, requestId));
    } catch (error) {
      // Nobody reads the answer to a request that was aborted, but frameworks report a rejection as a failure of theirs.
      if (!request.signal.aborted) {
        fetched.status = 500;
        log.error({ err: error, requestId }, 'a request failed unexpectedly');
      }
      fetched.failed();
      return request.signal.aborted
        ? new Response(null, { status: fetched.status })
        : Response.json(failureBody(requestId), { status: 500, headers: headersOf('application/json') });
    }
  };
}

/** The headers that are read here, as Node has them. A client of the fetch API names the host in the URL. */
function nodeHeaders({ headers, url }: Request) {
  const names = ['origin', 'sec-fetch-site', 'x-request-id', 'traceparent', 'tracestate'] as const;
  const sent = names.map((name) => [name, headers.get(name) ?? undefined] as const);
  return { ...Object.fromEntries(sent), host: headers.get('host') ?? URL.parse(url)?.host };
}

function addressIn(context: object | undefined): { readonly address?: string } {
  return context !== undefined && 'address' in context && typeof context.address === 'string'
    ? { address: context.address }
    : {};
}

function refused(refusal: Refusal, note: RequestNote, { headers }: Request): Response {
  const body = bodyOfRefusal(refusal);
  note.saw(body);
  const type = refusalType(headers.get('accept') ?? undefined);
  return Response.json(body, { status: refusal.status, headers: headersOf(type) });
}

/** The answer of Yoga, whose Response is of another class, as one of the fetch API with the headers that all answers have. */
function finished(answer: Response, common: readonly string[]): Response {
  const { status, statusText, body } = answer;
  const headers = new Headers(answer.headers);
  for (let at = 0; at < common.length; at += 2) headers.set(common[at] ?? '', common[at + 1] ?? '');
  return new Response(body, { status, statusText, headers });
}
