// Runs a query or mutation that has been admitted, without Yoga. It makes the same steps as the plugins of src/server/graphql.ts
// from `onContextBuilding` on, in the same order and by the same functions. Subscriptions run through Yoga.
import type { ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql';
import type { Span } from '../../trace.ts';
import type { ServerCaller, Visitor } from '../entrance.ts';
import type { OperationPlan, RawVariables } from '../plans/operation-plan.ts';
import type { OperationOrigin } from '../plugins/use-graph-context.ts';
import type { Permission } from '../plugins/use-permission.ts';
import { outOfTime } from '../refusals.ts';
import type { RequestNote } from '../request-note.ts';
import type { Admitted } from './admission.ts';
import type { GraphContext } from './context.ts';
import type { Deadlines } from '../deadlines.ts';
import type { Bill } from './charging.ts';
import type { Engine, EngineArgs } from './engine.ts';
import { SharedAnswer, type AnswerKey, type SharedAnswers } from './shared-answers.ts';
import { abortError, LazyAbort } from './lazy-abort.ts';
import type { Limits } from './limits.ts';
import { WrittenData } from './written-data.ts';

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

/** The sender of an operation, and what is counted for the sender. */
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
  /** The key by which other requests may join it; null if none may. */
  readonly key: AnswerKey | null;
}

/** A running operation. */
export interface Running {
  /** Its result, with the bill settled; a promise only if the result is not ready at once. Never rejects. */
  readonly result: ExecutionResult | Promise<ExecutionResult>;
  /** Call when its client has disconnected: ends this client's part. */
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
      asking.note.costs = { bill, upstream };
      const share = { bill, countsCalls: asking.countsCalls, upstream, answer };
      return {
        result: settled(bill, () => shareOf(share, wait, options), options),
        abort: () => wait.abort(),
      };
    },
  };
}

/** A failure outside of a field is the only error of the answer, which then has no extensions. */
function settled<Caller extends ServerCaller, Graph extends GraphContext>(
  bill: Bill | undefined,
  work: () => ExecutionResult | Promise<ExecutionResult>,
  { mask }: RunnerOptions<Caller, Graph>,
): ExecutionResult | Promise<ExecutionResult> {
  const failed = (error: unknown): ExecutionResult => {
    bill?.settle(0);
    return { errors: [mask(error)] };
  };
  try {
    const result = work();
    return result instanceof Promise ? result.catch(failed) : result;
  } catch (error) {
    return failed(error);
  }
}

function run<Caller extends ServerCaller, Graph extends GraphContext>(
  operation: SingleOperation<Caller>,
  wait: LazyAbort,
  options: RunnerOptions<Caller, Graph>,
): ExecutionResult | Promise<ExecutionResult> {
  const { bill, note } = operation;
  // Aborts with the operation, which others may still wait for when this caller has left.
  const ending = new LazyAbort();
  const contextValue = options.createContext(new Origin(operation, ending));
  note.costs = { bill, upstream: contextValue.upstream };
  const { schema, permission, mask } = options;
  const { document } = operation.plan;
  const asked = permissionOf(() => permission({ schema, document, contextValue }), mask);
  const admitted = { operation, contextValue, wait, ending };
  return asked instanceof Promise
    ? asked.then((refusal) => execute(refusal, { ...admitted, mayShare: false }, options))
    : execute(asked, { ...admitted, mayShare: true }, options);
}

/** An operation whose permission is known. */
interface Permitted<Caller extends ServerCaller, Graph extends GraphContext> {
  readonly operation: SingleOperation<Caller>;
  readonly contextValue: Graph;
  readonly wait: LazyAbort;
  readonly ending: LazyAbort;
  /** Whether others may share its answer: its permission did not depend on data. */
  readonly mayShare: boolean;
}

function execute<Caller extends ServerCaller, Graph extends GraphContext>(
  refusal: GraphQLError | null,
  { operation, contextValue, wait, ending, mayShare }: Permitted<Caller, Graph>,
  options: RunnerOptions<Caller, Graph>,
): ExecutionResult | Promise<ExecutionResult> {
  const { plan, cost, bill, key, countsCalls } = operation;
  const { answers } = options;
  // The refusal is masked already.
  if (refusal !== null) return extended({ errors: [refusal] }, { plan, bill }, null);
  const executed = options.engine.execute(argsOf(operation, contextValue, options));
  const part = { bill, countsCalls, upstream: contextValue.upstream };
  if (!(executed instanceof Promise)) return finished(executed, { ...part, plan }, options);
  const answer = new SharedAnswer(plan, cost, executed, () => {
    if (key !== null) answers.withdraw(key, answer);
    ending.abort();
  });
  if (key !== null && plan.kind === 'query' && mayShare) answers.offer(key, answer);
  return shareOf({ ...part, answer }, wait, options);
}

/** The sender of an operation. Its signal is created only if a REST call or a resolver needs it. */
class Origin<Caller extends ServerCaller> implements OperationOrigin<Caller> {
  readonly caller: Caller;
  readonly account: string;
  readonly onCall: (() => void) | undefined;
  readonly onRead: ((bytes: number) => void) | undefined;
  readonly lastEventId: string | null;
  readonly span: Span | null;
  readonly #ending: LazyAbort;

  constructor({ visitor, bill, lastEventId, note }: SingleOperation<Caller>, ending: LazyAbort) {
    this.caller = visitor.caller;
    this.account = visitor.account;
    this.onCall = bill?.called;
    this.onRead = bill?.read;
    this.lastEventId = lastEventId;
    this.span = note.span;
    this.#ending = ending;
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }
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

/** A promise only if `ask` returns one. */
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

/** The result for one of the callers who wait for an answer, or the error if it is not ready in time. */
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
    const executed = await Promise.race([result, early.promise]);
    if (part.answer.isShared && executed.data instanceof WrittenData) executed.data.isShared = true;
    return finished(executed, { ...part, plan }, options);
  } finally {
    cancel();
    wait.onAbort(() => undefined);
  }
}

/** The result for this caller: with the caller's extensions, and errors masked for the caller. */
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
