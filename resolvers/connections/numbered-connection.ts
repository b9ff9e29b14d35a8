// Connections over lists that the REST API pages by page number. A cursor contains an offset, and the time window that the list
// had when the client read its first page. Newer elements are outside that window, so offsets stay valid.
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
} from '../connection.ts';

/** A time window; both ends are inclusive, in milliseconds since the epoch. */
export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Reads a page. `limit` is 1 to 100, `page` counts from 1. */
export type FetchNumberedPage<T> = (
  request: { readonly limit: number; readonly page: number } & Window,
) => Promise<{ readonly items: readonly T[]; readonly total: number }>;

export function numberedCursorsOf(list: string): CursorCodec {
  return cursorsOf(list, /^\d{1,15} \d{1,15} \d{1,9}$/);
}

/** One page of a numbered list as a connection. `window` is used without a cursor. Usually one request for every 100 elements. */
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

/** The smallest page size with which one page contains all wanted elements from `offset` on; else the largest size. */
function limitAt(offset: number, wanted: number): number {
  const count = Math.min(MAX_LIMIT, Math.max(1, wanted));
  for (let limit = count; limit < MAX_LIMIT; limit += 1) {
    if (Math.floor(offset / limit) === Math.floor((offset + count - 1) / limit)) return limit;
  }
  return MAX_LIMIT;
}
