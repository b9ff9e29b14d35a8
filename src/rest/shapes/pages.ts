// Lists of the REST API: pages forward only, `limit` 10 to 100, `start` = the id of the element before.
// Source: the vendor's request guide ("pagination").
import { RestBodyTooLargeError } from '../errors.ts';

/** A page as the vendor sends it: any key may be missing or null. */
export interface ListAnswer<T> {
  readonly limit?: number | null;
  readonly data?: readonly T[] | null;
  readonly last?: string | null;
}

/** A page made regular. */
export interface Page<T> {
  readonly items: readonly T[];
  /** The `start` of the next page; null: the vendor says that nothing follows. */
  readonly last: string | null;
  /** As many items as there could be. A page that isn't full is the last one. */
  readonly full: boolean;
}

export interface PageRequest {
  /** 10 to 100. */
  readonly limit: number;
  /** Where the page begins, exclusive; absent: at the newest. */
  readonly start?: string;
}

export type FetchPage<T> = (request: PageRequest) => Promise<Page<T>>;

/** The answer to a request with `limit`. The server may have applied a smaller one: then that makes a page full. */
export function pageOf<T>(answer: ListAnswer<T>, limit: number): Page<T> {
  const items = answer.data ?? [];
  const applied = Math.min(limit, answer.limit || limit);
  return { items, last: answer.last || null, full: items.length > 0 && items.length >= applied };
}

export interface WalkOptions {
  /** The bound, in whole pages. */
  readonly maxPages: number;
  /** How much to ask for, 10 to 100, asked before each whole page; default 100. */
  readonly limit?: () => number;
  /** Where the walk begins, exclusive; default: at the newest. */
  readonly start?: string | undefined;
}

/** `ended`: the list ends with this page. A walk without an ended page has not seen everything. */
export interface WalkedPage<T> extends Page<T> {
  readonly ended: boolean;
}

/** What is asked for after a page over the body cap. */
const SMALL_LIMIT = 10;
const WHOLE_LIMIT = 100;

/**
 * The pages of a list, one after the other, until it ends, the bound is reached or a `last` comes again (a server
 * that ignores `start` would otherwise be asked for ever). A page over the body cap is asked for again in parts of
 * 10; what follows these is asked for in whole pages again.
 */
export async function* walkPages<T>(
  fetchPage: FetchPage<T>,
  { maxPages, limit: wholeLimit = () => WHOLE_LIMIT, start: begin }: WalkOptions,
): AsyncGenerator<WalkedPage<T>, void, undefined> {
  const seen = new Set(begin === undefined ? [] : [begin]);
  let start = begin;
  let partsLeft = 0;
  for (let pagesLeft = maxPages; pagesLeft > 0;) {
    const limit = partsLeft > 0 ? SMALL_LIMIT : wholeLimit();
    let page: Page<T>;
    try {
      page = await fetchPage({ limit, ...(start === undefined ? {} : { start }) });
    } catch (error) {
      if (!(error instanceof RestBodyTooLargeError) || limit <= SMALL_LIMIT) throw error;
      partsLeft = Math.ceil(limit / SMALL_LIMIT);
      continue;
    }
    if (page.last !== null && seen.has(page.last)) return;
    const ended = !page.full || page.last === null;
    yield { ...page, ended };
    if (ended) return;
    partsLeft = Math.max(0, partsLeft - 1);
    if (partsLeft === 0) pagesLeft -= 1;
    start = page.last ?? undefined;
    if (page.last !== null) seen.add(page.last);
  }
}
