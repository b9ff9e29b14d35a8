// Handles subscriptions over server-sent events: a POST of JSON or a GET whose client accepts an event stream. It works on Node's
// request and response, without the objects of the fetch API. The checks are those of post.ts. The operation goes through Yoga's
// pipeline but not through its HTTP handling, as over WebSocket, and its events are written to Node's response. Every request
// that is not a subscription, or that may not run, is passed to Yoga with a record of the steps already done.
import { STATUS_CODES } from 'node:http';
import { GraphQLError, type ExecutionResult } from 'graphql';
import type { YogaServerInstance } from 'graphql-yoga';
import type { Entrance, ServerCaller, Visitor } from '../../entrance.ts';
import type { Charging } from '../../operation/charging.ts';
import type { OperationContext } from '../../operation/context.ts';
import type { PersistedOperations } from '../../operation/persisted-operations.ts';
import type { DocumentPlan } from '../../plans/document-plan.ts';
import type { Plans } from '../../plans/plans.ts';
import { bodyTooLarge, brokenBody } from '../../refusals.ts';
import { EventResponse, type EventResponseOptions } from '../../stream/event-response.ts';
import { COMPLETE, eventBytes, PING, streamHeaders } from '../../stream/event-bytes.ts';
import { refusalAnswer, type RefusalAnswer } from '../../stream/refusal-answer.ts';
import { refusalType } from '../accept.ts';
import type { Arrival } from './arrival.ts';
import { readBody, textOfBody } from './body.ts';
import type { Exchange } from './exchange.ts';
import { isForStream } from './head.ts';
import { paramsOf, type PostParams } from './params.ts';
import { admitted, asError, parsed, type Handed } from './post.ts';
import { urlParamsOf } from './url-params.ts';

/** Options of `createStreamRoute`. All are required but `persistedOperations`. */
export interface StreamOptions<Caller extends ServerCaller> extends EventResponseOptions {
  readonly entrance: Entrance<Caller>;
  readonly charging: Charging;
  readonly plans: Plans;
  readonly persistedOperations: PersistedOperations | undefined;
  /** Yoga's pipeline. */
  readonly getEnveloped: YogaServerInstance<object, object>['getEnveloped'];
  readonly mask: (error: unknown) => GraphQLError;
  /** The CORS headers for a page of an origin, as names and values in turn. */
  readonly corsOf: (origin: string | undefined) => readonly string[];
  /** The largest body, in bytes. */
  readonly maxBytes: number;
}

const VARY_JSON = 'Origin, Accept, Accept-Encoding';

/** A subscription that may be started. */
interface Ready {
  readonly documentPlan: DocumentPlan;
  readonly params: PostParams;
}

/** The stream of an operation with the context in which it runs, or its only result. */
type Beginning<Caller extends ServerCaller> =
  | { readonly results: AsyncIterator<ExecutionResult>; readonly context: OperationContext<Caller> }
  | ExecutionResult;

/** Like `createPostRoute`, for event streams. */
export function createStreamRoute<Caller extends ServerCaller>(
  options: StreamOptions<Caller>,
): (exchange: Exchange) => Promise<Handed<Caller> | undefined> | null {
  return (exchange) => {
    const { request } = exchange;
    if (!isForStream(request, options.maxBytes)) return null;
    const inUrl = request.method === 'GET' ? urlParamsOf(request.url ?? '') : undefined;
    return inUrl === null ? null : answer(exchange, inUrl, options);
  };
}

async function answer<Caller extends ServerCaller>(
  exchange: Exchange,
  inUrl: object | undefined,
  options: StreamOptions<Caller>,
): Promise<Handed<Caller> | undefined> {
  const { request, note } = exchange;
  const visitor = await admitted(request, options.entrance);
  if (visitor instanceof Error) return { arrival: { visitor: null, failure: visitor } };
  note.caller = visitor.caller;
  try {
    options.charging.chargeFirstPoint(visitor.account);
    const body = inUrl ?? (await bodyOf(exchange, options.maxBytes));
    if (body === null) return undefined;
    const found = subscriptionIn(body, options);
    if (!('documentPlan' in found)) return { visitor, arrival: { visitor, failure: null, body, ...found } };
    await run(found, visitor, exchange, options);
    return undefined;
  } catch (error) {
    return { visitor, arrival: { visitor, failure: asError(error) } };
  }
}

/** Throws the refusal of a body that is too large or not a JSON object. Null if the client has disconnected. */
async function bodyOf(exchange: Exchange, maxBytes: number): Promise<object | null> {
  const bytes = await readBody(exchange, maxBytes);
  if (bytes === 'gone') return null;
  if (bytes === 'too large') throw bodyTooLarge();
  const body = parsed(textOfBody(bytes) ?? '');
  if (body === null) throw brokenBody();
  return body;
}

