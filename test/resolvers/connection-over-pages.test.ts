// The law of connections over REST pages: for any list, following `after` yields every node once and in order, and
// `pageInfo` is true.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionOverPages, idCursorsOf, type Connection } from '../../resolvers/connection.ts';
import { RestBodyTooLargeError, RestUnavailableError } from '../../src/rest/errors.ts';
import { pageOf, type FetchPage } from '../../src/rest/shapes/pages.ts';
import { fuzzRuns } from '../support/fuzz.ts';
import { settle } from '../support/manual-clock.ts';

interface Item {
  readonly id: string;
}

/** What a server sends as `last` of the final page: an id, as on every page, or one of three empty values. */
type LastOfEnd = 'id' | 'null' | 'empty' | 'absent';

const cursors = idCursorsOf('items');

function items(count: number): Item[] {
  return Array.from({ length: count }, (_, index) => ({
    id: (0xffffff - index).toString(16).padStart(24, '0'),
  }));
}

/** A list with the REST API's paging. `limits` collects the requested limits. */
function restList(list: readonly Item[], lastOfEnd: LastOfEnd, limits: number[] = []): FetchPage<Item> {
  return ({ limit, start }) => {
    limits.push(limit);
    expect(limit).toBeGreaterThanOrEqual(10);
    expect(limit).toBeLessThanOrEqual(100);
    const from = start === undefined ? 0 : list.findIndex(({ id }) => id === start) + 1;
    const data = list.slice(from, from + limit);
    const last = data.at(-1)?.id;
    const ends = from + limit >= list.length;
    const answer = { limit, data: data.length === 0 ? null : data };
    if (!ends || lastOfEnd === 'id') return Promise.resolve(pageOf({ ...answer, last: last ?? '' }, limit));
    if (lastOfEnd === 'absent') return Promise.resolve(pageOf(answer, limit));
    return Promise.resolve(pageOf({ ...answer, last: lastOfEnd === 'null' ? null : '' }, limit));
  };
}

const subject = { method: 'GET', route: '/items' };

/** The same list; pages of more than `most` elements exceed the body cap. */
function overCapBeyond(most: number, fetchPage: FetchPage<Item>): FetchPage<Item> {
  return async (request) => {
    const page = await fetchPage(request);
    if (page.items.length > most) throw new RestBodyTooLargeError(10_000_000, subject);
    return page;
  };
}

async function nodesOf(connection: Connection<Item>): Promise<readonly Item[]> {
  return (await connection.edges).map(({ node }) => node);
}

const lengths = fc.oneof(fc.nat({ max: 620 }), fc.constantFrom(0, 1, 9, 10, 11, 99, 100, 101, 200, 500));
const firsts = fc.oneof(
  fc.integer({ min: 1, max: 500 }),
  fc.constantFrom(1, 9, 10, 11, 99, 100, 101, 200, 500),
);
const lastsOfEnd = fc.constantFrom<LastOfEnd>('id', 'null', 'empty', 'absent');

