// Handles unwanted characters that env files and shells leave around and inside values: spaces, line ends, quotes, invisible
// characters. Spaces and line ends around a value are removed; all others are reported as faults. A fault never repeats the
// value, because the value may be a secret.

/** Variables without blanks around their values, and the faults in these values. */
export interface CleanVariables {
  readonly values: ReadonlyMap<string, string>;
  /** By the variable's name. */
  readonly faults: ReadonlyMap<string, string>;
}

const QUOTES = /^["'`“”‘’]|["'`“”‘’]$/;
/** Control and format characters, and all blanks but the space. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;
const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Reads the variables `names`. A variable that is empty or consists of blanks is left out. */
export function cleanVariables(environment: NodeJS.ProcessEnv, names: readonly string[]): CleanVariables {
  const values = new Map<string, string>();
  const faults = new Map<string, string>();
  for (const name of names) {
    const value = environment[name]?.trim() ?? '';
    if (value === '') continue;
    values.set(name, value);
    const fault = faultOf(value);
    if (fault !== null) faults.set(name, fault);
  }
  return { values, faults };
}

/** The fault of a value's characters; null: none. */
function faultOf(value: string): string | null {
  const invisible = INVISIBLE.exec(value)?.[0];
  if (invisible !== undefined)
    return `must not contain ${escaped(invisible)}, a character that cannot be seen`;
  const quote = QUOTES.exec(value)?.[0];
  if (quote === undefined) return null;
  return `must not begin or end with a quotation mark (${quote}): some programs that read env files keep them in the value`;
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return shortEscapes[character] ?? `\\u{${code.toString(16)}}`;
}
