// Handles the usual request: a POST of JSON whose answer is JSON. It works directly on Node's request and response, without the
// objects of the fetch API and without Yoga. The checks are those of Yoga's plugins (src/server/graphql.ts), in the same order
// and by the same functions. Only queries and mutations that may run are answered here. Every other request is passed to Yoga,
// with a record of the steps already done (`Arrival`), so that all refusals come from Yoga in one form.
import type { IncomingMessage } from 'node:http';
import type { ServerCaller, Entrance, Visitor } from '../../entrance.ts';
import type { Admit, Admitted } from '../../operation/admission.ts';
import type { Charging } from '../../operation/charging.ts';
import type { PersistedOperations } from '../../operation/persisted-operations.ts';
import type { Asking, Runner, Running } from '../../operation/runner.ts';
import { isSharable, type AnswerKey, type SharedAnswers } from '../../operation/shared-answers.ts';
import type { DocumentPlan } from '../../plans/document-plan.ts';
import type { OperationPlan } from '../../plans/operation-plan.ts';
import type { Plans } from '../../plans/plans.ts';
import { bodyTooLarge, brokenBody } from '../../refusals.ts';
import { partsType, type JsonType } from '../accept.ts';
import type { Arrival } from './arrival.ts';
import { readBody, textOfBody } from './body.ts';
import { answerTypeOf } from './head.ts';
import { paramsOf, type PostParams } from './params.ts';
import type { Exchange } from './exchange.ts';
import type { SendResult } from './send.ts';

/** Options of `createPostRoute`. All are required but `persistedOperations`. */
export interface PostOptions<Caller extends ServerCaller> {
  readonly entrance: Entrance<Caller>;
  readonly charging: Charging;
  readonly plans: Plans;
  readonly persistedOperations: PersistedOperations | undefined;
  readonly admit: Admit;
  readonly runner: Runner<Caller>;
  readonly answers: SharedAnswers;
  /** Equal for callers of equal rights. */
  readonly rightsOf: (caller: Caller) => string;
  /** Sends a result. */
  readonly send: SendResult;
  /** The largest body, in bytes. */
  readonly maxBytes: number;
}

/**
 * Answers a request. Undefined: it is answered. Otherwise Yoga must answer it, given the steps already done; null if there are
 * none.
 */
export type PostRoute<Caller extends ServerCaller> = (
  exchange: Exchange,
) => Promise<Handed<Caller> | undefined> | null;

/** A request that is handed to Yoga. */
export interface Handed<Caller extends ServerCaller> {
  readonly arrival: Arrival;
  readonly visitor?: Visitor<Caller>;
}

/** An operation that may run. */
interface Ready extends Admitted {
  readonly plan: OperationPlan;
  readonly params: PostParams;
}

/** Makes the route. It decides at once whether it takes a request: if it does not return a promise, it has done nothing. */
export function createPostRoute<Caller extends ServerCaller>(
  options: PostOptions<Caller>,
): PostRoute<Caller> {
  return (exchange) => {
    const type = answerTypeOf(exchange.request, options.maxBytes);
    return type === null ? null : answer(exchange, type, options);
  };
}

async function answer<Caller extends ServerCaller>(
  exchange: Exchange,
  type: JsonType,
  options: PostOptions<Caller>,
): Promise<Handed<Caller> | undefined> {
  const { request, note } = exchange;
  const found = admitted(request, options.entrance);
  const visitor = found instanceof Promise ? await found : found;
  if (visitor instanceof Error) return { arrival: { visitor: null, failure: visitor } };
  note.caller = visitor.caller;
  const refused = (failure: unknown) => ({ visitor, arrival: { visitor, failure: asError(failure) } });
  try {
    options.charging.chargeFirstPoint(visitor.account);
  } catch (error) {
    return refused(error);
  }
  const bytes = await readBody(exchange, options.maxBytes);
  if (bytes === 'gone') return undefined;
  if (bytes === 'too large') return refused(bodyTooLarge());
  const text = textOfBody(bytes);
  if (text === null) return refused(brokenBody());
  const asking = askingOf(visitor, exchange);
  const key = keyOf(visitor, text, options);
  const joined = key === null ? null : join(key, asking, exchange, options);
  if (joined !== null) {
    await sendWhenReady(joined, exchange, type, options);
    return undefined;
  }
  const body = parsed(text);
  if (body === null) return refused(brokenBody());
  const prepared = prepare(body, visitor.account, exchange, options);
  if (!('admitted' in prepared)) return { visitor, arrival: { visitor, failure: null, body, ...prepared } };
  await sendWhenReady(run(prepared.admitted, asking, key, options), exchange, type, options);
  return undefined;
}

