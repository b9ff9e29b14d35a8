// Reading the results of mutations. A failure that is expected is data: each document of these examples selects the message
// of every type that implements `Error`, so a result with a message is a failure.

/** A result as the documents select it: `{ __typename ... on Error { message } }`. */
interface Result {
  readonly __typename: string;
  readonly message?: string | undefined;
}

/**
 * The message of a failed result; null for a success. A result that is null or undefined is a failure too: the answer's
 * `errors` explain it.
 */
export function failureOf(result: Result | null | undefined): string | null {
  if (result == null) return 'The gateway answered no result.';
  return 'message' in result && result.message !== undefined ? result.message : null;
}

/**
 * Throws unless the mutation succeeded.
 * @throws Error with the message of the failure
 */
export function mustSucceed(result: Result | null | undefined): void {
  const failure = failureOf(result);
  if (failure !== null) throw new Error(failure);
}

/** Whether every result says that its object does not exist. */
export function areAllNotFound(results: readonly (Result | null)[]): boolean {
  return results.length > 0 && results.every((result) => result?.__typename === 'NotFoundError');
}
