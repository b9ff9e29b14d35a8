// Results as JSON text, the same over HTTP, event streams and WebSocket. Results contain texts that people in rooms
// wrote, so no value may make this step fail: a failure here would end more than the operation.
import type { GraphQLError } from 'graphql';
import { formatError } from './mask-errors.ts';

/** Writes a result, or part of one, as JSON for clients. It never throws. */
export type TextOf = (result: object) => string;

/**
 * JSON text with U+FFFD in place of each lone surrogate, which strict parsers refuse. `JSON.stringify` writes lone
 * surrogates, and only these, as `\ud800` to `\udfff`; an escaped backslash in front of `ud83d` is part of a text.
 */
export function wellFormedJson(text: string): string {
  if (!text.includes('\\ud')) return text;
  return text.replaceAll(/\\(?:\\|ud[89a-f][\da-f]{2})/g, (escape) =>
    escape === '\\\\' ? escape : '\ufffd',
  );
}

/**
 * Makes the function that writes results. A value that JSON cannot express gives a result with one error, which is masked
 * and logged by `mask`.
 */
export function createTextOf(mask: (error: unknown) => GraphQLError): TextOf {
  return (result) => {
    try {
      return wellFormedJson(JSON.stringify(result));
    } catch (error) {
      return JSON.stringify({ errors: [formatError(mask(error))] });
    }
  };
}
