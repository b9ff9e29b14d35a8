// The parameters of an operation in a parsed body. If Yoga would refuse or change the parameters, the result is null, and the
// request is left to Yoga: this file never decides that a request is invalid.

/** An operation as a client sent it. */
export interface PostParams {
  readonly query: string;
  /** Undefined if missing or empty. A JSON value that is not a string names no operation. */
  readonly operationName: unknown;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
  readonly extensions: Readonly<Record<string, unknown>> | null | undefined;
  readonly documentId: unknown;
}

const known: ReadonlySet<string> = new Set([
  'query',
  'variables',
  'operationName',
  'extensions',
  'documentId',
]);

/**
 * The parameters of a usual body, which has the text of an operation and only parameters that Yoga knows; null for any other
 * body.
 */
export function paramsOf(body: unknown): PostParams | null {
  if (!isObject(body)) return null;
  for (const name in body) if (!known.has(name)) return null;
  const { query, operationName, variables, extensions, documentId } = body;
  if (typeof query !== 'string' || query === '') return null;
  if (!isObjectOrNothing(variables) || !isObjectOrNothing(extensions)) return null;
  return {
    query,
    operationName: operationName === '' ? undefined : operationName,
    variables,
    extensions,
    documentId,
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isObjectOrNothing(value: unknown): value is Readonly<Record<string, unknown>> | null | undefined {
  return value == null || isObject(value);
}
