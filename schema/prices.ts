// Prices of fields, for the limit on an operation's cost: options to spread into a field's definition. A field without
// a price counts as one object and no REST call. src/server/operation/operation-cost.ts adds the prices up.
import { DEFAULT_FIRST, DEFAULT_FIRST_OF_ALL, MAX_LIMIT } from '../resolvers/connection.ts';

type Args = Readonly<Record<string, unknown>>;

/** The price of a field, kept in its `extensions.price`. */
export interface FieldPrice {
  /** REST calls for each parent object; a fraction where one call serves several parents. */
  readonly calls: number | ((args: Args) => number);
  /** The most elements that the field returns; one by default. */
  readonly size?: (args: Args) => number;
}

interface Priced {
  readonly extensions: { readonly price: FieldPrice };
}

function priced(price: FieldPrice): Priced {
  return { extensions: { price } };
}

/** The most elements of a page of a list that is paged forward only. */
function forwardSize({ first }: Args): number {
  return typeof first === 'number' ? first : DEFAULT_FIRST;
}

function bothWaysSize({ first, last }: Args): number {
  if (typeof first === 'number') return first;
  return typeof last === 'number' ? last : DEFAULT_FIRST_OF_ALL;
}

/** A field that makes `count` REST calls for each parent object. */
export function calls(count: number): Priced {
  return priced({ calls: count });
}

/** One REST call that may take minutes: operations with such a field get a longer timeout. */
export const slowCall = { extensions: { ...calls(1).extensions, slow: true } } as const;

/** A field whose REST calls are batched with others or usually answered from memory: a tenth of a call. */
export const batched: Priced = calls(0.1);

/** A list that the REST API pages: one call for every 100 elements. */
export const pages: Priced = priced({
  calls: (args) => Math.max(1, Math.ceil(forwardSize(args) / MAX_LIMIT)),
  size: forwardSize,
});

/** A list that one REST call returns as a whole; it is paged in memory. */
export const wholeList: Priced = priced({ calls: 1, size: bothWaysSize });

/** A list that is part of its parent's own record: no call, paged in memory. */
export const includedList: Priced = priced({ calls: 0, size: bothWaysSize });

/** A plain list, not a connection, that one REST call returns; `usualSize` is the number of elements to count. */
export function listOf(usualSize: number): Priced {
  return priced({ calls: 1, size: () => usualSize });
}

/** A list with one REST call for each element; `sizeOf` reads its length from the arguments. */
export function each(sizeOf: (args: Args) => number): Priced {
  return priced({ calls: sizeOf, size: sizeOf });
}

/** For `each`: the length of the list argument `name`, or of that list in `input`; 1 if there is no such list. */
export function lengthOf(name: string): (args: Args) => number {
  return (args) => {
    const { input = args } = args;
    const list: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, name) : undefined;
    return Array.isArray(list) ? list.length : 1;
  };
}
