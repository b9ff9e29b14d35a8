// Connections over lists that are completely in memory. They can page in both directions and know the number of elements.
import {
  countOf,
  DEFAULT_FIRST_OF_ALL,
  KnownPage,
  LazyEdge,
  MAX_FIRST,
  type BothWaysArgs,
  type CountedConnection,
  type CursorCodec,
  type Edge,
  type Places,
} from '../connection.ts';

/** The order of a list that is known whole. */
export interface ListOrder<T> extends Places<T> {
  /**
   * Compares like a function for `Array.sort`, in the alphabetical order of the keys. It is called often, so it should not build
   * the keys.
   */
  readonly compare: (one: T, other: T) => number;
  /**
   * A whole number that never falls from one element to the next; elements with the same number are compared. It makes sorting
   * faster, because numbers are sorted without a function. Default: all elements are compared.
   */
  readonly rankOf?: (element: T) => number;
}

/** The edges of a list that is known whole, sorted. */
export function edgesInOrder<T>(all: readonly T[], order: ListOrder<T>): readonly Edge<T>[] {
  const isSorted = all.every(
    (element, at) => at === 0 || order.compare(all[at - 1] ?? element, element) <= 0,
  );
  const sorted = isSorted ? all : (sortedByRank(all, order) ?? all.toSorted(order.compare));
  return sorted.map((node) => new LazyEdge(node, order));
}

/** The elements, sorted; null without ranks, or if a double cannot hold a rank and a position together. */
function sortedByRank<T>(all: readonly T[], { rankOf, compare }: ListOrder<T>): readonly T[] | null {
  if (rankOf === undefined) return null;
  const count = all.length;
  const places = new Float64Array(count);
  for (const [at, element] of all.entries()) places[at] = rankOf(element) * count + at;
  // By rank, then by position.
  places.sort();
  if (!Number.isSafeInteger(places.at(-1))) return null;
  const sorted: T[] = [];
  let hasEqualRanks = false;
  let last = -1;
  for (const place of places) {
    const at = place % count;
    const element = all[at];
    if (element !== undefined) sorted.push(element);
    if (place - at === last) hasEqualRanks = true;
    last = place - at;
  }
  return hasEqualRanks ? sorted.sort(compare) : sorted;
}

/** The page with all edges of a list. `isKept`: whether the page is kept with the list. */
export function wholePage<T>(edges: readonly Edge<T>[], isKept = false): CountedConnection<T> {
  return { edges, totalCount: edges.length, pageInfo: new KnownPage(edges, false, false), isKept };
}

/**
 * A page of a list whose edges are sorted. A cursor contains the key of its element, so it stays valid when the element is gone.
 * A page with all edges is `whole` itself.
 */
export function pageOf<T>(
  whole: CountedConnection<T>,
  args: BothWaysArgs,
  order: ListOrder<T>,
): CountedConnection<T> {
  const all = whole.edges;
  const after = decoded('after', args.after, order.cursors);
  const before = decoded('before', args.before, order.cursors);
  const first = countOf('first', args.first, args.last == null ? DEFAULT_FIRST_OF_ALL : MAX_FIRST);
  const last = countOf('last', args.last, MAX_FIRST);
  const from = after === null ? 0 : countWhile(all, ({ node }) => order.keyOf(node) <= after);
  const to = before === null ? all.length : countWhile(all, ({ node }) => order.keyOf(node) < before);
  // The order of the Relay specification: `first` cuts from the front, then `last` from the back of the rest.
  const end = args.first == null && args.last != null ? to : Math.min(to, from + first);
  const begin = Math.max(from, end - last);
  if (begin === 0 && end === all.length) return whole;
  const edges = all.slice(begin, end);
  return { edges, totalCount: all.length, pageInfo: new KnownPage(edges, begin > 0, end < all.length) };
}

/** How many elements at the beginning of the list meet a condition that no later element meets, by binary search. */
function countWhile<T>(sorted: readonly T[], holds: (element: T) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const element = sorted[middle];
    if (element !== undefined && holds(element)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A page of a list that is not kept. */
export function connectionOverAll<T>(
  all: readonly T[],
  args: BothWaysArgs,
  cursors: CursorCodec,
  keyOf: (element: T) => string,
): CountedConnection<T> {
  const order = { cursors, keyOf, compare: (one: T, other: T) => (keyOf(one) < keyOf(other) ? -1 : 1) };
  return pageOf(wholePage(edgesInOrder(all, order)), args, order);
}

function decoded(argument: string, cursor: string | null | undefined, cursors: CursorCodec): string | null {
  return cursor == null ? null : cursors.decode(argument, cursor);
}
