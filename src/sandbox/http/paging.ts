// The vendor's pages: forward only and newest first. `start` is the id of the last element of the page before;
// `limit` in the answer is the limit that was applied.

/** The paging parameters of a list's query. */
export interface PageQuery {
  /** Clamped to 10 to 100. Default 10. */
  readonly limit?: number;
  /** Id of the element before the page. Default: the page begins with the newest element. */
  readonly start?: string;
}

/** A page as the REST API answers it. */
export interface Page<Element> {
  /** The limit that was applied. */
  limit: number;
  /** Null in place of an empty list where the workspace's options say so. */
  data: Element[] | null;
  /** Id of the last element; `''` on an empty page. */
  last: string;
}

/** Bounds of the creation time in a list's query. */
export interface TimeFilter {
  /** RFC 3339; both bounds are inclusive. Default: no bound. */
  readonly after?: string;
  readonly before?: string;
}

/**
 * One page of `newestFirst`, which must be in descending order of ids. If no element has the id `start` (any more),
 * the page still begins with the next smaller id. `emptyData` decides the `data` of an empty page.
 */
export function pageOf<Item extends { readonly id: string }, Element>(
  newestFirst: readonly Item[],
  query: PageQuery,
  emptyData: 'array' | 'null',
  shape: (item: Item) => Element,
): Page<Element> {
  const limit = Math.min(100, Math.max(10, query.limit ?? 10));
  const { start = '' } = query;
  const items = newestFirst.filter((item) => start === '' || item.id < start).slice(0, limit);
  const data = items.length === 0 && emptyData === 'null' ? null : items.map(shape);
  return { limit, data, last: items.at(-1)?.id ?? '' };
}

/** Whether a time, in milliseconds since the epoch, is within the bounds. */
export function isWithin(ms: number, { after, before }: TimeFilter): boolean {
  return (
    (after === undefined || ms >= Date.parse(after)) && (before === undefined || ms <= Date.parse(before))
  );
}
