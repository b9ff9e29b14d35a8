// The compiled executor: an operation is compiled to a plan once, and each execution uses the plan to write its result as JSON
// text. Results, errors and their order are those of graphql-js. Features that plans do not support are left to graphql-js. See
// docs/executor.md.
import {
  getVariableValues,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type VariableValues,
} from 'graphql';
import type { TextBudget } from './kept-texts.ts';
import { BYTES_PER_OPERATION, PlanBudget } from './plan-memory.ts';
import { Plans } from './plan.ts';
import { Run, type ExecuteRun, type Prepared } from './run.ts';
import { surveyOf, type Survey, type WeightOf } from './survey.ts';
import { writeObject } from './write.ts';

/** Options of `compileOperation`. */
export interface CompileOptions {
  /** Points of each object that a field returns; default: 0. */
  readonly weightOf?: WeightOf | undefined;
  /**
   * Counts the points in a parsed result. Called only if they cannot be counted while the result is written: when null has
   * replaced objects, or when one response key names fields of different weights. Default: the count made while writing.
   */
  readonly countObjects?: ((data: unknown) => number) | undefined;
  /** Limits the memory of kept texts (kept-texts.ts). All operations should share one budget. Default: no texts are kept. */
  readonly texts?: TextBudget | undefined;
  /**
   * Called with the estimated bytes of memory that are taken: once during the compilation, and whenever a run keeps a new plan.
   * Does not count the document and the kept texts. Default: not called.
   */
  readonly onGrowth?: ((bytes: number) => void) | undefined;
}

/** The result of a run. */
export interface Executed {
  /** JSON text; undefined: the operation did not run, because its variables are invalid. */
  readonly data: string | undefined;
  /** With the locations and in the order of graphql-js. */
  readonly errors: readonly GraphQLError[];
  /** The points of the objects in `data`. */
  readonly objects: number;
}

/** A compiled operation. It can run any number of times, also concurrently. */
export interface CompiledOperation {
  /**
   * The scopes that `extensions.access.scope` names for the fields and types that the operation can reach, on every possible
   * type of an interface or union.
   */
  readonly scopes: ReadonlySet<string>;
  /**
   * Returns the result itself if no value is a promise, else a promise of it. Throws, or rejects, with the reason of the run's
   * abort signal, or with the error for a value that JSON cannot express.
   */
  execute(run: ExecuteRun): Executed | Promise<Executed>;
}

/** The limit of graphql-js. */
const MAX_VARIABLE_ERRORS = 50;

/**
 * Compiles an operation of a valid document; for a subscription, the execution of one event. Returns null for an operation that
 * graphql-js must execute: a mutation, or one with introspection, `@defer`, `@stream` or variables of fragments.
 */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  options: CompileOptions = {},
): CompiledOperation | null {
  const { weightOf = () => 0, texts = null, onGrowth = () => undefined } = options;
  const survey = surveyOf(schema, document, operation, weightOf);
  if (survey === null) return null;
  const { fragments, selections } = survey;
  const prepared: Prepared = {
    schema,
    fragments,
    weightOf,
    budget: new PlanBudget(selections, onGrowth),
    texts,
    operation,
  };
  const compiled = new Compiled(prepared, survey, options.countObjects);
  onGrowth(BYTES_PER_OPERATION);
  return {
    scopes: survey.scopes,
    execute: (run) => compiled.execute(run),
  };
}

class Compiled {
  readonly #prepared: Prepared;
  readonly #survey: Survey;
  readonly #countObjects: CompileOptions['countObjects'];
  /** By the values of the variables in `@skip` and `@include`. */
  readonly #plans = new Map<string, Plans>();

  constructor(prepared: Prepared, survey: Survey, countObjects: CompileOptions['countObjects']) {
    this.#prepared = prepared;
    this.#survey = survey;
    this.#countObjects = countObjects;
  }

  execute(given: ExecuteRun): Executed | Promise<Executed> {
    const { schema, operation } = this.#prepared;
    const { variableValues, errors } = getVariableValues(
      schema,
      operation.variableDefinitions ?? [],
      given.variables ?? {},
      { maxErrors: MAX_VARIABLE_ERRORS, hideSuggestions: given.hideSuggestions === true },
    );
    if (variableValues === undefined) return { data: undefined, errors: errors ?? [], objects: 0 };
    const { abortSignal } = given;
    abortSignal?.throwIfAborted();
    const run = new Run(this.#prepared, this.#plansFor(variableValues), variableValues, given);
    const text = this.#write(run, given.rootValue);
    if (typeof text === 'string') {
      run.end();
      abortSignal?.throwIfAborted();
      return this.#executed(run, text);
    }
    return abortSignal === undefined ? this.#finish(run, text) : this.#finishUnless(abortSignal, run, text);
  }

  #write(run: Run, rootValue: unknown): string | Promise<string> {
    const { rootType } = this.#survey;
    try {
      const { selectionSet } = this.#prepared.operation;
      const text = writeObject(
        run,
        run.plans.select([selectionSet], rootType, run.variables),
        rootValue,
        undefined,
      );
      if (typeof text === 'string') return text;
      return text.then(undefined, (error: unknown) => run.failedWhole(error));
    } catch (error) {
      return run.failedWhole(error);
    }
  }

  async #finish(run: Run, text: Promise<string>): Promise<Executed> {
    const data = await text;
    run.end();
    return this.#executed(run, data);
  }

  /** Rejects as soon as the signal aborts. Results of resolvers that still run are then ignored. */
  async #finishUnless(signal: AbortSignal, run: Run, text: Promise<string>): Promise<Executed> {
    const { promise, reject } = Promise.withResolvers<never>();
    const abort = () => {
      run.end(signal.reason);
      reject(signal.reason);
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort);
    try {
      return await Promise.race([this.#finish(run, text), promise]);
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  #executed(run: Run, data: string): Executed {
    if (run.unwritable !== null) throw run.unwritable.cause;
    const isCounted = !run.isOvercounted && !this.#survey.hasMixedWeights;
    const objects =
      isCounted || this.#countObjects === undefined ? run.objects : this.#countObjects(JSON.parse(data));
    return { data, errors: run.errors, objects };
  }

  #plansFor(variables: VariableValues): Plans {
    const outcome = this.#survey.conditions.map((name) => outcomeLetter(variables.coerced[name])).join('');
    const known = this.#plans.get(outcome);
    if (known !== undefined) return known;
    const plans = new Plans(this.#prepared);
    if (this.#prepared.budget.takeOutcome()) this.#plans.set(outcome, plans);
    return plans;
  }
}

/** The letter for the value of a condition. `x`: the value is not a Boolean, so the selection fails. */
function outcomeLetter(condition: unknown): string {
  if (condition === true) return 't';
  return condition === false ? 'f' : 'x';
}
