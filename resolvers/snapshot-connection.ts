// A list that REST pages by an opaque `next` as a connection: the first request takes a snapshot, which `next` walks.
// Only the ends of pages have a token of their own. The cursor of the last edge of a page is therefore the next page's
// token; within a page it is the token of that page with the element's index and id.
import { RestNotFoundError, RestRefusedError } from '../src/rest/errors.ts';
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
import { badUserInput } from './errors.ts';

/** A page of a snapshot. */
export interface SnapshotPage<T> {
  readonly items: readonly T[];
  /** Where the next page starts; null: nothing follows. */
  readonly next: string | null;
  /** Of the whole list. */
  readonly total: number;
}

/** `limit` is 1 to 100; without `start` a new snapshot begins. */
export type FetchSnapshotPage<T> = (request: {
  readonly limit: number;
  readonly start?: string;
}) => Promise<SnapshotPage<T>>;

interface Place {
  /** The token of a page; empty: the first page of a new snapshot. */
  readonly token: string;
  /** How many elements of the page stand in front of the place. */
  readonly skip: number;
  /** The last of these; empty where there is none. */
  readonly id: string;
}

/** How far the element of a cursor is looked for where it is not at its index, in pages. */
const MAX_SEARCH_PAGES = 10;

/** Cursors of one list; tokens are the vendor's and of any form without blanks. */
export function snapshotCursorsOf(list: string): CursorCodec {
  return cursorsOf(list, /^\S{0,200} \d{1,3} [\w-]{0,40}$/);
}

/** A page, the token it began at, and how many of its elements are passed over. */
interface Reading<T> {
  readonly page: SnapshotPage<T>;
  readonly token: string;
  readonly skip: number;
}

/** A page of a list of snapshots. Costs a request for every 100 elements, and none for `hasNextPage` or the count. */
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
    // A server that ignores `start` would be asked for ever.
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

/** What follows the place, if need be after a search for the place's element. */
async function resume<T extends { readonly id: string }>(
  { token, skip, id }: Place,
  wanted: number,
  read: FetchPlace<T>,
): Promise<Reading<T>> {
  const page = await unlessDead(token, read(token, wanted + skip));
  if (id === '' || page.items[skip - 1]?.id === id) return { page, token, skip };
  // The first page has no token and is read anew: what happened since may stand in front of the element.
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

/** Tokens die 24 hours after their snapshot; the upstream refuses them then. */
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
    'The cursor in `after` is no longer good: they live for 24 h here. Begin the list anew.',
  );
}

/** The place right behind an element, as a cursor holds it. */
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
