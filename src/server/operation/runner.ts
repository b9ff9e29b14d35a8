// Runs a query or a mutation that has been admitted, outside of Yoga: the same steps in the same order as the plugins of
// src/server/graphql.ts take from `onContextBuilding` on, by the same functions. Subscriptions are Yoga's.
import type { ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql';
import type { ServerCaller, Visitor } from '../entrance.ts';
import type { OperationPlan, RawVariables } from '../plans/operation-plan.ts';
import type { OperationOrigin } from '../plugins/use-graph-context.ts';
import type { Permission } from '../plugins/use-permission.ts';
import { outOfTime } from '../refusals.ts';
import type { RequestNote } from '../request-note.ts';
import type { Admitted } from './admission.ts';
import type { GraphContext } from './context.ts';
import type { Deadlines } from './deadlines.ts';
import type { Bill } from './charging.ts';
import type { Engine, EngineArgs } from './engine.ts';
import { SharedAnswer, type SharedAnswers } from './shared-answers.ts';
import { abortError, LazyAbort } from './lazy-abort.ts';
import type { Limits } from './limits.ts';

/** Options of `createRunner`; all are required. */
export interface RunnerOptions<Caller extends ServerCaller, Graph extends GraphContext> {
  readonly schema: GraphQLSchema;
  readonly engine: Engine;
  /** See `GraphqlOptions`. */
  readonly createContext: (origin: OperationOrigin<Caller>) => Graph;
  /** See `GraphqlOptions`. */
  readonly permission: Permission<Graph>;
  /** Masks the errors of results. */
  readonly mask: (error: unknown) => GraphQLError;
  /** The answers that requests may share. */
  readonly answers: SharedAnswers;
  readonly limits: Pick<Limits, 'operationMs' | 'slowOperationMs'>;
  readonly deadlines: Deadlines;
  /** Whether errors about variables may suggest names of the schema, and clients may count REST calls. */
  readonly introspection: boolean;
}

/** Who asks for an operation, and what is counted for them. */
export interface Asking<Caller extends ServerCaller> {
  readonly visitor: Visitor<Caller>;
  readonly note: RequestNote;
  /** Whether the client asks for the number of REST calls. */
  readonly countsCalls: boolean;
  /** Its header `Last-Event-ID`. */
  readonly lastEventId: string | null;
}

/** A query or mutation that has been admitted. */
export interface SingleOperation<Caller extends ServerCaller> extends Admitted, Asking<Caller> {
  readonly plan: OperationPlan;
  readonly operationName: string | undefined;
  /** As the client sent them; null or undefined: none. */
  readonly variables: RawVariables | null | undefined;
  /** Under which other requests may join it (`answerKey`); null: none may. */
  readonly key: string | null;
}

/** An operation that runs. */
export interface Running {
  /** Its result, with the bill settled. Never rejects. */
  readonly result: Promise<ExecutionResult>;
  /** Its client has left: ends its part. */
  readonly abort: () => void;
}

/** Runs operations. */
export interface Runner<Caller extends ServerCaller> {
  run(operation: SingleOperation<Caller>): Running;
  /** Waits for an equal query that runs already, for which `bill` is opened. */
  join(answer: SharedAnswer, bill: Bill | undefined, asking: Asking<Caller>): Running;
}

/** Makes the runner of a server. */
export function createRunner<Caller extends ServerCaller, Graph extends GraphContext>(
  options: RunnerOptions<Caller, Graph>,
): Runner<Caller> {
  return {
    run(operation) {
      const wait = new LazyAbort();
      return {
        result: settled(operation.bill, () => run(operation, wait, options), options),
        abort: () => wait.abort(),
      };
    },
    join(answer, bill, asking) {
      const wait = new LazyAbort();
      const upstream = { calls: 0 };
      asking.note.operation = answer.plan.operation;
      asking.note.costs = { ...(bill === undefined ? {} : { bill }), upstream };
      const share = { ...asking, bill, upstream, answer };
      return {
        result: settled(bill, () => shareOf(share, wait, options), options),
        abort: () => wait.abort(),
      };
    },
  };
}

/** Whatever fails outside of a field is the only error of the answer, which then has no extensions. */
async function settled<Caller extends ServerCaller, Graph extends GraphContext>(
  bill: Bill | undefined,
  work: () => Promise<ExecutionResult>,
  { mask }: RunnerOptions<Caller, Graph>,
): Promise<ExecutionResult> {
  try {
    return await work();
  } catch (error) {
    bill?.settle(0);
    return { errors: [mask(error)] };
  }
}

async function run<Caller extends ServerCaller, Graph extends GraphContext>(
  operation: SingleOperation<Caller>,
  wait: LazyAbort,
  options: RunnerOptions<Caller, Graph>,
): Promise<ExecutionResult> {
  const { plan, cost, bill, note, key } = operation;
  // Aborts with the operation, which others may still wait for when this caller has left.
  const ending = new LazyAbort();
  const contextValue = options.createContext(originOf(operation, ending));
  const { upstream } = contextValue;
  note.costs = { ...(bill === undefined ? {} : { bill }), upstream };
  const { schema, permission, mask, answers } = options;
  const asked = permissionOf(() => permission({ schema, document: plan.document, contextValue }), mask);
  const refusal = asked instanceof Promise ? await asked : asked;
  // The refusal is masked already.
  if (refusal !== null) return extended({ errors: [refusal] }, { plan, bill }, null);
  const executed = options.engine.execute(argsOf(operation, contextValue, options));
  const share = { ...operation, upstream };
  if (!(executed instanceof Promise)) return finished(executed, share, options);
  const answer = new SharedAnswer(plan, cost, executed, () => {
    if (key !== null) answers.withdraw(key, answer);
    ending.abort();
  });
  if (key !== null && plan.kind === 'query' && !(asked instanceof Promise)) answers.offer(key, answer);
  return shareOf({ ...share, answer }, wait, options);
}

/** The signal is made only if a REST call is made, or a resolver asks for it. */
function originOf<Caller extends ServerCaller>(
  { visitor: { caller, account }, bill, lastEventId }: SingleOperation<Caller>,
  ending: LazyAbort,
): OperationOrigin<Caller> {
  return {
    caller,
    account,
    get signal() {
      return ending.signal;
    },
    onCall: bill?.called,
    onRead: bill?.read,
    lastEventId,
  };
}

function argsOf<Caller extends ServerCaller, Graph extends GraphContext>(
  { plan, variables, operationName }: SingleOperation<Caller>,
  contextValue: Graph,
  { schema, introspection }: RunnerOptions<Caller, Graph>,
): EngineArgs {
  return {
    plan,
    schema,
    document: plan.document,
    contextValue,
    variableValues: variables,
    operationName,
    hideSuggestions: !introspection,
  };
}

/** A promise only where `ask` returns one. */
function permissionOf(
  ask: () => GraphQLError | null | Promise<GraphQLError | null>,
  mask: (error: unknown) => GraphQLError,
): GraphQLError | null | Promise<GraphQLError | null> {
  try {
    const refusal = ask();
    return refusal instanceof Promise ? refusal.catch(mask) : refusal;
  } catch (error) {
    return mask(error);
  }
}

/** What is needed to finish the answer for one caller. */
interface Part {
  readonly bill: Bill | undefined;
  readonly countsCalls: boolean;
  /** The REST calls that this caller has caused. */
  readonly upstream: { readonly calls: number };
}

/** The result for one of the callers who wait for an answer, or the error that it is not ready in time. */
async function shareOf<Caller extends ServerCaller, Graph extends GraphContext>(
  part: Part & { readonly answer: SharedAnswer },
  wait: LazyAbort,
  options: RunnerOptions<Caller, Graph>,
): Promise<ExecutionResult> {
  const { plan, cost, result } = part.answer;
  const { limits, deadlines, answers } = options;
  const leave = part.answer.join();
  const limitMs = cost.isSlow ? limits.slowOperationMs : limits.operationMs;
  const early = Promise.withResolvers<ExecutionResult>();
  wait.onAbort(() => {
    leave();
    early.reject(abortError());
  });
  const cancel = deadlines.after(limitMs, () => {
    early.resolve({ errors: [outOfTime(limitMs)] });
    if (plan.kind === 'mutation') answers.seal();
    leave();
  });
  try {
    return finished(await Promise.race([result, early.promise]), { ...part, plan }, options);
  } finally {
    cancel();
    wait.onAbort(() => undefined);
  }
}

/** The caller's own result: with their extensions, and errors masked for them. */
function finished<Caller extends ServerCaller, Graph extends GraphContext>(
  executed: ExecutionResult,
  part: Part & { readonly plan: OperationPlan },
  { mask, introspection }: RunnerOptions<Caller, Graph>,
): ExecutionResult {
  const result = extended(executed, part, part.countsCalls && introspection ? part.upstream : null);
  return result.errors === undefined
    ? result
    : { ...result, errors: result.errors.map((error) => mask(error)) };
}

/** Settles the bill, and adds to `extensions` what the operation cost and how many REST calls it made. */
function extended(
  result: ExecutionResult,
  { plan, bill }: Pick<SingleOperation<ServerCaller>, 'plan' | 'bill'>,
  upstream: { readonly calls: number } | null,
): ExecutionResult {
  bill?.settle(result.data == null ? 0 : plan.countObjects(result.data));
  if (bill === undefined && upstream === null) return result;
  const extensions = {
    ...result.extensions,
    ...(bill === undefined ? {} : { cost: bill.cost() }),
    ...(upstream === null ? {} : { upstream: { calls: upstream.calls } }),
  };
  return { ...result, extensions };
}
