// Errors in the REST API's format: `{code, message, details}`, where `code` repeats the HTTP status.

/** An error that a route throws; the HTTP handler sends it as the answer. */
export class ApiError extends Error {
  readonly status: number;
  readonly details: readonly string[];

  constructor(status: number, message: string, details: readonly string[] = []) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.details = details;
  }

  /** The body of the HTTP answer. */
  toJSON(): { code: number; message: string; details: readonly string[] } {
    return { code: this.status, message: this.message, details: this.details };
  }
}

/** A 400; each text describes one fault of the body. */
export function invalidBody(...texts: string[]): ApiError {
  return new ApiError(
    400,
    'Invalid body param',
    texts.map((text) => `Invalid body param: ${text}`),
  );
}

/** A 400; each text describes one fault of the query. */
export function invalidQuery(...texts: string[]): ApiError {
  return new ApiError(
    400,
    'Invalid query param',
    texts.map((text) => `Invalid query param: ${text}`),
  );
}

/** A 404 whose message is, for example, `Room not found`. */
export function notFound(noun: string): ApiError {
  return new ApiError(404, `${noun} not found`);
}
