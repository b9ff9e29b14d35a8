// REST pages into Relay connections: the only place that knows both.
// The REST API pages forward only, `limit` 10 to 100, `start` exclusive = the id of the element before; so an
// edge's cursor is the element's own id, and any cursor resumes right behind it.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { walkPages, type FetchPage } from '../src/rest/shapes/pages.ts';
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

/** Where a page stands. `hasNextPage` may cost a request and is therefore asked only when it is read; see `openEnded`. */
export interface PageInfo {
  readonly hasNextPage: boolean | Promise<boolean>;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null | Promise<string | null>;
}

export interface Connection<T> {
  readonly edges: readonly Edge<T>[] | Promise<readonly Edge<T>[]>;
  readonly pageInfo: PageInfo;
}

/** A connection over a list whose length is known. */
export interface CountedConnection<T> extends Connection<T> {
  readonly edges: readonly Edge<T>[];
  readonly pageInfo: PageInfo & { readonly endCursor: string | null };
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
 * A page of a REST list as a connection. `first` below 10 is cut from one page, above 100 joined from several; a page
 * over the body cap is asked for again in parts of 10.
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
  const { items, ended, next } = await gather(first, start, fetchPage);
  const edges = items.slice(0, first).map((node) => ({ cursor: cursors.encode(node.id), node }));
  // What lies before the cursor is at least the element that it names.
  const hasPreviousPage = after !== null;
  if (ended || items.length > first) {
    return { edges, pageInfo: { ...endsOf(edges), hasPreviousPage, hasNextPage: items.length > first } };
  }
  return openEnded(edges, hasPreviousPage, async () => {
    const behind = await fetchPage({ limit: MIN_LIMIT, ...(next === undefined ? {} : { start: next }) });
    return behind.items.length > 0;
  });
}

/**
 * A full page of which it is not known whether it is the last; reading `hasNextPage` asks. Should the answer fail,
 * the page is given without its last element, and `hasNextPage` is true of what was given: no element is lost. So
 * what tells where the page ends waits for a question that is asked in the same turn.
 */
function openEnded<T>(
  edges: readonly Edge<T>[],
  hasPreviousPage: boolean,
  goesOn: () => Promise<boolean>,
): Connection<T> {
  let question: Promise<boolean> | undefined;
  let page: Promise<readonly Edge<T>[]> | undefined;
  let given: readonly Edge<T>[] | undefined;
  const ask = async () => {
    try {
      return await goesOn();
    } catch (error) {
      // Nobody wants the elements, or has them already, or there is none to give without the last.
      if (page === undefined || given !== undefined || edges.length < 2) throw error;
      given = edges.slice(0, -1);
      return true;
    }
  };
  const give = async () => {
    await nextTurn();
    await question?.catch(() => undefined);
    given ??= edges;
    return given;
  };
  return {
    get edges() {
      return (page ??= give());
    },
    pageInfo: {
      startCursor: edges.at(0)?.cursor ?? null,
      hasPreviousPage,
      get endCursor() {
        page ??= give();
        return page.then((taken) => taken.at(-1)?.cursor ?? null);
      },
      get hasNextPage() {
        return (question ??= ask());
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
  const limit = () => Math.min(MAX_LIMIT, Math.max(MIN_LIMIT, first - items.length + 1));
  // A page that is not the last holds at least one element, however few the server is willing to give.
  for await (const page of walkPages(fetchPage, { start, limit, maxPages: first })) {
    items.push(...page.items);
    next = page.last ?? next;
    if (page.isLast || items.length >= first) return { items, ended: page.isLast, next };
  }
  // Nothing was wanted, or the server gives the page of before again.
  return { items, ended: first > 0, next };
}

export function endsOf(edges: readonly Edge<unknown>[]) {
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
