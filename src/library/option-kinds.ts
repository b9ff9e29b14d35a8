// Finds options of a wrong kind, and names that are not options. A program in JavaScript may pass anything, and an option that is
// silently ignored could leave the gateway open.
import { closest, distance } from 'fastest-levenshtein';

/** Which values an option accepts, and the words for them in messages. Null and undefined count as an omitted option. */
export interface OptionKind {
  readonly words: string;
  readonly fits: (value: unknown) => boolean;
  /** The allowed names of the object's members. Default: any. */
  readonly names?: readonly string[];
}

/** The kinds of options by their paths, such as `limits`, or `authenticate.jwt` within an object. */
export type OptionKinds = Readonly<Record<string, OptionKind>>;

/** An object with only these names. */
export function objectOf(names: readonly string[]): OptionKind {
  return { words: `an object with ${listOf(names)}`, fits: isObject, names };
}

export const trueOrFalse: OptionKind = {
  words: 'true or false',
  fits: (value) => typeof value === 'boolean',
};

export const text: OptionKind = {
  words: 'a text that is not empty',
  fits: (value) => typeof value === 'string' && value !== '',
};

/** Whether a value is an object, and not an array or null. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Returns a sentence for each unknown name in `options` and for each value of a wrong kind. The sentences never contain the
 * values.
 */
export function* kindFaultsOf(
  options: object,
  names: readonly string[],
  owner: string,
  kinds: OptionKinds,
): Generator<string> {
  yield* unknownNames(options, names, '', owner);
  for (const [path, kind] of Object.entries(kinds)) {
    const value = valueAt(path, options);
    if (value == null) continue;
    if (!kind.fits(value)) yield `${path} must be ${kind.words}`;
    else if (kind.names !== undefined && isObject(value)) {
      yield* unknownNames(value, kind.names, `${path}.`, owner);
    }
  }
}

function* unknownNames(
  object: object,
  known: readonly string[],
  prefix: string,
  owner: string,
): Generator<string> {
  for (const name of Object.keys(object).filter((each) => !known.includes(each))) {
    const nearest = closest(name, known);
    const suggestion =
      distance(name, nearest) <= name.length * 0.4 ? `; did you mean ${prefix}${nearest}?` : '';
    yield `${prefix}${name} is not an option of ${owner}${suggestion}`;
  }
}

/** The value at a path such as `limits.depth`. */
export function valueAt(path: string, options: object): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  }, options);
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
