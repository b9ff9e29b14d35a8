// Handles requests of the fetch API, for frameworks such as Next.js whose routes are functions that take a Request and return a
// Response.
import type { Tracing } from '../../trace.ts';
import { noTracing } from '../../trace.ts';
import type { GraphqlServer } from '../graphql.ts';
import { refusalType } from '../http/accept.ts';
import { commonHeaders } from '../http/common-headers.ts';
import { bodyOfRefusal, headersOf } from '../http/json-answer.ts';
import type { PageHeaders, Refusal } from '../http/origins.ts';
import { failureBody } from '../http/request-frame.ts';
import { fetchWebhook, WEBHOOKS_PATH, type ReceiveWebhook } from '../http/webhooks.ts';
import type { RequestNote } from '../request-note.ts';
import { FetchedRequest, type FetchedRequestOptions } from './fetched-request.ts';
import { CLOSING, CUT_OFF, LOST_BODY } from './refusals.ts';

/**
 * Answers a request. `context`: what the framework passes as its second argument; of it the gateway reads `address` alone, the
 * client's address as limits count it (default: all requests count as one client, `in-process`).
 */
export type FetchHandler = (request: Request, context?: object) => Promise<Response>;

/** Options of `createFetch`; all but `tracing` and those of the frame are required. */
export interface FetchOptions extends FetchedRequestOptions {
  readonly graphql: GraphqlServer;
  readonly tracing?: Tracing | undefined;
  /** Whether the gateway is closing. */
  readonly isClosing: () => boolean;
  /** Why a request to the graph is refused before its body is read; null: it is not. */
  readonly refusalOf: (headers: PageHeaders) => Refusal | null;
  /** Receives the webhooks that are posted to a path; undefined: the path is one like any other. */
  readonly receiverAt: (path: string) => ReceiveWebhook | undefined;
}

/** Makes the handler. It never rejects: a failure is logged and answered with 500. */
export function createFetch(options: FetchOptions): FetchHandler {
  const { graphql, log, tracing = noTracing } = options;
  return async (request, context) => {
    const headers = nodeHeaders(request);
    const fetched = new FetchedRequest(request, headers, options);
    const { note, requestId, signal, onStream, cutOff } = fetched;
    const receive = options.receiverAt(fetched.path);
    if (receive === undefined) note.becomeOperation(tracing, headers);
    else fetched.route = WEBHOOKS_PATH;
    try {
      const refusal = refusalOf(request, receive === undefined ? headers : null, options);
      const own = { note, signal, onStream, ...addressIn(context) };
      const answering = () =>
        receive === undefined ? graphql.fetch(request, own) : fetchWebhook(receive, request);
      const answer = refusal === null ? await Promise.race([answering(), cutOff]) : null;
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

/** `headers`: null for webhooks, which no page sends. */
function refusalOf(
  { bodyUsed }: Request,
  headers: PageHeaders | null,
  options: Pick<FetchOptions, 'isClosing' | 'refusalOf'>,
): Refusal | null {
  if (options.isClosing()) return CLOSING;
  return (headers === null ? null : options.refusalOf(headers)) ?? (bodyUsed ? LOST_BODY : null);
}

/** The headers that are read here, in Node's form. In the fetch API the host is in the URL. */
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

/**
 * Converts Yoga's answer, whose Response is of another class, to a Response of the fetch API with the headers that all answers
 * have.
 */
function finished(answer: Response, common: readonly string[]): Response {
  const { status, statusText, body } = answer;
  const headers = new Headers(answer.headers);
  for (let at = 0; at < common.length; at += 2) headers.set(common[at] ?? '', common[at + 1] ?? '');
  return new Response(body, { status, statusText, headers });
}
