// Why a caller is not let in, or cannot be checked now. No message holds anything that the caller showed, so each may
// be told and logged as it is.

/** What the caller showed, or that nothing was shown, does not let them in. Trying again does not help. */
export class UnauthenticatedError extends Error {
  override readonly name = 'UnauthenticatedError';
}

/** The caller could not be checked, through no fault of theirs. Trying again a little later may help. */
export class AuthUnavailableError extends Error {
  override readonly name = 'AuthUnavailableError';
  readonly retryable = true;

  /** @param options `cause`: what went wrong, for the log. */
  constructor(options: { readonly cause: unknown }) {
    super('Callers cannot be checked right now. Try again in a few seconds.', options);
  }
}

/** API keys, or a request for one, cannot be used. `faults` has every one; a line is named, its content is not shown. */
export class ApiKeyError extends Error {
  override readonly name = 'ApiKeyError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    const list = faults.map((fault) => `  - ${fault}`).join('\n');
    super(`The API keys (GATEWAY_API_KEYS) cannot be used:\n${list}`);
    this.faults = faults;
  }
}