describe('a connection over pages', () => {
  it('yields every node once and in order to a client that follows the cursors, and ends with the list', async () => {
    const mixes = fc.array(firsts, { minLength: 1, maxLength: 5 });
    const walk = fc.asyncProperty(lengths, mixes, lastsOfEnd, async (length, mix, lastOfEnd) => {
      const list = items(length);
      const walked: Item[] = [];
      let after: string | null = null;
      for (let turn = 0; ; turn += 1) {
        const first: number = mix[turn % mix.length] ?? 1;
        const page: Connection<Item> = await connectionOverPages(
          { first, after },
          cursors,
          restList(list, lastOfEnd),
        );
        const edges = await page.edges;
        expect(edges.length).toBe(Math.min(first, length - walked.length));
        walked.push(...edges.map(({ node }) => node));
        expect(await page.pageInfo.hasNextPage).toBe(walked.length < length);
        expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
        expect(page.pageInfo.startCursor).toBe(edges.at(0)?.cursor ?? null);
        expect(await page.pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? null);
        if (!(await page.pageInfo.hasNextPage)) break;
        after = await page.pageInfo.endCursor;
      }
      expect(walked).toEqual(list);
    });
    await fc.assert(walk, fuzzRuns(150));
  });

  it('resumes right after the edge of any cursor', async () => {
    const resume = fc.asyncProperty(
      lengths,
      firsts,
      fc.nat(),
      lastsOfEnd,
      async (length, first, pick, lastOfEnd) => {
        fc.pre(length > 0);
        const list = items(length);
        const whole = await connectionOverPages({ first: 500 }, cursors, restList(list, lastOfEnd));
        const edges = await whole.edges;
        const at = pick % edges.length;
        const after = edges[at]?.cursor ?? null;
        const page = await connectionOverPages({ first, after }, cursors, restList(list, lastOfEnd));
        expect(await nodesOf(page)).toEqual(list.slice(at + 1, at + 1 + first));
        expect(await page.pageInfo.hasNextPage).toBe(at + 1 + first < length);
      },
    );
    await fc.assert(resume, fuzzRuns(150));
  });

  it('requests as few pages as hold the wanted elements, and one more only if hasNextPage is read', async () => {
    const cost = fc.asyncProperty(lengths, firsts, lastsOfEnd, async (length, first, lastOfEnd) => {
      const limits: number[] = [];
      const page = await connectionOverPages({ first }, cursors, restList(items(length), lastOfEnd, limits));
      const needed = Math.max(1, Math.ceil(Math.min(first, length) / 100));
      // A full page at the end of a list that has an id in `last` does not show that the list ends.
      expect(limits.length).toBeLessThanOrEqual(length % 100 === 0 && length < first ? needed + 1 : needed);
      const before = limits.length;
      await page.pageInfo.hasNextPage;
      await page.pageInfo.hasNextPage;
      const mayAsk = first % 100 === 0 && length >= first && (length > first || lastOfEnd === 'id');
      expect(limits.slice(before)).toEqual(mayAsk ? [10] : []);
    });
    await fc.assert(cost, fuzzRuns(150));
  });

  it('requests nothing for `first: 0`, unless hasNextPage is read', async () => {
    const limits: number[] = [];
    const page = await connectionOverPages({ first: 0 }, cursors, restList(items(1), 'id', limits));
    expect(await page.edges).toEqual([]);
    expect(limits).toEqual([]);
    expect(await page.pageInfo.hasNextPage).toBe(true);
    expect(limits).toEqual([10]);
  });

  it('ends when a server repeats a page, as one that ignores `start` does', async () => {
    const list = items(300);
    const stuck: FetchPage<Item> = ({ limit }) =>
      Promise.resolve(pageOf({ limit, data: list.slice(0, limit), last: list[limit - 1]?.id ?? '' }, limit));
    const page = await connectionOverPages({ first: 500 }, cursors, stuck);
    expect(await nodesOf(page)).toEqual(list.slice(0, 100));
  });

  it('treats a page as full if the server has lowered the limit', async () => {
    const list = items(120);
    const lowered: FetchPage<Item> = ({ limit, start }) => {
      const from = start === undefined ? 0 : list.findIndex(({ id }) => id === start) + 1;
      const data = list.slice(from, from + 50);
      return Promise.resolve(pageOf({ limit: 50, data, last: data.at(-1)?.id ?? '' }, limit));
    };
    const page = await connectionOverPages({ first: 120 }, cursors, lowered);
    expect(await nodesOf(page)).toEqual(list);
    expect(await page.pageInfo.hasNextPage).toBe(false);
  });

  it('requests a page over the body cap again in parts of ten, and loses no element', async () => {
    const capped = fc.asyncProperty(lengths, firsts, lastsOfEnd, async (length, first, lastOfEnd) => {
      const list = items(length);
      const page = await connectionOverPages(
        { first },
        cursors,
        overCapBeyond(10, restList(list, lastOfEnd)),
      );
      expect(await nodesOf(page)).toEqual(list.slice(0, first));
      expect(await page.pageInfo.hasNextPage).toBe(first < length);
    });
    await fc.assert(capped, fuzzRuns(100));
  });

  it('requests only the wanted parts of a page over the body cap', async () => {
    const limits: number[] = [];
    const fetchPage = overCapBeyond(10, restList(items(500), 'id', limits));
    await connectionOverPages({ first: 25 }, cursors, fetchPage);
    expect(limits).toEqual([26, 10, 10, 10]);
  });

  it('fails if even ten elements are over the body cap', async () => {
    const page = connectionOverPages({ first: 50 }, cursors, overCapBeyond(9, restList(items(60), 'id')));
    await expect(page).rejects.toBeInstanceOf(RestBodyTooLargeError);
  });

  it.each([-1, 501, 1.5, Number.NaN])('refuses `first: %d` without a request', async (first) => {
    const limits: number[] = [];
    const page = connectionOverPages({ first }, cursors, restList(items(3), 'id', limits));
    await expect(page).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    expect(limits).toEqual([]);
  });

  it('refuses any text that is not exactly a cursor of this list', async () => {
    const strangers = fc.asyncProperty(fc.oneof(fc.string(), fc.base64String()), async (after) => {
      await expect(connectionOverPages({ after }, cursors, restList([], 'id'))).rejects.toMatchObject({
        extensions: { code: 'BAD_USER_INPUT' },
      });
    });
    await fc.assert(strangers, fuzzRuns(200));
    const cursor = cursors.encode(items(1)[0]?.id ?? '');
    const others = [`${cursor}=`, ` ${cursor}`, `${cursor}\n`, idCursorsOf('rooms').encode('a'.repeat(24))];
    for (const after of others) {
      await expect(connectionOverPages({ after }, cursors, restList([], 'id'))).rejects.toMatchObject({
        extensions: { code: 'BAD_USER_INPUT' },
      });
    }
  });
});

