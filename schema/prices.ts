// Prices of fields: options to spread into the definition of a field. A field without a price counts as one object without a REST
// call. A price is the highest possible cost of a field; points that were not used are given back after the operation.
// src/server/operation/operation-cost.ts adds the prices up.
import { DEFAULT_FIRST, DEFAULT_FIRST_OF_ALL, MAX_LIMIT } from '../resolvers/connection.ts';
import { typenameIn } from '../resolvers/ids.ts';
import type { NodeTypeName } from '../resolvers/nodes.ts';
import { typenameOf } from '../resolvers/representations.ts';

type Args = Readonly<Record<string, unknown>>;

/** The price of a field, kept in its `extensions.price`; see `FieldPrice` in src/server/operation/field-price.ts. */
interface FieldPrice {
  /** The most REST calls for each parent object. */
  readonly calls: number | ((args: Args) => number);
  /** The most elements of the list, or of the edges of the connection; one by default. */
  readonly size?: ((args: Args) => number) | 'ofConnection';
  /** The points of each object that the field returns; 1 by default. */
  readonly weight?: number;
  /** The calls are made once for all elements of the innermost list around the field that `groups`. */
  readonly per?: 'once';
  /** The elements of the list belong to one room or template, so fields with `once` make the same calls for all. */
  readonly groups?: true;
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

/** One call for every 100 elements, and one for `hasNextPage` after a full page of 100. */
function pageCalls(args: Args): number {
  return Math.floor(forwardSize(args) / MAX_LIMIT) + 1;
}

/** A field that makes at most `count` REST calls for each parent object. */
export function calls(count: number): Priced {
  return priced({ calls: count });
}

/** One REST call that may take minutes: operations with such a field get a longer timeout. */
export const slowCall = { extensions: { ...calls(1).extensions, slow: true } } as const;

/**
 * A field that is looked up by id, together with the same field of other parents: at most one call for each, usually fewer,
 * and none from memory.
 */
export const batched: Priced = calls(1);

/** A field that makes at most `count` REST calls for all elements of one room's, session's or template's list together. */
export function onceForAll(count: number): Priced {
  return priced({ calls: count, per: 'once' });
}

/** A list that the REST API pages. */
export const pages: Priced = priced({ calls: pageCalls, size: forwardSize });

/** A list that the REST API pages, of which all elements belong to the same room. */
export const pagesOfRoom: Priced = priced({ calls: pageCalls, size: forwardSize, groups: true });

/** A list of one room that one REST call returns as a whole; it is paged in memory. */
export const wholeList: Priced = priced({ calls: 1, size: bothWaysSize, groups: true });

/** A list of one session that is part of its parent's own record: no call, paged in memory. */
export const includedList: Priced = priced({ calls: 0, size: bothWaysSize, groups: true });

/** A plain list, not a connection, at `count` REST calls; `usualSize` is the number of elements to count. */
export function listOf(usualSize: number, count = 1): Priced {
  return priced({ calls: count, size: () => usualSize, groups: true });
}

/** A plain list that is part of its parent's own record; `usualSize` is the number of elements to count. */
export function includedListOf(usualSize: number): Priced {
  return listOf(usualSize, 0);
}

/** A list with one REST call for each element; `sizeOf` reads its length from the arguments. */
export function each(sizeOf: (args: Args) => number): Priced {
  return priced({ calls: sizeOf, size: sizeOf });
}

/**
 * Changes of connected peers, `countOf` of them: one REST call for each. A new role is looked up in the template of the
 * room, at up to 4 calls for all of them.
 */
export function peerChanges(countOf: (args: Args) => number): Priced {
  return priced({ calls: (args) => countOf(args) + (hasNewRole(args) ? 4 : 0), size: countOf });
}

function hasNewRole({ input }: Args): boolean {
  const changes: readonly unknown[] = [input, ...listed(Object(input).updates)];
  return changes.some((change) => Object(change).role != null);
}

/** The look-up of a Node by the global id `id`. */
export const lookUp: Priced = priced({ calls: ({ id }) => callsOfNode(id) });

/** The look-up of several Nodes by their global ids `ids`. */
export const lookUps: Priced = priced({
  calls: ({ ids }) => listed(ids).reduce<number>((sum, id) => sum + callsOfNode(id), 0),
  size: ({ ids }) => listed(ids).length,
});

/** The look-up of several entities by their `representations`; it costs what the look-up of their ids costs. */
export const entityLookUps: Priced = priced({
  calls: ({ representations }) =>
    listed(representations).reduce<number>((sum, one) => sum + callsOfType(typenameOf(one)), 0),
  size: ({ representations }) => listed(representations).length,
});

/** The most calls for a Node with a global id. */
function callsOfNode(id: unknown): number {
  return callsOfType(typeof id === 'string' ? typenameIn(id) : null);
}

/** The most calls for a Node of a type: a peer is searched for in the live room and in 3 pages of sessions. */
function callsOfType(typename: NodeTypeName | null): number {
  if (typename === 'Peer') return 4;
  return typename === 'RoomCode' || typename === 'RoomLayout' ? 3 : 1;
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The `edges` of a connection, which alone cost a point for each element. */
export const edges: Priced = priced({ calls: 0, size: 'ofConnection' });

/** An object that costs nothing by itself: the `pageInfo` of a connection, the `node` of an edge. */
export const uncounted: Priced = priced({ calls: 0, weight: 0 });

/** The text of the whole schema, from memory. Introspection answers twice as many bytes for 45 points. */
export const wholeSchema: Priced = priced({ calls: 0, weight: 25 });

/** For `each`: the length of the list argument `name`, or of that list in `input`; 1 if there is no such list. */
export function lengthOf(name: string): (args: Args) => number {
  return (args) => {
    const { input = args } = args;
    const list: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, name) : undefined;
    return Array.isArray(list) ? list.length : 1;
  };
}
