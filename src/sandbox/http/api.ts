// The sandbox's HTTP handler. Each request is recorded in the ledger, is subject to the faults that are switched on, is checked
// against the OpenAPI document, and is answered by its family.
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { Credentials, Participant } from './credentials.ts';
import { ApiError, invalidBody } from './errors.ts';
import { families } from '../families.ts';
import type { Call } from '../family.ts';
import type { AnswerFault, Faults } from './faults.ts';
import type { Ledger } from './ledger.ts';
import { errorBody } from './odd-answers.ts';
import { findOperation, type Match, type Operation } from './operations.ts';
import type { Replays } from '../webhooks/replays.ts';
import { send, sendFaulty, type Reply } from './reply.ts';
import { checkBody, checkQuery } from './validation.ts';
import { runAfter, wait } from '../wait.ts';
import type { World } from '../live/world.ts';

/** Path prefix of the API, the same as in the vendor's base URL. */
export const BASE_PATH = '/v2';

/** Base for parsing request targets, which are paths; its value does not matter. */
const ORIGIN = 'http://sandbox';
const MAX_BODY_BYTES = 2 ** 20;

/** The state and the services that requests use. */
export interface ApiParts {
  readonly world: World;
  readonly credentials: Credentials;
  readonly replays: Replays;
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly clock: Clock;
  /** Aborts when the sandbox closes. */
  readonly closed: AbortSignal;
}

const answers = new Map(families.flatMap((family) => Object.entries(family.answers)));
const refusals = new Map(families.flatMap((family) => Object.entries(family.refusals ?? {})));

/** Handles one request, up to the last byte of its answer. Never rejects: an unexpected error becomes a 500. */
export async function handle(
  parts: ApiParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { clock, ledger } = parts;
  const { method = 'GET' } = request;
  const { pathname, search, searchParams } = targetOf(request.url);
  const path = pathname.startsWith(`${BASE_PATH}/`) ? pathname.slice(BASE_PATH.length) : undefined;
  const match = path === undefined ? undefined : findOperation(method, path);
  const operationId = match?.operation.operationId;
  // The ledger records the request only after its body. A test that waits for the request may then advance the clock at
  // once, so the timer of a `latency` fault must be running already.
  const body = await readBody(request);
  if (body === 'gone') return;
  const over = new AbortController();
  const recordEnd = ledger.open({
    method,
    path: (path ?? pathname) + search,
    route: match?.operation.route,
    operationId,
    startedAt: clock.now(),
  });
  response.once('close', () => {
    over.abort();
    recordEnd(response.headersSent ? response.statusCode : undefined);
  });
  // `Date` is the sandbox's time, which also decides whether tokens are valid, not the machine's time.
  response.setHeader('date', new Date(clock.now()).toUTCString());

  const { latencyMs, lagMs, staleMs, fault } = parts.faults.take(operationId);
  if (latencyMs > 0 && !(await wait(clock, latencyMs, over.signal))) return;
  if (answerWithFault(response, fault)) return;
  const reply = await replyTo(parts, request, match, { searchParams, body: body.text, lagMs, staleMs });
  await sendFaulty(response, reply, fault, { clock, over: over.signal });
}

/** The requested path and query. An invalid target becomes the root path, which the API answers with a 404. */
function targetOf(url = '/'): URL {
  return URL.parse(url, ORIGIN) ?? new URL(ORIGIN);
}

/** Applies a fault that replaces the answer; false if the request is to be answered. */
function answerWithFault(response: ServerResponse, fault: AnswerFault | undefined): boolean {
  switch (fault?.kind) {
    case 'hang':
      return true;
    case 'reset':
      response.destroy();
      return true;
    case 'redirect':
      send(response, { status: 302, body: undefined, headers: { location: fault.location } });
      return true;
    case 'status': {
      const { status, headers = {} } = fault;
      send(response, { status, body: fault.body ?? defaultBody(status), headers });
      return true;
    }
    case 'odd-error': {
      const { status, form, message } = fault;
      send(response, { status, body: errorBody(status, form, message) });
      return true;
    }
    default:
      return false;
  }
}

/** The vendor puts the wait of a 429 into its message, not into a `Retry-After` header. */
function defaultBody(status: number): unknown {
  const message = status === 429 ? 'rate limit exceeded, retry after 45 seconds' : STATUS_CODES[status];
  return { code: status, message: message ?? 'Unknown' };
}

interface Input {
  readonly searchParams: URLSearchParams;
  readonly body: string | undefined;
  readonly lagMs: number;
  readonly staleMs: number;
}

async function replyTo(
  parts: ApiParts,
  request: IncomingMessage,
  match: Match | undefined,
  input: Input,
): Promise<Reply> {
  try {
    if (match === undefined) throw new ApiError(404, 'Not Found');
    const { operation } = match;
    const participant = await authorise(parts.credentials, operation, request.headers.authorization);
    return { status: operation.success, body: await answer(parts, match, { ...input, participant }) };
  } catch (error) {
    const refusal =
      error instanceof ApiError ? error : new ApiError(500, 'Internal Server Error', [String(error)]);
    return { status: refusal.status, body: refusal.toJSON() };
  }
}

/** Checks the token that the operation requires; returns the participant if it requires a participant's token. */
async function authorise(
  credentials: Credentials,
  { object: { security } }: Operation,
  authorization: string | undefined,
): Promise<Participant | undefined> {
  if (security?.length === 0) return undefined;
  if (security?.some((scheme) => 'clientAuthToken' in scheme)) return credentials.participant(authorization);
  await credentials.verify(authorization);
  return undefined;
}

async function answer(
  parts: ApiParts,
  { operation, params }: Match,
  input: Input & Pick<Call, 'participant'>,
): Promise<unknown> {
  const answerer = answers.get(operation.operationId);
  if (answerer === undefined) throw new ApiError(501, `${operation.operationId} is not emulated`);
  const body = parsedBody(operation, input.body);
  // `never` fits every body and query type. Those types are generated from the schemas checked here.
  const call = {
    world: parts.world,
    credentials: parts.credentials,
    replays: parts.replays,
    participant: input.participant,
    params,
    query: checkQuery(operation, input.searchParams) as never,
    body: body as never,
    later: (effect: () => void) => runLate(parts, input.lagMs, effect),
  } satisfies Call;
  const isLagging = operation.method === 'get' && input.staleMs > 0;
  return isLagging ? parts.world.past.read(input.staleMs, () => answerer(call)) : answerer(call);
}

function parsedBody(operation: Operation, text: string | undefined): unknown {
  const body = text === undefined || operation.object.requestBody === undefined ? undefined : parsed(text);
  const refusal = body === undefined ? undefined : refusals.get(operation.operationId)?.(body);
  if (refusal !== undefined) throw invalidBody(refusal);
  checkBody(operation, body);
  return body;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidBody('not JSON');
  }
}

function runLate({ clock, closed }: ApiParts, lagMs: number, effect: () => void): void {
  if (lagMs === 0) effect();
  else runAfter(clock, lagMs, closed, effect);
}

type Received = { readonly text: string | undefined };

/** The body as text, undefined if it is empty or over 1 MiB; `gone` if the client closed the connection. */
async function readBody(request: IncomingMessage): Promise<Received | 'gone'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      // Without an encoding set, a request yields buffers.
      chunks.push(chunk as Buffer);
      bytes += chunks.at(-1)?.length ?? 0;
      if (bytes > MAX_BODY_BYTES) return { text: undefined };
    }
  } catch {
    return 'gone';
  }
  return { text: bytes === 0 ? undefined : Buffer.concat(chunks).toString('utf8') };
}
