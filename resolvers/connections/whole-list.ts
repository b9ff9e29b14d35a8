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
}

/** The edges of a list that is known whole, sorted. */
export function edgesInOrder<T>(all: readonly T[], order: ListOrder<T>): readonly Edge<T>[] {
  const isSorted = all.every(
    (element, at) => at === 0 || order.compare(all[at - 1] ?? element, element) <= 0,
  );
  const sorted = isSorted ? all : all.toSorted(order.compare);
  return sorted.map((node) => new LazyEdge(node, order));
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
