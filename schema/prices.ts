// What fields cost beyond the objects that they answer, for the limit on an operation's cost: options to spread into
// a field. A field without a price causes no REST call of its own and answers one object.
import { DEFAULT_FIRST, DEFAULT_FIRST_OF_ALL, MAX_LIMIT } from '../resolvers/connection.ts';

type Args = Readonly<Record<string, unknown>>;

/** Stands in a field's extensions under `price`. */
export interface FieldPrice {
  /** REST calls for each object that the field is asked of; a fraction where one call serves several. */
  readonly calls: number | ((args: Args) => number);
  /** How many elements it answers at most; without it one. */
  readonly size?: (args: Args) => number;
}

interface Priced {
  readonly extensions: { readonly price: FieldPrice };
}

function priced(price: FieldPrice): Priced {
  return { extensions: { price } };
}

/** How many elements a list that can only be walked forward answers. */
function forwardSize({ first }: Args): number {
  return typeof first === 'number' ? first : DEFAULT_FIRST;
}

function bothWaysSize({ first, last }: Args): number {
  if (typeof first === 'number') return first;
  return typeof last === 'number' ? last : DEFAULT_FIRST_OF_ALL;
}

/** As many REST calls for each object. */
export function calls(count: number): Priced {
  return priced({ calls: count });
}

/** One REST call that may take minutes: its operation may take longer than others. */
export const slowCall = { extensions: { ...calls(1).extensions, slow: true } } as const;

/** Objects whose REST calls are batched, or answered from memory as a rule. */
export const batched: Priced = calls(0.1);

/** A list paged by REST: a call for every 100. */
export const pages: Priced = priced({
  calls: (args) => Math.max(1, Math.ceil(forwardSize(args) / MAX_LIMIT)),
  size: forwardSize,
});

/** A list that one call gives whole. */
export const wholeList: Priced = priced({ calls: 1, size: bothWaysSize });

/** A list that comes with the object that has it. */
export const includedList: Priced = priced({ calls: 0, size: bothWaysSize });

/** A plain list of one call. */
export function listOf(usualSize: number): Priced {
  return priced({ calls: 1, size: () => usualSize });
}

/** A list of which each element costs a call; `sizeOf` reads its length from the arguments. */
export function each(sizeOf: (args: Args) => number): Priced {
  return priced({ calls: sizeOf, size: sizeOf });
}

/** How long a list among the arguments, or in their `input`, is. */
export function lengthOf(name: string): (args: Args) => number {
  return (args) => {
    const { input = args } = args;
    const list: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, name) : undefined;
    return Array.isArray(list) ? list.length : 1;
  };
}
