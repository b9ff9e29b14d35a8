// The vendor's pages: forward only, newest first, `start` names the element before, `limit` is echoed as used.

export interface PageQuery {
  readonly limit?: number;
  readonly start?: string;
}

export interface Page<Element> {
  limit: number;
  data: Element[] | null;
  last: string;
}

export interface TimeFilter {
  /** RFC 3339; both bounds are inclusive. */
  readonly after?: string;
  readonly before?: string;
}

/**
 * One page of `newestFirst`, whose ids fall. `limit` is 10 unless given and held within 10 to 100. A `start` that
 * names nothing (any more) still means the elements with a smaller id.
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

export function isWithin(ms: number, { after, before }: TimeFilter): boolean {
  return (
    (after === undefined || ms >= Date.parse(after)) && (before === undefined || ms <= Date.parse(before))
  );
}
