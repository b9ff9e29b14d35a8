// Refusals as the REST API words them: `{code, message, details}`, where `code` repeats the status.

/** Thrown by a route; the server answers it. */
export class ApiError extends Error {
  readonly status: number;
  readonly details: readonly string[];

  constructor(status: number, message: string, details: readonly string[] = []) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.details = details;
  }

  /** The body of the answer. */
  toJSON(): { code: number; message: string; details: readonly string[] } {
    return { code: this.status, message: this.message, details: this.details };
  }
}

/** 400: each text says what is wrong with the body. */
export function invalidBody(...texts: string[]): ApiError {
  return new ApiError(
    400,
    'Invalid body param',
    texts.map((text) => `Invalid body param: ${text}`),
  );
}

/** 400: each text says what is wrong with the query. */
export function invalidQuery(...texts: string[]): ApiError {
  return new ApiError(
    400,
    'Invalid query param',
    texts.map((text) => `Invalid query param: ${text}`),
  );
}

/** 404, for example `Room not found`. */
export function notFound(noun: string): ApiError {
  return new ApiError(404, `${noun} not found`);
}
