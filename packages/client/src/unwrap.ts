// Results of mutations. A mutation returns its result or a type that implements `Error`. Here that becomes a value or an
// exception, for code that handles all failures in the same way.
import { errorTypes } from './possible-types.ts';

/** The names of the types that implement `Error`. */
export type ErrorTypename = (typeof errorTypes)[number];

/** A member of the union of a mutation's result, as a document selects it. */
interface Result {
  readonly __typename: string;
}

/** The successes among the members of a result. */
export type Success<R extends Result> = Exclude<R, { readonly __typename: ErrorTypename }>;

/** The failures among the members of a result. */
export type Failure<R extends Result> = Extract<R, { readonly __typename: ErrorTypename }>;

/** Thrown when a mutation returned a failure. Its `message` is that of the failure, if the document selects it. */
export class ResultError<F extends Result = Result> extends Error {
  override readonly name = 'ResultError';
  /** The type of the failure, such as `NotFoundError`. */
  readonly typename: F['__typename'];
  /** The failure with all fields that the document selects, such as `issues` of `InvalidInputError`. */
  readonly failure: F;

  constructor(failure: F) {
    super('message' in failure ? String(failure.message) : failure.__typename);
    this.typename = failure.__typename;
    this.failure = failure;
  }
}

const failures: ReadonlySet<string> = new Set(errorTypes);

/**
 * Whether the result of a mutation is a failure. Types that this version does not know count as failures if their names end in
 * `Error`.
 */
export function isFailure<R extends Result>(result: R): result is Failure<R> {
  return failures.has(result.__typename) || result.__typename.endsWith('Error');
}

/**
 * Returns the success of a mutation. The document must select `__typename` of the result.
 * @throws ResultError if the result is a failure
 * @throws TypeError if there is no result: the answer's `errors` say why
 */
export function unwrap<R extends Result>(result: R | null | undefined): Success<R> {
  if (result == null) throw new TypeError('The mutation has no result: see the errors of its answer.');
  if (isFailure(result)) throw new ResultError<Result>(result);
  // A result that is not a failure is a success.
  return result as Success<R>;
}