function keyOf<Caller extends ServerCaller>(
  { account, caller }: Visitor<Caller>,
  body: string,
  { rightsOf }: PostOptions<Caller>,
): AnswerKey | null {
  return isSharable(body) ? { account, rights: rightsOf(caller), body } : null;
}

function askingOf<Caller extends ServerCaller>(
  visitor: Visitor<Caller>,
  { request: { headers }, note }: Exchange,
): Asking<Caller> {
  const id = headers['last-event-id'];
  return {
    visitor,
    note,
    countsCalls: headers['x-gateway-upstream'] === '1',
    lastEventId: typeof id === 'string' ? id : null,
  };
}

/**
 * Waits for the answer of an equal query that is running. Null if there is none. Null also if the caller has too few points:
 * `prepare` then reports that.
 */
function join<Caller extends ServerCaller>(
  key: AnswerKey,
  asking: Asking<Caller>,
  exchange: Exchange,
  { answers, charging, runner }: PostOptions<Caller>,
): Running | null {
  const answer = answers.find(key);
  if (answer === undefined || comesInParts(answer.plan, exchange)) return null;
  try {
    const bill = charging.open(asking.visitor.account, answer.cost.points);
    return runner.join(answer, bill, asking);
  } catch {
    return null;
  }
}

/** The sender, or the error if authentication failed. */
export function admitted<Caller extends ServerCaller>(
  request: IncomingMessage,
  entrance: Entrance<Caller>,
): Visitor<Caller> | Error | Promise<Visitor<Caller> | Error> {
  try {
    const { authorization = null } = request.headers;
    const found = entrance.admit(authorization, entrance.addressOf(request), { request });
    return found instanceof Promise ? found.catch(asError) : found;
  } catch (error) {
    return asError(error);
  }
}

/** What was thrown, as an error. */
export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** The JSON object or list in a body; null if the body is anything else. */
export function parsed(text: string): object | null {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' ? body : null;
  } catch {
    return null;
  }
}

/** A query or mutation that may run, or what Yoga needs to refuse or answer the request. */
function prepare<Caller extends ServerCaller>(
  body: object,
  account: string,
  exchange: Exchange,
  { plans, persistedOperations, admit }: PostOptions<Caller>,
): { readonly admitted: Ready } | Pick<Arrival, 'plan'> {
  const params = paramsOf(body);
  if (params === null) return {};
  let found: DocumentPlan | undefined;
  try {
    found = plans.of(persistedOperations?.textOf(params) ?? params.query);
    const plan = found.operationNamed(params.operationName);
    if (plan === undefined || plan.kind === 'subscription' || found.faults.length > 0) return { plan: found };
    if (comesInParts(plan, exchange)) return { plan: found };
    return { admitted: { plan, params, ...admit(plan, params.variables, account) } };
  } catch (error) {
    // Yoga finds the same error: in the text, or in the price of an operation that has a plan.
    return { plan: found ?? asError(error) };
  }
}

/** Answers in parts are left to Yoga, and never shared. */
function comesInParts(plan: OperationPlan, { request }: Exchange): boolean {
  return plan.hasParts && partsType(request.headers.accept) !== null;
}

function run<Caller extends ServerCaller>(
  { plan, params, cost, bill }: Ready,
  asking: Asking<Caller>,
  key: AnswerKey | null,
  { runner }: PostOptions<Caller>,
): Running {
  asking.note.operation = plan.operation;
  return runner.run({
    ...asking,
    plan,
    cost,
    bill,
    key,
    variables: params.variables,
    operationName: plan.operation.name?.value,
  });
}

async function sendWhenReady<Caller extends ServerCaller>(
  { result, abort }: Running,
  exchange: Exchange,
  type: JsonType,
  { send }: PostOptions<Caller>,
): Promise<void> {
  const { response, note } = exchange;
  let answer = result;
  if (answer instanceof Promise) {
    response.once('close', abort);
    answer = await answer;
    response.off('close', abort);
  }
  note.saw(answer);
  const sending = response.closed ? undefined : send(answer, type, exchange);
  if (sending !== undefined) await sending;
}
