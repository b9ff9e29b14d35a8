// Values as JSON text. Strict parsers refuse lone surrogates, so they become U+FFFD, as in src/server/operation/result-text.ts.

/** Beyond this length, in UTF-16 code units, the built-in functions are faster than a loop. */
const SHORT = 48;
const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_SURROGATE = 0xd800;

/** A string as JSON text. */
export function stringText(value: string): string {
  if (value.length > SHORT) return escapedText(value);
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code < SPACE || code === QUOTE || code === BACKSLASH || code >= FIRST_SURROGATE) {
      return escapedText(value);
    }
  }
  return `"${value}"`;
}

function escapedText(value: string): string {
  return JSON.stringify(value.isWellFormed() ? value : value.toWellFormed());
}

/**
 * Any value as JSON text; '' for a value that `JSON.stringify` omits (a function or a symbol). Throws for a value that JSON cannot
 * express, such as a circular reference.
 */
export function jsonText(value: unknown): string {
  if (typeof value === 'string') return stringText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  // The type says `string`, but the result is undefined for values that JSON omits.
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? '' : withoutLoneSurrogates(text);
}

/** Replaces escaped surrogates. After an escaped backslash, `ud83d` is ordinary text and not an escape. */
function withoutLoneSurrogates(text: string): string {
  if (!text.includes('\\ud')) return text;
  return text.replaceAll(/\\(?:\\|ud[89a-f][\da-f]{2})/g, (escape) =>
    escape === '\\\\' ? escape : '\ufffd',
  );
}
