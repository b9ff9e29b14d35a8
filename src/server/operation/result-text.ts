// Results as JSON text, the same over HTTP, event streams and WebSocket. Results contain texts that people in rooms have written,
// so this step must not fail for any value: a failure here would affect more than one operation.
import type { GraphQLError } from 'graphql';
import { formatError } from './mask-errors.ts';
import { WrittenData, writeAround } from './written-data.ts';

/** The key under which a result has its finished text. Copies of the result keep it, and JSON.stringify omits symbols. */
export const WRITTEN = Symbol('written');

/** A result of which only the text is kept. */
export interface WrittenText {
  readonly [WRITTEN]: string;
}

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
    if (isWritten(result)) return result[WRITTEN];
    try {
      if (!('data' in result && result.data instanceof WrittenData)) {
        return wellFormedJson(JSON.stringify(result));
      }
      const { head, data, tail } = writeAround(result);
      return wellFormedJson(head) + (data?.text ?? '') + wellFormedJson(tail);
    } catch (error) {
      return JSON.stringify({ errors: [formatError(mask(error))] });
    }
  };
}

function isWritten(result: object): result is WrittenText {
  return WRITTEN in result;
}

/**
 * `begin`, the result and `end` as bytes: one part, or three where the data are long and written already, so that all
 * clients that get them share their bytes.
 */
export function partsOf(begin: string, result: object, end: string, textOf: TextOf): readonly Buffer[] {
  if (!('data' in result && result.data instanceof WrittenData && result.data.isLong)) {
    return [Buffer.from(begin + textOf(result) + end)];
  }
  const { head, tail } = writeAround(result);
  return [
    Buffer.from(begin + wellFormedJson(head)),
    result.data.bytes,
    Buffer.from(wellFormedJson(tail) + end),
  ];
}
