// REST pages into Relay connections: the only place that knows both.
// The REST API pages forward only, `limit` 10 to 100, `start` exclusive = the id of the element before; so an
// edge's cursor is the element's own id, and any cursor resumes right behind it.
import type { FetchPage } from '../src/rest/pages.ts';
import { badUserInput, shown } from './errors.ts';

/** Arguments of a connection that can only be walked forward. */
export interface ForwardArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** Arguments of a connection that can be walked both ways. */
export interface BothWaysArgs extends ForwardArgs {
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

export interface Edge<T> {
  readonly cursor: string;
  readonly node: T;
}

/** Where a page stands. `hasNextPage` may cost a request and is therefore asked only when it is read. */
export interface PageInfo {
  readonly hasNextPage: boolean | Promise<boolean>;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

export interface Connection<T> {
  readonly edges: readonly Edge<T>[];
  readonly pageInfo: PageInfo;
}

/** A connection whose elements are all known. */
export interface CountedConnection<T> extends Connection<T> {
  readonly totalCount: number;
}

/** The largest `first` or `last`. */
export const MAX_FIRST = 500;
/** `first` of a paged connection where the caller gives none. */
export const DEFAULT_FIRST = 10;
/** `first` of a connection that is known whole, where the caller gives none. */
export const DEFAULT_FIRST_OF_ALL = 100;

const MIN_LIMIT = 10;
/** The largest page of the REST API. */
export const MAX_LIMIT = 100;
const MAX_CURSOR_LENGTH = 400;

/** Makes and reads the cursors of one list. A cursor of another list is refused. */
export interface CursorCodec {
  encode(key: string): string;
  decode(argument: string, cursor: string): string;
}

/** Cursors that hold a key of the shape `pattern`, marked with the name of their list. */
export function cursorsOf(list: string, pattern: RegExp): CursorCodec {
  const prefix = `${list}:`;
  const encode = (key: string) => Buffer.from(prefix + key).toString('base64url');
  return {
    encode,
    decode(argument, cursor) {
      const text = cursor.length > MAX_CURSOR_LENGTH ? '' : Buffer.from(cursor, 'base64url').toString();
      const key = text.slice(prefix.length);
      if (text.startsWith(prefix) && pattern.test(key) && encode(key) === cursor) return key;
      throw badUserInput(
        `\`${argument}\` must be a cursor as answered by this same list; ${shown(cursor)} is none.`,
      );
    },
  };
}

/** Cursors of the REST lists whose elements carry an id of 24 hexadecimal digits. */
export function hexCursorsOf(list: string): CursorCodec {
  return cursorsOf(list, /^[0-9a-f]{24}$/i);
}

/** A `first` or `last` as it counts; throws `BAD_USER_INPUT` for one that is out of bounds. */
export function countOf(argument: string, given: number | null | undefined, fallback: number): number {
  const count = given ?? fallback;
  if (Number.isInteger(count) && count >= 0 && count <= MAX_FIRST) return count;
  throw badUserInput(`\`${argument}\` must be a whole number from 0 to ${MAX_FIRST}; ${count} is not.`);
}

/**
 * A page of a REST list as a connection. `first` below 10 is cut from one page, above 100 joined from several.
 * Each request asks for one element more than wanted where `limit` has room, so that `hasNextPage` is nearly always
 * known for nothing; only behind a page that came back full at the limit does reading it cost one more request of 10.
 */
export async function connectionOverPages<T extends { readonly id: string }>(
  args: ForwardArgs,
  cursors: CursorCodec,
  fetchPage: FetchPage<T>,
): Promise<Connection<T>> {
  const first = countOf('first', args.first, DEFAULT_FIRST);
  const after = args.after ?? null;
  const start = after === null ? undefined : cursors.decode('after', after);
  const gathered = await gather(first, start, fetchPage);
  const edges = gathered.items.slice(0, first).map((node) => ({ cursor: cursors.encode(node.id), node }));
  let hasNextPage = gathered.items.length > first ? true : gathered.ended ? false : undefined;
  let question: Promise<boolean> | undefined;
  return {
    edges,
    pageInfo: {
      ...endsOf(edges),
      // What lies before the cursor is at least the element that it names.
      hasPreviousPage: after !== null,
      get hasNextPage() {
        if (hasNextPage !== undefined) return hasNextPage;
        question ??= fetchPage({ limit: MIN_LIMIT, ...startOf(gathered.next) }).then((page) => {
          hasNextPage = page.items.length > 0;
          return hasNextPage;
        });
        return question;
      },
    },
  };
}

interface Gathered<T> {
  readonly items: readonly T[];
  /** The list ended within these items. */
  readonly ended: boolean;
  /** Where the next request would start. */
  readonly next: string | undefined;
}

async function gather<T>(
  first: number,
  start: string | undefined,
  fetchPage: FetchPage<T>,
): Promise<Gathered<T>> {
  const items: T[] = [];
  let next = start;
  while (items.length < first) {
    const limit = Math.min(MAX_LIMIT, Math.max(MIN_LIMIT, first - items.length + 1));
    const page = await fetchPage({ limit, ...startOf(next) });
    // A server that ignores `start` gives the page of before again.
    if (next !== undefined && page.last === next) return { items, ended: true, next };
    items.push(...page.items);
    if (!page.full || page.last === null) return { items, ended: true, next };
    next = page.last;
  }
  return { items, ended: false, next };
}

function startOf(start: string | undefined): { start?: string } {
  return start === undefined ? {} : { start };
}

export function endsOf(edges: readonly Edge<unknown>[]): Pick<PageInfo, 'startCursor' | 'endCursor'> {
  return { startCursor: edges.at(0)?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null };
}

/**
 * A connection over elements that are all at hand. `keyOf` gives each a unique key whose order is the order of the
 * list; a cursor is that key, so it keeps its place even when its element has gone since.
 */
export function connectionOverAll<T>(
  all: readonly T[],
  args: BothWaysArgs,
  cursors: CursorCodec,
  keyOf: (element: T) => string,
): CountedConnection<T> {
  const after = decoded('after', args.after, cursors);
  const before = decoded('before', args.before, cursors);
  const first = countOf('first', args.first, args.last == null ? DEFAULT_FIRST_OF_ALL : MAX_FIRST);
  const last = countOf('last', args.last, MAX_FIRST);
  const sorted = all.map((node) => ({ key: keyOf(node), node })).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const from = after === null ? 0 : sorted.filter(({ key }) => key <= after).length;
  const to = before === null ? sorted.length : sorted.filter(({ key }) => key < before).length;
  // As the Relay specification orders it: `first` counts from the front, then `last` from the back of what is left.
  const end = args.first == null && args.last != null ? to : Math.min(to, from + first);
  const begin = Math.max(from, end - last);
  const edges = sorted.slice(begin, end).map(({ key, node }) => ({ cursor: cursors.encode(key), node }));
  return {
    edges,
    totalCount: all.length,
    pageInfo: { ...endsOf(edges), hasPreviousPage: begin > 0, hasNextPage: end < sorted.length },
  };
}

function decoded(argument: string, cursor: string | null | undefined, cursors: CursorCodec): string | null {
  return cursor == null ? null : cursors.decode(argument, cursor);
}
