// Executes operations, for every transport. No abort signal is passed to graphql-js: when it aborts, it leaves promises of a list
// unhandled, which would end the process. Instead, the code that waits for an operation stops waiting, and the REST calls of an
// aborted operation fail immediately.
import {
  executeRootSelectionSet,
  executeSubscriptionEvent,
  experimentalExecuteIncrementally,
  legacyExecuteIncrementally,
  subscribe,
  validateExecutionArgs,
  validateSubscriptionArgs,
  type ExecutionArgs,
  type ExecutionResult,
  type ExperimentalIncrementalExecutionResults,
  type LegacyExperimentalIncrementalExecutionResults,
} from 'graphql';
import type { CompiledOperation, Executed } from '../../executor/compile.ts';
import type { OperationPlan } from '../plans/operation-plan.ts';
import { UnwritableData } from './unwritable-data.ts';
import { WrittenData } from './written-data.ts';

/** Arguments of an operation: those of graphql-js, and its plan if it has one. */
export interface EngineArgs extends ExecutionArgs {
  readonly plan?: OperationPlan | undefined;
}

/**
 * How parts of an answer say where they belong. `ids`: by ids that an earlier part has announced, as in the draft of the
 * specification. `paths`: by path and label, as in its version of August 2022.
 */
export type PartsFormat = 'ids' | 'paths';

/** An answer in parts. Nothing behind the first part is executed before `subsequentResults` is read. */
export type AnswerInParts =
  | ExperimentalIncrementalExecutionResults
  | LegacyExperimentalIncrementalExecutionResults;

/** What executes operations. */
export interface Engine {
  /** Executes a query or mutation, as if it had neither `@defer` nor `@stream`. */
  readonly execute: (args: EngineArgs) => ExecutionResult | Promise<ExecutionResult>;
  /** Executes a query in parts. Returns a single result if all its directives are switched off, or if it fails. */
  readonly executeInParts: (
    args: EngineArgs,
    format: PartsFormat,
  ) => ExecutionResult | AnswerInParts | Promise<ExecutionResult | AnswerInParts>;
  /** Begins a subscription: a stream of results, or one result with errors if it cannot begin. */
  readonly subscribe: (args: EngineArgs) => Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
  /** Answers one event of a subscription; `rootValue` is the event. */
  readonly executeEvent: (args: EngineArgs) => ExecutionResult | Promise<ExecutionResult>;
}

/** graphql-js itself. */
const reference: Engine = {
  execute: (args) => {
    // graphql-js's `execute` refuses a schema that has the two directives.
    const validated = validateExecutionArgs(whole(args));
    return 'schema' in validated ? executeRootSelectionSet(validated) : { errors: validated };
  },
  executeInParts: (args, format) =>
    format === 'ids' ? experimentalExecuteIncrementally(args) : legacyExecuteIncrementally(args),
  subscribe: async (args) => subscribe(whole(args)),
  executeEvent: (args) => {
    const validated = validateSubscriptionArgs(whole(args));
    return 'schema' in validated ? executeSubscriptionEvent(validated) : { errors: validated };
  },
};

/** graphql-js fails at `@defer` and `@stream` unless it may answer in parts. */
function whole(args: EngineArgs): EngineArgs {
  return args.plan === undefined ? args : { ...args, document: args.plan.whole };
}

/** Whether the caller of an operation with this context passes all of its access checks; see `isCleared` in resolvers/access.ts. */
export type IsCleared = (scopes: ReadonlySet<string>, contextValue: unknown) => boolean;

/**
 * Executes queries and events of subscriptions by their compiled plan if they have one, and everything else by graphql-js:
 * mutations, introspection, documents that were requested only once.
 */
function compiledEngine(isCleared: IsCleared): Engine {
  const run = (args: EngineArgs, compiled: CompiledOperation) =>
    compiled.execute({
      rootValue: args.rootValue,
      contextValue: args.contextValue,
      variables: args.variableValues ?? undefined,
      hideSuggestions: args.hideSuggestions === true,
      isCleared: isCleared(compiled.scopes, args.contextValue),
    });
  const resultFor = (args: EngineArgs, compiled: CompiledOperation) => {
    try {
      const executed = run(args, compiled);
      return executed instanceof Promise ? executed.then(resultOf, unwritten) : resultOf(executed);
    } catch (error) {
      return unwritten(error);
    }
  };
  const orElse = (otherwise: Engine['execute']) => (args: EngineArgs) => {
    const compiled = args.plan?.compiled ?? null;
    return compiled === null ? otherwise(args) : resultFor(args, compiled);
  };
  return {
    ...reference,
    execute: orElse(reference.execute),
    executeEvent: orElse(reference.executeEvent),
  };
}

/** Members in the order of graphql-js. */
function resultOf({ data: text, errors, objects }: Executed): ExecutionResult {
  if (text === undefined) return { errors };
  const data = text === 'null' ? null : asData(new WrittenData(text, () => objects));
  return errors.length === 0 ? { data } : { errors, data };
}

/** A plan fails only at a value that JSON cannot express. */
function unwritten(error: unknown): ExecutionResult {
  return { data: asData(new UnwritableData(error)) };
}

/** Objects of both classes replace the data of a result; `JSON.stringify` and `TextOf` write them as data. */
function asData(data: WrittenData | UnwritableData): Exclude<ExecutionResult['data'], undefined> {
  return data as unknown as Readonly<Record<string, unknown>>;
}

/** `compiled`: plans where there are any, see src/executor; `reference`: graphql-js alone. */
export type EngineName = 'compiled' | 'reference';

/** Makes the engine of a server. */
export function createEngine(name: EngineName, isCleared: IsCleared): Engine {
  return name === 'compiled' ? compiledEngine(isCleared) : reference;
}
