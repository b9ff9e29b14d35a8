// The expected failures of mutations. They are data: members of each mutation's result union. Unexpected failures (no answer,
// an overloaded or failing upstream) are errors of the operation, with a code.
import type DataLoader from 'dataloader';
import {
  RestAbortedError,
  RestBadResponseError,
  RestError,
  RestForbiddenError,
  RestNotFoundError,
  RestRefusedError,
  RestTimeoutError,
  RestUnavailableError,
} from '../src/rest/errors.ts';
import { RestInputError, type InputIssue } from '../src/rest/shapes/inputs.ts';

/** The object of the mutation does not exist, or its room is not live. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
}

/** The input is invalid; nothing was changed. */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';
  readonly issues: readonly InputIssue[];

  constructor(issues: readonly InputIssue[]) {
    super('The input cannot be used; `issues` says what is wrong.');
    this.issues = issues;
  }
}

/** Another object has this name. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}

/** The vendor refused the request; `message` has the vendor's words. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly status: number;
  readonly details: readonly string[];

  constructor(message: string, status: number, details: readonly string[]) {
    super(message);
    this.status = status;
    this.details = details;
  }
}

/** The classes that every mutation's result may be, beside its success. */
export const expectedErrors = [NotFoundError, InvalidInputError, ConflictError, RefusedError] as const;

/** An InvalidInputError about one place of the input. `path` uses the names of the graph. */
export function invalidInput(path: string, message: string): InvalidInputError {
  return new InvalidInputError([{ path: path.split('.'), message }]);
}

/** Failures after which it is unknown whether the write took effect. */
const openFailures = [
  RestTimeoutError,
  RestUnavailableError,
  RestBadResponseError,
  RestAbortedError,
] as const;

/**
 * Runs a write. `missing` says what a 404 means, as a full sentence; `forget` drops what the write makes untrue, and is
 * called when it has taken effect and when it may have.
 * @throws one of the expected errors, or what else the client threw.
 */
export async function outcomeOf<T>(
  missing: string,
  write: () => Promise<T>,
  forget: () => void = () => undefined,
): Promise<T> {
  try {
    const answer = await write();
    forget();
    return answer;
  } catch (error) {
    if (openFailures.some((kind) => error instanceof kind)) forget();
    throw expectedOf(error, missing);
  }
}

/**
 * An object after a write that was done. It is read again, as the write's answer may leave keys out; `answer` is what to
 * return, and the operation's later reads with it, if that read finds nothing or fails: a write that was done is never
 * reported as failed.
 */
export async function afterWrite<T>(loader: DataLoader<string, T | null>, id: string, answer: T): Promise<T> {
  try {
    const read = await loader.clear(id).load(id);
    if (read !== null) return read;
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
  }
  loader.clear(id).prime(id, answer);
  return answer;
}

function expectedOf(error: unknown, missing: string): unknown {
  if (error instanceof RestInputError) return new InvalidInputError(error.issues.map(inGraphNames));
  if (error instanceof RestNotFoundError) return new NotFoundError(missing);
  if (error instanceof RestRefusedError && error.status === 409) return new ConflictError(wordsOf(error));
  if (error instanceof RestRefusedError || error instanceof RestForbiddenError) {
    // A request that was never sent has no status; as the vendor counts it is a bad one.
    return new RefusedError(wordsOf(error), error.status ?? 400, error.details ?? []);
  }
  return error;
}

function wordsOf(error: RestError): string {
  return error.vendorMessage ?? 'The vendor refused the request and does not say why.';
}

/** `max_duration_seconds` of the vendor is `maxDurationSeconds` in the graph. */
function inGraphNames({ path, message }: InputIssue): InputIssue {
  return {
    path: path.map((step) => step.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())),
    message,
  };
}
