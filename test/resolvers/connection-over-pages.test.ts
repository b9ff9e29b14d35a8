// The law of connections over REST pages: for any list, walking `after` yields every node once and in order, and
// what a page says of the list is true.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionOverPages, hexCursorsOf, type Connection } from '../../resolvers/connection.ts';
import { pageOf, type FetchPage } from '../../src/rest/pages.ts';
import { fuzzRuns } from '../support/fuzz.ts';

interface Item {
  readonly id: string;
}

/** What a server may say in `last` of a page: the id always, or nothing in one of three ways when the list ends. */
type LastOfEnd = 'id' | 'null' | 'empty' | 'absent';

const cursors = hexCursorsOf('items');

function items(count: number): Item[] {
  return Array.from({ length: count }, (_, index) => ({
    id: (0xffffff - index).toString(16).padStart(24, '0'),
  }));
}

/** A list as the REST API pages it; `limits` collects what was asked for. */
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

function nodesOf(connection: Connection<Item>): readonly Item[] {
  return connection.edges.map(({ node }) => node);
}

const lengths = fc.oneof(fc.nat({ max: 620 }), fc.constantFrom(0, 1, 9, 10, 11, 99, 100, 101, 200, 500));
const firsts = fc.oneof(
  fc.integer({ min: 1, max: 500 }),
  fc.constantFrom(1, 9, 10, 11, 99, 100, 101, 200, 500),
);
const lastsOfEnd = fc.constantFrom<LastOfEnd>('id', 'null', 'empty', 'absent');

describe('a connection over pages', () => {
  it('yields every node once and in order to whoever walks it, and ends where the list ends', async () => {
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
        walked.push(...nodesOf(page));
        expect(page.edges.length).toBe(Math.min(first, length - (walked.length - page.edges.length)));
        expect(await page.pageInfo.hasNextPage).toBe(walked.length < length);
        expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
        expect(page.pageInfo.startCursor).toBe(page.edges.at(0)?.cursor ?? null);
        expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor ?? null);
        if (!(await page.pageInfo.hasNextPage)) break;
        after = page.pageInfo.endCursor;
      }
      expect(walked).toEqual(list);
    });
    await fc.assert(walk, fuzzRuns(150));
  });

  it('resumes right behind the edge of any cursor', async () => {
    const resume = fc.asyncProperty(
      lengths,
      firsts,
      fc.nat(),
      lastsOfEnd,
      async (length, first, pick, lastOfEnd) => {
        fc.pre(length > 0);
        const list = items(length);
        const whole = await connectionOverPages({ first: 500 }, cursors, restList(list, lastOfEnd));
        const at = pick % whole.edges.length;
        const after = whole.edges[at]?.cursor ?? null;
        const page = await connectionOverPages({ first, after }, cursors, restList(list, lastOfEnd));
        expect(nodesOf(page)).toEqual(list.slice(at + 1, at + 1 + first));
        expect(await page.pageInfo.hasNextPage).toBe(at + 1 + first < length);
      },
    );
    await fc.assert(resume, fuzzRuns(150));
  });

  it('asks as few pages as hold what is wanted, and for more only when somebody reads hasNextPage', async () => {
    const cost = fc.asyncProperty(lengths, firsts, lastsOfEnd, async (length, first, lastOfEnd) => {
      const limits: number[] = [];
      const page = await connectionOverPages({ first }, cursors, restList(items(length), lastOfEnd, limits));
      const needed = Math.max(1, Math.ceil(Math.min(first, length) / 100));
      // A full page that ends the list with an id does not tell that it does.
      expect(limits.length).toBeLessThanOrEqual(length % 100 === 0 && length < first ? needed + 1 : needed);
      const before = limits.length;
      await page.pageInfo.hasNextPage;
      await page.pageInfo.hasNextPage;
      const mayAsk = first % 100 === 0 && length >= first && (length > first || lastOfEnd === 'id');
      expect(limits.slice(before)).toEqual(mayAsk ? [10] : []);
    });
    await fc.assert(cost, fuzzRuns(150));
  });

  it('asks nothing at all for no elements, unless hasNextPage is read', async () => {
    const limits: number[] = [];
    const page = await connectionOverPages({ first: 0 }, cursors, restList(items(1), 'id', limits));
    expect(page.edges).toEqual([]);
    expect(limits).toEqual([]);
    expect(await page.pageInfo.hasNextPage).toBe(true);
    expect(limits).toEqual([10]);
  });

  it('ends when a server gives the same page again, as one that ignores `start` does', async () => {
    const list = items(300);
    const stuck: FetchPage<Item> = ({ limit }) =>
      Promise.resolve(pageOf({ limit, data: list.slice(0, limit), last: list[limit - 1]?.id ?? '' }, limit));
    const page = await connectionOverPages({ first: 500 }, cursors, stuck);
    expect(nodesOf(page)).toEqual(list.slice(0, 100));
  });

  it('takes a page for full when the server has lowered the limit', async () => {
    const list = items(120);
    const lowered: FetchPage<Item> = ({ limit, start }) => {
      const from = start === undefined ? 0 : list.findIndex(({ id }) => id === start) + 1;
      const data = list.slice(from, from + 50);
      return Promise.resolve(pageOf({ limit: 50, data, last: data.at(-1)?.id ?? '' }, limit));
    };
    const page = await connectionOverPages({ first: 120 }, cursors, lowered);
    expect(nodesOf(page)).toEqual(list);
    expect(await page.pageInfo.hasNextPage).toBe(false);
  });

  it.each([-1, 501, 1.5, Number.NaN])('refuses `first: %d` before it asks for anything', async (first) => {
    const limits: number[] = [];
    const page = connectionOverPages({ first }, cursors, restList(items(3), 'id', limits));
    await expect(page).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    expect(limits).toEqual([]);
  });

  it('refuses any text that is no cursor of this list, and any that is one but for its spelling', async () => {
    const strangers = fc.asyncProperty(fc.oneof(fc.string(), fc.base64String()), async (after) => {
      await expect(connectionOverPages({ after }, cursors, restList([], 'id'))).rejects.toMatchObject({
        extensions: { code: 'BAD_USER_INPUT' },
      });
    });
    await fc.assert(strangers, fuzzRuns(200));
    const cursor = cursors.encode(items(1)[0]?.id ?? '');
    const others = [`${cursor}=`, ` ${cursor}`, `${cursor}\n`, hexCursorsOf('rooms').encode('a'.repeat(24))];
    for (const after of others) {
      await expect(connectionOverPages({ after }, cursors, restList([], 'id'))).rejects.toMatchObject({
        extensions: { code: 'BAD_USER_INPUT' },
      });
    }
  });
});
