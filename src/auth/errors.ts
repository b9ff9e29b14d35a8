// The errors of authentication. No message quotes a caller's credential, so each message can be logged and sent to the
// client unchanged.

/** The credential is missing, not accepted or expired. The same request will fail again. */
export class UnauthenticatedError extends Error {
  override readonly name = 'UnauthenticatedError';
}

/**
 * The credential cannot be checked now, because the identity provider's keys cannot be read. Retry after some seconds.
 */
export class AuthUnavailableError extends Error {
  override readonly name = 'AuthUnavailableError';
  /** Always true. */
  readonly retryable = true;

  /** @param options `cause`: the error of reading the keys, for the log only. */
  constructor(options: { readonly cause: unknown }) {
    super('Callers cannot be checked right now. Try again in a few seconds.', options);
  }
}

/** The file of API keys, or a request for a new key, is faulty. */
export class ApiKeyError extends Error {
  override readonly name = 'ApiKeyError';
  /** Every fault. A fault names its line but quotes nothing that could be a key. */
  readonly faults: readonly string[];

  /** `setting`: the variable or option with which the operator names the file. */
  constructor(faults: readonly string[], setting = 'GATEWAY_API_KEYS') {
    const list = faults.map((fault) => `  - ${fault}`).join('\n');
    super(`The API keys (${setting}) cannot be used:\n${list}`);
    this.faults = faults;
  }
}
