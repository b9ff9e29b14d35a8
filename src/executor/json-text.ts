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
 * Any value as JSON text; '': `JSON.stringify` leaves it out (a function or a symbol). Throws for what JSON cannot express,
 * such as a circle.
 */
export function jsonText(value: unknown): string {
  if (typeof value === 'string') return stringText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  // The type says `string`, but the result is undefined for values that JSON leaves out.
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? '' : withoutLoneSurrogates(text);
}

/** An escaped backslash in front of `ud83d` is part of a text and no surrogate. */
function withoutLoneSurrogates(text: string): string {
  if (!text.includes('\\ud')) return text;
  return text.replaceAll(/\\(?:\\|ud[89a-f][\da-f]{2})/g, (escape) =>
    escape === '\\\\' ? escape : '\ufffd',
  );
}
