// Pages of the REST API's lists. They go forward only; a request has a `limit` of 10 to 100 and, after the first page,
// the `last` of the page before as its `start`. Source: the vendor's request guide ("pagination").
import { RestBodyTooLargeError } from '../errors.ts';
import { leftOutOf } from './repair.ts';

/** A page as the vendor sends it: any key may be missing or null. */
export interface ListAnswer<T> {
  /** The limit that the server has applied; it may be smaller than the requested one. */
  readonly limit?: number | null;
  readonly data?: readonly T[] | null;
  readonly last?: string | null;
}

/** A page of a list, with missing keys filled in. */
export interface Page<T> {
  /** In the vendor's order, mostly newest first; not copied. */
  readonly items: readonly T[];
  /** The `start` of the next page; null if the answer names none, so the list ends here. */
  readonly last: string | null;
  /**
   * Whether the page had as many items as its limit allows, those left out by a repair included. A page that is not full
   * is the last one.
   */
  readonly isFull: boolean;
  /** The elements that could not be read, as received. Absent: none. */
  readonly leftOut?: readonly unknown[];
}

/** The size and the place of a page. */
export interface PageRequest {
  /** Most items, 10 to 100. */
  readonly limit: number;
  /** The `last` of the page before: the page begins after that item. Absent: the first page. */
  readonly start?: string;
}

/** Fetches one page. Rejects with a `RestError`. */
export type FetchPage<T> = (request: PageRequest) => Promise<Page<T>>;

/**
 * Makes a `Page` of an answer. If the server has applied a smaller limit than `limit`, `isFull` depends on the smaller
 * one.
 */
export function pageOf<T>(answer: ListAnswer<T>, limit: number): Page<T> {
  const items = answer.data ?? [];
  const applied = Math.min(limit, answer.limit || limit);
  const leftOut = leftOutOf(items);
  const received = items.length + leftOut.length;
  const page = { items, last: answer.last || null, isFull: received > 0 && received >= applied };
  return leftOut.length === 0 ? page : { ...page, leftOut };
}

/** The extent of a walk over a list. */
export interface WalkOptions<T> {
  /**
   * Returns an item's identity, such as its id. It removes repetitions: pages overlap when an item is added between two requests.
   */
  readonly keyOf: (item: T) => string;
  /** Most pages. A page that is fetched in parts counts once. */
  readonly maxPages: number;
  /** Returns the limit of the next page, 10 to 100; called before each whole page, not before parts of 10. Default: 100. */
  readonly limit?: () => number;
  /** The item after which the walk begins. Default: the walk begins with the first item of the list. */
  readonly start?: string | undefined;
}

/** The key of an item with an id of the vendor: that id. */
export const idOf = ({ id }: { readonly id: string }): string => id;

/** A page of a walk, without the items of earlier pages. */
export interface WalkedPage<T> extends Page<T> {
  /** Whether the list ends with this page. A walk without such a page has not seen the whole list. */
  readonly isLast: boolean;
}

/** The smallest limit of the REST API; of the requests that replace a page over the body cap, too. */
export const MIN_LIMIT = 10;
const WHOLE_LIMIT = 100;

/**
 * Yields the pages of a list in order until the list ends, `maxPages` is reached, or a page brings no new item or no new
 * `last` (if a server ignores `start`, the walk would never end). Each item is yielded once, however often it comes. A
 * page over the body cap is fetched again in parts of 10 items, each of which is yielded as a page; the next pages are
 * whole again.
 * @throws what `fetchPage` throws; RestBodyTooLargeError only if a part of 10 items is over the cap too
 */
export async function* walkPages<T>(
  fetchPage: FetchPage<T>,
  { keyOf, maxPages, limit: wholeLimit = () => WHOLE_LIMIT, start: firstStart }: WalkOptions<T>,
): AsyncGenerator<WalkedPage<T>, void, undefined> {
  const seen = new Set(firstStart === undefined ? [] : [firstStart]);
  const keys = new Set<string>();
  let start = firstStart;
  let partsLeft = 0;
  for (let pagesLeft = maxPages; pagesLeft > 0;) {
    const limit = partsLeft > 0 ? MIN_LIMIT : wholeLimit();
    let page: Page<T>;
    try {
      page = await fetchPage({ limit, ...(start === undefined ? {} : { start }) });
    } catch (error) {
      if (!(error instanceof RestBodyTooLargeError) || limit <= MIN_LIMIT) throw error;
      partsLeft = Math.ceil(limit / MIN_LIMIT);
      continue;
    }
    const isLast = !page.isFull || page.last === null;
    const items = page.items.filter((item) => isNew(keyOf(item), keys));
    const isRepeated =
      page.last !== null &&
      seen.has(page.last) &&
      page.items
        .slice(-1)
        .map(keyOf)
        .some((key) => seen.has(key));
    if (isRepeated || (items.length === 0 && !isLast)) return;
    yield { ...page, items, isLast };
    if (isLast || seen.has(page.last ?? '')) return;
    partsLeft = Math.max(0, partsLeft - 1);
    if (partsLeft === 0) pagesLeft -= 1;
    start = page.last ?? undefined;
    if (page.last !== null) seen.add(page.last);
  }
}

/** Whether `key` is not in `keys` yet; it is then added. */
function isNew(key: string, keys: Set<string>): boolean {
  const before = keys.size;
  return keys.add(key).size > before;
}