/** A valid subscription, or what Yoga needs to answer the request. */
function subscriptionIn<Caller extends ServerCaller>(
  body: object,
  { plans, persistedOperations }: StreamOptions<Caller>,
): Ready | Pick<Arrival, 'plan'> {
  const params = paramsOf(body);
  if (params === null) return {};
  try {
    const documentPlan = plans.of(persistedOperations?.textOf(params) ?? params.query);
    const plan = documentPlan.operationNamed(params.operationName);
    if (plan?.kind !== 'subscription' || documentPlan.faults.length > 0) return { plan: documentPlan };
    return { documentPlan, params };
  } catch (error) {
    // Yoga comes to the same error.
    return { plan: asError(error) };
  }
}

/** Resolves when the stream has begun, or the answer is sent. Never rejects. */
async function run<Caller extends ServerCaller>(
  ready: Ready,
  visitor: Visitor<Caller>,
  exchange: Exchange,
  options: StreamOptions<Caller>,
): Promise<void> {
  const { response, note } = exchange;
  const leaving = new AbortController();
  response.once('close', () => leaving.abort());
  if (response.closed) leaving.abort();
  const beginning = await begin(ready, visitor, leaving.signal, exchange, options);
  if ('results' in beginning) {
    if (!response.closed) writeHead(200, streamHeaders, exchange, options);
    void new EventResponse(response, { ...beginning, note }, options);
    return;
  }
  note.saw(beginning);
  if (!response.closed) sendResult(beginning, exchange, options);
}

/** The subscription on its way through the plugins. */
async function begin<Caller extends ServerCaller>(
  { documentPlan, params }: Ready,
  visitor: Visitor<Caller>,
  signal: AbortSignal,
  { request, note }: Exchange,
  { getEnveloped, mask }: StreamOptions<Caller>,
): Promise<Beginning<Caller>> {
  const lastEventId = request.headers['last-event-id'];
  // The text that the plan keeps, so that a subscription does not keep the text of its own request.
  const query = documentPlan.document.loc?.source.body ?? params.query;
  try {
    const { schema, parse, contextFactory, subscribe } = getEnveloped({
      params: { ...params, query },
      visitor,
      signal,
      note,
      arrival: { visitor, failure: null, plan: documentPlan },
      streaming: { lastEventId: typeof lastEventId === 'string' ? lastEventId : null },
    });
    const document = parse(query);
    // The plugins have made it.
    const context = (await contextFactory()) as OperationContext<Caller>;
    const result = (await subscribe({
      schema,
      document,
      operationName: params.operationName,
      variableValues: params.variables,
      contextValue: context,
    })) as AsyncIterable<ExecutionResult> | ExecutionResult;
    return Symbol.asyncIterator in result ? { results: result[Symbol.asyncIterator](), context } : result;
  } catch (error) {
    // The pipeline has masked its errors, as GraphQLErrors.
    return { errors: [error instanceof GraphQLError ? error : mask(error)] };
  }
}

/** Sends the result that replaces a stream: a refusal, or errors of the operation as its only event. */
function sendResult<Caller extends ServerCaller>(
  result: ExecutionResult,
  exchange: Exchange,
  options: StreamOptions<Caller>,
): void {
  const { request, response } = exchange;
  const refusal = refusalAnswer(result, refusalType(request.headers.accept));
  if (refusal !== null) return sendRefusal(refusal, exchange, options);
  writeHead(200, streamHeaders, exchange, options);
  for (const bytes of [PING, ...eventBytes(result, options.textOf)]) response.write(bytes);
  response.end(COMPLETE);
}

/** As Yoga sends a short text: with its length and a reason where the client has said whether it may be compressed. */
function sendRefusal<Caller extends ServerCaller>(
  { status, headers, body }: RefusalAnswer,
  exchange: Exchange,
  options: StreamOptions<Caller>,
): void {
  const { request, response } = exchange;
  const text = JSON.stringify(body);
  const isAsked = request.headers['accept-encoding'] !== undefined;
  const length = isAsked ? { 'content-length': String(Buffer.byteLength(text)) } : undefined;
  const reason = isAsked ? STATUS_CODES[status] : undefined;
  writeHead(status, { ...headers, ...length }, exchange, options, { reason, vary: VARY_JSON });
  response.write(text);
  response.end();
}

/** All headers at once. Yoga sends no reason with most answers. */
function writeHead<Caller extends ServerCaller>(
  status: number,
  own: Readonly<Record<string, string>>,
  { request, response, headers }: Exchange,
  { corsOf }: StreamOptions<Caller>,
  { reason = '', vary = 'Origin, Accept' } = {},
): void {
  const head = [...headers];
  for (const name in own) head.push(name.toLowerCase(), own[name] ?? '');
  head.push(...corsOf(request.headers.origin));
  head.push('vary', vary, 'cache-control', 'private, no-store');
  response.writeHead(status, reason, head);
}
