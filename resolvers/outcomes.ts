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
import { pathInInput } from './issue-paths.ts';

/**
 * A failure that a mutation may declare as a member of its result's union. If the union does not have its class, clients get an
 * error of the operation instead (`clientErrorOfFailure`): that of its `cause`, if the REST API failed.
 */
export abstract class ExpectedError extends Error {}

/** The object of the mutation does not exist, or its room is not live. */
export class NotFoundError extends ExpectedError {
  override readonly name = 'NotFoundError';
}

/** The input is invalid; nothing was changed. */
export class InvalidInputError extends ExpectedError {
  override readonly name = 'InvalidInputError';
  readonly issues: readonly InputIssue[];

  constructor(issues: readonly InputIssue[]) {
    const faults = issues.map(({ path, message }) => `\`${path.join('.')}\` ${message}`);
    super(`The input cannot be used: ${faults.join('; ')}`);
    this.issues = issues;
  }
}

/** The vendor refused the request; `message` has the vendor's words. */
export class RefusedError extends ExpectedError {
  override readonly name: string = 'RefusedError';
  readonly status: number;
  readonly details: readonly string[];

  constructor(message: string, status: number, details: readonly string[], options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.details = details;
  }
}

/**
 * Another object has this name, or a job of the same kind is already running. In a union without this class it becomes a
 * RefusedError with the status 409.
 */
export class ConflictError extends RefusedError {
  override readonly name = 'ConflictError';

  constructor(message: string, details: readonly string[] = [], options?: ErrorOptions) {
    super(message, 409, details, options);
  }
}

/** An InvalidInputError about one place of the input. `path` uses the names of the graph, with dots between them. */
export function invalidInput(path: string, message: string): InvalidInputError {
  return invalidAt(path.split('.'), message);
}

/** An InvalidInputError about one place of the input, as `InputIssue.path` has it. */
export function invalidAt(path: readonly string[], message: string): InvalidInputError {
  return new InvalidInputError([{ path, message }]);
}

/** The issue about one place of the input, with dots in its path, if `isBroken`; else none. For `refuseIssues`. */
export function issueIf(isBroken: boolean, path: string, message: string): readonly InputIssue[] {
  return isBroken ? [{ path: path.split('.'), message }] : [];
}

/** The issues that `check` finds in the body of a write (`checkedBody`), at their places in the input. For `refuseIssues`. */
export function issuesOfBody(check: () => unknown): readonly InputIssue[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof RestInputError)) throw error;
    return issuesInInput(error);
  }
}

/** Refuses an input with all its issues. @throws InvalidInputError if there are any */
export function refuseIssues(issues: readonly InputIssue[]): void {
  if (issues.length > 0) throw new InvalidInputError(issues);
}

function issuesInInput({ issues }: RestInputError, within: readonly string[] = []): readonly InputIssue[] {
  return issues.map(({ path, message }) => ({ path: [...within, ...pathInInput(path)], message }));
}

/** Failures after which it is unknown whether the write took effect. */
const openFailures = [
  RestTimeoutError,
  RestUnavailableError,
  RestBadResponseError,
  RestAbortedError,
] as const;

/** A write, and what to do with its failures. */
export interface Write<T> {
  /**
   * A full sentence for what a 404 means; null if the write does not act on an object, so that a 404 is a RefusedError.
   */
  readonly missing: string | null;
  readonly write: () => Promise<T>;
  /** Drops cached values that the write changes. Called if the write has taken effect or may have. Default: nothing is dropped. */
  readonly forget?: () => void;
  /** The field of the input that the request body is made of; default: the input itself. */
  readonly within?: readonly string[];
}

/**
 * Runs a write.
 * @throws one of the expected errors, or any other error of the client.
 */
export async function outcomeOf<T>({ missing, write, forget, within = [] }: Write<T>): Promise<T> {
  try {
    const answer = await write();
    forget?.();
    return answer;
  } catch (error) {
    if (openFailures.some((kind) => error instanceof kind)) forget?.();
    throw expectedOf(error, missing, within);
  }
}

/**
 * Reads an object again after a successful write, because the answer to the write may leave keys out. If that read finds nothing
 * or fails, this and later reads of the operation return `answer`: a successful write is never reported as failed.
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

function expectedOf(error: unknown, missing: string | null, within: readonly string[]): unknown {
  if (error instanceof RestInputError) return new InvalidInputError(issuesInInput(error, within));
  const isMissing = error instanceof RestNotFoundError;
  if (isMissing && missing !== null) return new NotFoundError(missing, { cause: error });
  if (isMissing || error instanceof RestRefusedError || error instanceof RestForbiddenError) {
    const [words, details] = [wordsOf(error), error.details ?? []];
    if (error.status === 409) return new ConflictError(words, details, { cause: error });
    // A request that was not sent has no status. The vendor would have answered it with 400.
    return new RefusedError(words, error.status ?? 400, details, { cause: error });
  }
  return error;
}

function wordsOf(error: RestError): string {
  if (error.status === undefined) {
    return 'Nothing was sent: a name that is part of the URL is empty, `.` or `..`, or is not well-formed.';
  }
  return error.vendorMessage ?? 'The vendor refused the request and does not say why.';
}
