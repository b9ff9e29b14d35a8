// Builds the `next` messages of graphql-transport-ws: from a result, and as text in pieces.
import type { FormattedExecutionResult, GraphQLError } from 'graphql';
import { formatError } from '../operation/mask-errors.ts';
import { partsOf, wellFormedJson, type TextOf } from '../operation/result-text.ts';

/** A `next` message up to its payload. */
export function nextPrefix(id: string): string {
  return `{"id":${wellFormedJson(JSON.stringify(id))},"type":"next","payload":`;
}

/** The payload and the end of the message, as bytes. */
export function payloadParts(result: object, textOf: TextOf): readonly Buffer[] {
  return partsOf('', result, '}', textOf);
}

/** A result, ready to be written. */
export interface FormattedResult {
  readonly data?: unknown;
  readonly errors?: unknown;
}

/** A result as it is sent. The errors are masked already, but have Yoga's HTTP members. */
export function formatResult({
  errors,
  ...rest
}: {
  readonly data?: FormattedExecutionResult['data'] | undefined;
  readonly errors?: readonly GraphQLError[] | undefined;
}): FormattedResult {
  if (errors === undefined) return rest;
  const { data, ...others } = rest;
  return { ...others, ...(data === undefined ? {} : { data }), errors: errors.map(formatError) };
}