describe('a full page, when the request for what follows fails,', () => {
  const list = items(300);

  /** The list; a request for elements after the first `full` fails. */
  function failingBehind(full: number): FetchPage<Item> {
    const good = restList(list, 'id');
    return async (request) => {
      if (request.start !== list[full - 1]?.id) return good(request);
      await settle();
      throw new RestUnavailableError('answered 503', subject);
    };
  }

  it.each([100, 200])('is returned without its last element, and %d elements are not lost', async (first) => {
    const page = await connectionOverPages({ first }, cursors, failingBehind(first));
    const [hasNextPage, nodes, endCursor] = await Promise.all([
      page.pageInfo.hasNextPage,
      nodesOf(page),
      page.pageInfo.endCursor,
    ]);
    expect(nodes).toEqual(list.slice(0, first - 1));
    expect(hasNextPage).toBe(true);
    const rest = await connectionOverPages({ first: 50, after: endCursor }, cursors, restList(list, 'id'));
    expect(await nodesOf(rest)).toEqual(list.slice(first - 1, first + 49));
  });

  it('is returned so too if the elements are read before hasNextPage', async () => {
    const page = await connectionOverPages({ first: 100 }, cursors, failingBehind(100));
    const nodes = nodesOf(page);
    const { hasNextPage } = page.pageInfo;
    expect([await nodes, await hasNextPage]).toEqual([list.slice(0, 99), true]);
  });

  it('is complete if `hasNextPage` is not read; a later read reports the failure', async () => {
    const page = await connectionOverPages({ first: 100 }, cursors, failingBehind(100));
    expect(await nodesOf(page)).toEqual(list.slice(0, 100));
    await expect(page.pageInfo.hasNextPage).rejects.toBeInstanceOf(RestUnavailableError);
    expect(await nodesOf(page)).toEqual(list.slice(0, 100));
  });

  it.each([0, 100])('fails if nothing but `hasNextPage` of %d elements is read', async (first) => {
    const behind = first === 0 ? async () => Promise.reject(new RestUnavailableError('503', subject)) : null;
    const page = await connectionOverPages({ first }, cursors, behind ?? failingBehind(first));
    await expect(page.pageInfo.hasNextPage).rejects.toBeInstanceOf(RestUnavailableError);
  });

  it('fails if it would be empty without its last element', async () => {
    const oneByOne: FetchPage<Item> = async ({ limit, start }) => {
      if (start !== undefined) throw new RestUnavailableError('answered 503', subject);
      return pageOf({ limit: 1, data: list.slice(0, 1), last: list[0]?.id ?? '' }, limit);
    };
    const page = await connectionOverPages({ first: 1 }, cursors, oneByOne);
    const nodes = nodesOf(page);
    await expect(page.pageInfo.hasNextPage).rejects.toBeInstanceOf(RestUnavailableError);
    expect(await nodes).toEqual(list.slice(0, 1));
  });
});
