// Turns REST pages into Relay connections. No other file deals with both. The REST API pages forward only: `limit` is 10 to 100,
// `start` is the id of the element before the page. A cursor contains the id of its own element, so the page after a cursor
// starts directly after that element.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { idOf, MIN_LIMIT, walkPages, type FetchPage } from '../src/rest/shapes/pages.ts';
import { badUserInput, quoted } from './errors.ts';
import { VENDOR_ID } from './local-ids.ts';

/** Arguments of a connection that pages forward only. */
export interface ForwardArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** Arguments of a connection that pages forward and backward. */
export interface BothWaysArgs extends ForwardArgs {
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** Relay's edge: an element, and the cursor after which the next page starts. */
export interface Edge<T> {
  readonly cursor: string;
  readonly node: T;
}

/** Relay's page info. Reading `hasNextPage` may cost a REST call, so it is computed when read; see `openEnded`. */
export interface PageInfo {
  readonly hasNextPage: boolean | Promise<boolean>;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null | Promise<string | null>;
}

/** Relay's connection: one page of a list. */
export interface Connection<T> {
  readonly edges: readonly Edge<T>[] | Promise<readonly Edge<T>[]>;
  readonly pageInfo: PageInfo;
}

/** A connection over a list whose length is known. */
export interface CountedConnection<T> extends Connection<T> {
  readonly edges: readonly Edge<T>[];
  readonly pageInfo: PageInfo & { readonly endCursor: string | null };
  readonly totalCount: number;
  /** Whether later operations get the same connection object, because it is kept with its list. Default: no. */
  readonly isKept?: boolean;
}

/** Whether later operations get the same connection object. */
export function isKeptConnection({ isKept }: CountedConnection<unknown>): boolean {
  return isKept === true;
}

/** The largest `first` or `last`. */
export const MAX_FIRST = 500;
/** Default of `first` for lists that the REST API pages. */
export const DEFAULT_FIRST = 10;
/** Default of `first` for lists that one REST call returns whole. */
export const DEFAULT_FIRST_OF_ALL = 100;

/** The largest page of the REST API. */
export const MAX_LIMIT = 100;
/** In characters: a token of 500 and a vendor id of 200 characters, of at most 4 bytes each, in base64. */
const MAX_CURSOR_LENGTH = 4000;

/** Encodes and decodes the cursors of one list. `decode` refuses a cursor of another list with `BAD_USER_INPUT`. */
export interface CursorCodec {
  encode(key: string): string;
  decode(argument: string, cursor: string): string;
}

/** Cursors with the name of their list and a key that matches `pattern`. */
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
        `\`${argument}\` must be a cursor that this list returned; ${quoted(cursor)} is not.`,
      );
    },
  };
}

/** How positions in a list are encoded in cursors. */
export interface Places<T> {
  readonly cursors: CursorCodec;
  /** Returns the unique key of an element, which its cursor contains. */
  readonly keyOf: (element: T) => string;
}

/** An edge that encodes its cursor only when it is read, because most operations select few cursors or none. */
export class LazyEdge<T> implements Edge<T> {
  readonly node: T;
  readonly #places: Places<T>;

  constructor(node: T, places: Places<T>) {
    this.node = node;
    this.#places = places;
  }

  get cursor(): string {
    return this.#places.cursors.encode(this.#places.keyOf(this.node));
  }
}

/** The page info of edges that are all known. */
export class KnownPage implements PageInfo {
  readonly hasPreviousPage: boolean;
  readonly hasNextPage: boolean;
  readonly #edges: readonly Edge<unknown>[];

  constructor(edges: readonly Edge<unknown>[], hasPreviousPage: boolean, hasNextPage: boolean) {
    this.#edges = edges;
    this.hasPreviousPage = hasPreviousPage;
    this.hasNextPage = hasNextPage;
  }

  get startCursor(): string | null {
    return this.#edges.at(0)?.cursor ?? null;
  }

  get endCursor(): string | null {
    return this.#edges.at(-1)?.cursor ?? null;
  }
}

/** Whether all of a page info is known, so that reading it has no effect. */
export function isKnownPage(page: PageInfo): boolean {
  return page instanceof KnownPage;
}

/** Cursors of the REST lists whose elements have a vendor id. */
export function idCursorsOf(list: string): CursorCodec {
  return cursorsOf(list, VENDOR_ID);
}

/** The value of `first` or `last`, or `fallback` without one. Throws `BAD_USER_INPUT` outside 0 to 500. */
export function countOf(argument: string, given: number | null | undefined, fallback: number): number {
  const count = given ?? fallback;
  if (Number.isInteger(count) && count >= 0 && count <= MAX_FIRST) return count;
  throw badUserInput(`\`${argument}\` must be a whole number from 0 to ${MAX_FIRST}; ${count} is not.`);
}

/**
 * One page of a REST list as a connection. `first` below 10 is cut from one REST page, above 100 joined from several; a
 * page over the body cap is requested again in parts of 10. Each request asks for one element more than wanted while
 * `limit` has room, so `hasNextPage` is usually known without another call. Only after a full REST page of 100 does reading
 * `hasNextPage` cost one more request, of 10 elements. Rejects with a `RestError`.
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
  const places = { cursors, keyOf: idOf };
  const edges = items.slice(0, first).map((node) => new LazyEdge(node, places));
  // The element that the cursor names comes before this page.
  const hasPreviousPage = after !== null;
  if (ended || items.length > first) {
    return { edges, pageInfo: new KnownPage(edges, hasPreviousPage, items.length > first) };
  }
  return openEnded(edges, hasPreviousPage, async () => {
    const behind = await fetchPage({ limit: MIN_LIMIT, ...(next === undefined ? {} : { start: next }) });
    return behind.items.some(({ id }) => !items.some((item) => item.id === id));
  });
}

/**
 * A full page that may be the last: reading `hasNextPage` sends one more request. If that request fails, the last edge is
 * dropped and `hasNextPage` is `true`, so no element is lost. `edges` and `endCursor` therefore wait for the request when
 * `hasNextPage` is selected too.
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
      // The page cannot be shortened (`edges` was not selected, was already returned, or has fewer than two elements): report
      // the error.
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
      get startCursor() {
        return edges.at(0)?.cursor ?? null;
      },
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
  /** Whether the list ended within these items. */
  readonly ended: boolean;
  /** Where the next request would start. */
  readonly next: string | undefined;
}

async function gather<T extends { readonly id: string }>(
  first: number,
  start: string | undefined,
  fetchPage: FetchPage<T>,
): Promise<Gathered<T>> {
  const items: T[] = [];
  let next = start;
  const limit = () => Math.min(MAX_LIMIT, Math.max(MIN_LIMIT, first - items.length + 1));
  // A page that is not the last has at least one element, so `first` pages are enough.
  for await (const page of walkPages<T>(fetchPage, { keyOf: idOf, start, limit, maxPages: first })) {
    items.push(...page.items);
    next = page.last ?? next;
    if (page.isLast || items.length >= first) return { items, ended: page.isLast, next };
  }
  // `first` is 0, or the server repeats the previous page.
  return { items, ended: first > 0, next };
}

/** The cursors of the first and last edge; null for an empty page. */
export function endsOf(edges: readonly Edge<unknown>[]) {
  return { startCursor: edges.at(0)?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null };
}
