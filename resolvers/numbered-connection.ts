// A list that REST pages by number as a connection. A cursor holds how many elements stand in front of it, and the
// window of time that the list had when it began: new elements stay outside, so that the numbers keep their meaning.
import {
  countOf,
  cursorsOf,
  DEFAULT_FIRST,
  endsOf,
  MAX_LIMIT,
  type CountedConnection,
  type CursorCodec,
  type Edge,
  type ForwardArgs,
} from './connection.ts';

/** Both inclusive, in milliseconds since the epoch. */
export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/** `limit` is 1 to 100, `page` counts from 1. */
export type FetchNumberedPage<T> = (
  request: { readonly limit: number; readonly page: number } & Window,
) => Promise<{ readonly items: readonly T[]; readonly total: number }>;

export function numberedCursorsOf(list: string): CursorCodec {
  return cursorsOf(list, /^\d{1,15} \d{1,15} \d{1,9}$/);
}

/** A page of a numbered list; `window` serves where no cursor brings its own. Mostly one request for every 100. */
export async function connectionOverNumbers<T>(
  args: ForwardArgs,
  window: Window,
  cursors: CursorCodec,
  fetchPage: FetchNumberedPage<T>,
): Promise<CountedConnection<T>> {
  const first = countOf('first', args.first, DEFAULT_FIRST);
  const after = args.after ?? null;
  const [fromMs = window.fromMs, toMs = window.toMs, begin = 0] =
    after === null ? [] : cursors.decode('after', after).split(' ').map(Number);
  const edges: Edge<T>[] = [];
  for (;;) {
    const offset = begin + edges.length;
    const limit = limitAt(offset, first - edges.length);
    const page = Math.floor(offset / limit) + 1;
    const { items, total } = await fetchPage({ limit, page, fromMs, toMs });
    const skip = offset % limit;
    const taken = items.slice(skip, skip + first - edges.length);
    for (const [index, node] of taken.entries()) {
      edges.push({ node, cursor: cursors.encode(`${fromMs} ${toMs} ${offset + index + 1}`) });
    }
    const end = begin + edges.length;
    if (edges.length < first && end < total && taken.length > 0) continue;
    const pageInfo = { ...endsOf(edges), hasPreviousPage: after !== null, hasNextPage: end < total };
    return { edges, totalCount: total, pageInfo };
  }
}

/** The smallest size of page of which one holds all that is wanted from `offset` on, else the largest. */
function limitAt(offset: number, wanted: number): number {
  const count = Math.min(MAX_LIMIT, Math.max(1, wanted));
  for (let limit = count; limit < MAX_LIMIT; limit += 1) {
    if (Math.floor(offset / limit) === Math.floor((offset + count - 1) / limit)) return limit;
  }
  return MAX_LIMIT;
}
