// Connections over lists that the REST API pages by an opaque token, `next`: the first request takes a snapshot of the list, and
// later requests read its further pages. The API gives one token for each page. So the cursor of a page's last edge is the token
// of the next page; other cursors contain the token of their own page with the element's index and id.
import { RestNotFoundError, RestRefusedError } from '../../src/rest/errors.ts';
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
import { badUserInput } from '../errors.ts';

/** One page of a snapshot. */
export interface SnapshotPage<T> {
  readonly items: readonly T[];
  /** The token of the next page; null after the last page. */
  readonly next: string | null;
  /** Number of elements of the whole list. */
  readonly total: number;
}

/** Reads a page. `limit` is 1 to 100; without `start` the request takes a new snapshot. */
export type FetchSnapshotPage<T> = (request: {
  readonly limit: number;
  readonly start?: string;
}) => Promise<SnapshotPage<T>>;

interface Place {
  /** The token of a page; empty for the first page of a new snapshot. */
  readonly token: string;
  /** Number of elements of the page before the place. */
  readonly skip: number;
  /** The id of the last of these elements; empty without one. */
  readonly id: string;
}

/** Number of pages to search for the element of a cursor if it is no longer at its index. */
const MAX_SEARCH_PAGES = 10;

/** The cursors of one list. Tokens are the vendor's: any text without blanks, of at most 500 characters. */
export function snapshotCursorsOf(list: string): CursorCodec {
  return cursorsOf(list, /^\S{0,500} \d{1,3} \S{0,200}$/u);
}

/** A page, its token, and how many of its elements to skip. */
interface Reading<T> {
  readonly page: SnapshotPage<T>;
  readonly token: string;
  readonly skip: number;
}

/** One page of a snapshot as a connection. One request for every 100 elements; `hasNextPage` and `totalCount` cost none. */
export async function connectionOverSnapshot<T extends { readonly id: string }>(
  args: ForwardArgs,
  cursors: CursorCodec,
  fetchPage: FetchSnapshotPage<T>,
): Promise<CountedConnection<T>> {
  const first = countOf('first', args.first, DEFAULT_FIRST);
  const after = args.after ?? null;
  const read: FetchPlace<T> = (token, limit) =>
    fetchPage({ limit: Math.min(MAX_LIMIT, Math.max(1, limit)), ...(token === '' ? {} : { start: token }) });
  let reading = await resume(after === null ? START : placeOf(cursors.decode('after', after)), first, read);
  const edges: Edge<T>[] = [];
  for (;;) {
    const { page, skip } = reading;
    const taken = page.items.slice(skip, skip + first - edges.length);
    for (const [index, node] of taken.entries()) {
      edges.push({ node, cursor: cursors.encode(placeBehind(reading, skip + index, node)) });
    }
    const isRead = skip + taken.length >= page.items.length;
    const { next } = page;
    // A server that ignores `start` would make this loop endless.
    const ends = next === null || next === reading.token || page.items.length === 0;
    if (edges.length >= first || ends) {
      const pageInfo = {
        ...endsOf(edges),
        hasPreviousPage: after !== null,
        hasNextPage: !isRead || !ends,
      };
      return { edges, totalCount: page.total, pageInfo };
    }
    reading = { page: await read(next, first - edges.length), token: next, skip: 0 };
  }
}

type FetchPlace<T> = (token: string, limit: number) => Promise<SnapshotPage<T>>;

const START: Place = { token: '', skip: 0, id: '' };

/** The elements after the place. Searches for the element of the place if it has moved. */
async function resume<T extends { readonly id: string }>(
  { token, skip, id }: Place,
  wanted: number,
  read: FetchPlace<T>,
): Promise<Reading<T>> {
  const page = await unlessDead(token, read(token, wanted + skip));
  if (id === '' || page.items[skip - 1]?.id === id) return { page, token, skip };
  // The first page has no token and is read as a new snapshot: newer elements may come before the element.
  let reading: Reading<T> = { page, token, skip };
  for (let pages = 0; pages < MAX_SEARCH_PAGES; pages += 1) {
    const index = reading.page.items.findIndex((element) => element.id === id);
    if (index >= 0) return { ...reading, skip: index + 1 };
    const { next } = reading.page;
    if (next === null) break;
    reading = { page: await read(next, MAX_LIMIT), token: next, skip: 0 };
  }
  throw dead();
}

/** Explains a refused token: tokens expire 24 hours after their snapshot. */
async function unlessDead<T>(token: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const isRefused = error instanceof RestRefusedError || error instanceof RestNotFoundError;
    throw token !== '' && isRefused ? dead() : error;
  }
}

function dead() {
  return badUserInput(
    'The cursor in `after` has expired: cursors of this list are valid for 24 h. Start the list again.',
  );
}

/** The cursor of the place right after an element. */
function placeBehind<T extends { readonly id: string }>(
  { page, token }: Reading<T>,
  index: number,
  { id }: T,
): string {
  const isLast = index === page.items.length - 1;
  return isLast && page.next !== null ? `${page.next} 0 ` : `${token} ${index + 1} ${id}`;
}

function placeOf(text: string): Place {
  const [token = '', skip = '', id = ''] = text.split(' ');
  return { token, skip: Number(skip), id };
}
