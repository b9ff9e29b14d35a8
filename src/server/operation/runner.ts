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
import type { Engine } from './engine.ts';
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
  readonly limits: Pick<Limits, 'operationMs' | 'slowOperationMs'>;
  readonly deadlines: Deadlines;
  /** Whether errors about variables may suggest names of the schema, and clients may count REST calls. */
  readonly introspection: boolean;
}

/** A query or mutation that has been admitted. */
export interface SingleOperation<Caller extends ServerCaller> extends Admitted {
  readonly plan: OperationPlan;
  readonly operationName: string | undefined;
  /** As the client sent them; null or undefined: none. */
  readonly variables: RawVariables | null | undefined;
  readonly visitor: Visitor<Caller>;
  readonly note: RequestNote;
  /** Whether the client asks for the number of REST calls. */
  readonly countsCalls: boolean;
  /** Its header `Last-Event-ID`. */
  readonly lastEventId: string | null;
}

/** An operation that runs. */
export interface Running {
  /** Its result, with the bill settled. Never rejects. */
  readonly result: Promise<ExecutionResult>;
  /** Its client has left: ends it. */
  readonly abort: () => void;
}

/** Makes the function that runs operations. */
export function createRunner<Caller extends ServerCaller, Graph extends GraphContext>(
  options: RunnerOptions<Caller, Graph>,
): (operation: SingleOperation<Caller>) => Running {
  return (operation) => {
    const ending = new LazyAbort();
    return { result: settled(operation, ending, options), abort: () => ending.abort() };
  };
}

/** Whatever fails outside of a field is the only error of the answer, which then has no extensions. */
async function settled<Caller extends ServerCaller, Graph extends GraphContext>(
  operation: SingleOperation<Caller>,
  ending: LazyAbort,
  options: RunnerOptions<Caller, Graph>,
): Promise<ExecutionResult> {
  try {
    return await run(operation, ending, options);
  } catch (error) {
    operation.bill?.settle(0);
    return { errors: [options.mask(error)] };
  }
}

async function run<Caller extends ServerCaller, Graph extends GraphContext>(
  operation: SingleOperation<Caller>,
  ending: LazyAbort,
  options: RunnerOptions<Caller, Graph>,
): Promise<ExecutionResult> {
  const { plan, bill, note } = operation;
  const contextValue = options.createContext(originOf(operation, ending));
  const { upstream } = contextValue;
  note.costs = { ...(bill === undefined ? {} : { bill }), upstream };
  const { schema, permission, mask } = options;
  const refusal = await refusalOf(() => permission({ schema, document: plan.document, contextValue }), mask);
  // The refusal is masked already.
  if (refusal !== null) return extended({ errors: [refusal] }, operation, null);
  const result = extended(
    await inTime(operation, contextValue, ending, options),
    operation,
    operation.countsCalls && options.introspection ? upstream : null,
  );
  return result.errors === undefined
    ? result
    : { ...result, errors: result.errors.map((error) => mask(error)) };
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

async function refusalOf(
  ask: () => GraphQLError | null | Promise<GraphQLError | null>,
  mask: (error: unknown) => GraphQLError,
): Promise<GraphQLError | null> {
  try {
    return await ask();
  } catch (error) {
    return mask(error);
  }
}

/** The result of the engine, or the error of an operation that is not ready in time and is then aborted. */
async function inTime<Caller extends ServerCaller, Graph extends GraphContext>(
  { plan, variables, operationName, cost }: SingleOperation<Caller>,
  contextValue: Graph,
  ending: LazyAbort,
  { schema, engine, limits, deadlines, introspection }: RunnerOptions<Caller, Graph>,
): Promise<ExecutionResult> {
  const limitMs = cost.isSlow ? limits.slowOperationMs : limits.operationMs;
  const early = Promise.withResolvers<ExecutionResult>();
  ending.onAbort(() => early.reject(abortError()));
  const cancel = deadlines.after(limitMs, () => {
    early.resolve({ errors: [outOfTime(limitMs)] });
    ending.abort();
  });
  try {
    const execution = engine.execute({
      plan,
      schema,
      document: plan.document,
      contextValue,
      variableValues: variables,
      operationName,
      hideSuggestions: !introspection,
    });
    return await Promise.race([execution, early.promise]);
  } finally {
    cancel();
  }
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
