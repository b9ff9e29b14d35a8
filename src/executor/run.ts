// One execution of a compiled operation: its arguments, its errors and the points of its objects.
import {
  getArgumentValues,
  GraphQLError,
  locatedError,
  type GraphQLResolveInfo,
  type OperationDefinitionNode,
  type VariableValues,
} from 'graphql';
import type { Args } from './constant-args.ts';
import type { FieldPlan, Plans, PlanSource } from './plan.ts';
import { UnwritableError } from './shapes.ts';

/** A place in the result, as in `GraphQLResolveInfo`. */
export type Path = GraphQLResolveInfo['path'];

/** What one execution of an operation is given. */
export interface ExecuteRun {
  /** The source of the root type's fields; for a subscription the event. */
  readonly rootValue: unknown;
  readonly contextValue: unknown;
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  /** Whether messages about invalid values leave out the names of the schema; default: no. */
  readonly hideSuggestions?: boolean | undefined;
  /** Ends the run: `execute` then throws or rejects with the signal's reason. */
  readonly abortSignal?: AbortSignal | undefined;
  /**
   * Whether the caller passes every access check of the operation, whatever the object. Then `isTypeOf` is not called for
   * objects whose type is known. Default: no.
   */
  readonly isCleared?: boolean | undefined;
}

/** What the fields of an operation share in each of its runs. */
export interface Prepared extends PlanSource {
  readonly operation: OperationDefinitionNode;
}

/** The state of one run. */
export class Run {
  readonly plans: Plans;
  readonly contextValue: unknown;
  readonly variables: VariableValues;
  readonly isCleared: boolean;
  /** Those of the result, in the order of graphql-js. */
  readonly errors: GraphQLError[] = [];
  /** The points of the objects written so far. */
  objects = 0;
  /** Whether `objects` counts objects that null has replaced. */
  isOvercounted = false;
  /** Whether everything written so far below the object whose text may be stored depends only on that object. */
  isPure = false;
  /** Whether the object being written is part of one whose text will probably be stored. */
  isWithinKept = false;
  /** The first value that JSON cannot express. */
  unwritable: UnwritableError | null = null;
  isEnded = false;
  readonly #prepared: Prepared;
  readonly #rootValue: unknown;
  readonly #hideSuggestions: boolean;
  readonly #args: (Args | undefined)[] = [];
  /** The places that are null because of an error, as texts; '' is the whole result. */
  readonly #nulled = new Set<string>();
  readonly #helpers = new ResolverHelpers();

  constructor(prepared: Prepared, plans: Plans, variables: VariableValues, run: ExecuteRun) {
    this.#prepared = prepared;
    this.plans = plans;
    this.variables = variables;
    this.contextValue = run.contextValue;
    this.isCleared = run.isCleared === true;
    this.#rootValue = run.rootValue;
    this.#hideSuggestions = run.hideSuggestions === true;
  }

  /** The arguments of a field, coerced once a run. Throws if they are invalid. */
  argsOf(plan: FieldPlan): Args {
    if (plan.constantArgs !== null) return plan.constantArgs;
    const known = this.#args[plan.argsIndex];
    if (known !== undefined) return known;
    const args = getArgumentValues(
      plan.field,
      plan.nodes[0],
      this.variables,
      undefined,
      this.#hideSuggestions,
    );
    this.#args[plan.argsIndex] = args;
    return args;
  }

  infoOf(plan: FieldPlan, path: Path): GraphQLResolveInfo {
    const { schema, fragments, operation } = this.#prepared;
    return {
      fieldName: plan.field.name,
      fieldNodes: plan.nodes,
      returnType: plan.field.type,
      parentType: plan.parentType,
      path,
      schema,
      fragments,
      rootValue: this.#rootValue,
      operation,
      variableValues: this.variables,
      getAbortSignal: this.#helpers.getAbortSignal,
      getAsyncHelpers: this.#helpers.getAsyncHelpers,
    };
  }

  /**
   * Call when a value of a field could not be written. Returns the text `null`, or throws the located error if the value must not
   * be null.
   */
  failed(error: unknown, plan: FieldPlan, isNonNull: boolean, path: Path): 'null' {
    this.isPure = false;
    if (error instanceof UnwritableError) {
      this.unwritable ??= error;
      return 'null';
    }
    const keys = keysOf(path);
    const located = locatedError(error, plan.nodes, keys);
    if (isNonNull) {
      this.isOvercounted = true;
      throw located;
    }
    this.#collect(located, keys);
    return 'null';
  }

  /** Call when an error makes the whole result null. Returns its text. */
  failedWhole(error: unknown): 'null' {
    const known = error instanceof GraphQLError;
    this.#collect(known ? error : locatedError(error, undefined), []);
    return 'null';
  }

  /**
   * Call when the result is complete or no longer needed. Work that still runs below a null then calls no further resolvers, and
   * the signal of `info.getAbortSignal` aborts.
   */
  end(reason?: unknown): void {
    this.isEnded = true;
    this.#helpers.abort(reason);
  }

  /** Collects an error, unless a place above it is null already: then the result has no room for its path. */
  #collect(error: GraphQLError, keys: readonly (string | number)[]): void {
    if (this.#nulled.size > 0) {
      for (let length = keys.length; length >= 0; length -= 1) {
        if (this.#nulled.has(keys.slice(0, length).join('.'))) return;
      }
    }
    this.#nulled.add(keys.join('.'));
    this.errors.push(error);
  }
}

/** A place as in errors: the keys on the way to it. */
export function keysOf(path: Path): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at: Path | undefined = path; at !== undefined; at = at.prev) keys.push(at.key);
  return keys.toReversed();
}

/** The helpers of `info` for resolvers that run long. The controller is created when a resolver first asks for the signal. */
class ResolverHelpers {
  #controller: AbortController | null = null;
  #end: { readonly reason: unknown } | null = null;

  readonly getAbortSignal = (): AbortSignal => {
    this.#controller ??= new AbortController();
    if (this.#end !== null) this.#controller.abort(this.#end.reason);
    return this.#controller.signal;
  };

  readonly getAsyncHelpers = (): ReturnType<GraphQLResolveInfo['getAsyncHelpers']> => ({
    promiseAll: (values) => {
      // As in graphql-js, no rejection is reported as unhandled.
      return Promise.all(values);
    },
    track: (values) => handled(values),
  });

  abort(reason: unknown): void {
    this.#end ??= { reason };
    this.#controller?.abort(reason);
  }
}

/** Keeps promises whose results are no longer wanted from being reported as unhandled rejections. */
export function handled(values: Iterable<unknown>): void {
  for (const value of values) {
    if (isPromiseLike(value)) value.then(undefined, () => undefined);
  }
}

/** The same test as in graphql-js. */
export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return (
    (typeof value === 'object' || typeof value === 'function') &&
    value !== null &&
    'then' in value &&
    typeof value.then === 'function'
  );
}
