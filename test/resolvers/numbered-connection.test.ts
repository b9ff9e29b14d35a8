// The law of connections over numbered pages, as properties.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CountedConnection } from '../../resolvers/connection.ts';
import {
  connectionOverNumbers,
  numberedCursorsOf,
  type FetchNumberedPage,
} from '../../resolvers/connections/numbered-connection.ts';

const cursors = numberedCursorsOf('numbers');
const window = { fromMs: 1000, toMs: 2000 };

/** A list of the numbers below `length`, the largest and newest first. It records the requests. */
function listOf(length: number) {
  const state = { length, requests: [] as { limit: number; page: number }[] };
  const fetchPage: FetchNumberedPage<number> = async ({ limit, page, fromMs, toMs }) => {
    state.requests.push({ limit, page });
    expect([limit >= 1, limit <= 100, page >= 1]).toEqual([true, true, true]);
    // One element is added each millisecond. A time window that ended earlier does not show it.
    const known = Math.min(state.length, length + (toMs - window.toMs));
    const all = Array.from({ length: fromMs === window.fromMs ? known : 0 }, (_, index) => known - 1 - index);
    return { items: all.slice((page - 1) * limit, page * limit), total: all.length };
  };
  return { state, fetchPage };
}

const numbersOf = (edges: readonly { readonly node: number }[]): number[] => edges.map(({ node }) => node);

describe('a walk', () => {
  it('with any `first` shows each element once, in order, also if elements are added meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 260 }),
        fc.integer({ min: 1, max: 130 }),
        async (length, first) => {
          const { state, fetchPage } = listOf(length);
          const seen: number[] = [];
          let after: string | null = null;
          for (let pages = 0; pages <= length; pages += 1) {
            const now = { ...window, toMs: window.toMs + pages };
            const page: CountedConnection<number> = await connectionOverNumbers<number>(
              { first, after },
              now,
              cursors,
              fetchPage,
            );
            seen.push(...numbersOf(page.edges));
            expect([page.totalCount, await page.pageInfo.hasNextPage]).toEqual([
              length,
              seen.length < length,
            ]);
            after = page.pageInfo.endCursor;
            if (seen.length >= length) break;
            state.length += 1;
          }
          expect(seen).toEqual(Array.from({ length }, (_, index) => length - 1 - index));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("resumes right after any edge's cursor", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 230 }),
        fc.integer({ min: 1, max: 230 }),
        fc.nat(),
        fc.integer({ min: 0, max: 120 }),
        async (length, first, pick, then) => {
          const { fetchPage } = listOf(length);
          const { edges } = await connectionOverNumbers<number>({ first }, window, cursors, fetchPage);
          const index = pick % edges.length;
          const after = edges[index]?.cursor ?? null;
          const rest = await connectionOverNumbers<number>(
            { first: then, after },
            window,
            cursors,
            fetchPage,
          );
          const all = Array.from({ length }, (_, place) => length - 1 - place);
          expect(numbersOf(rest.edges)).toEqual(all.slice(index + 1, index + 1 + then));
          expect(await rest.pageInfo.hasNextPage).toBe(index + 1 + then < length);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('the cost', () => {
  it.each([
    [0, [{ limit: 1, page: 1 }]],
    [30, [{ limit: 30, page: 1 }]],
    [100, [{ limit: 100, page: 1 }]],
    [
      150,
      [
        { limit: 100, page: 1 },
        { limit: 50, page: 3 },
      ],
    ],
  ])('for the first %i elements is these requests', async (first, requests) => {
    const { state, fetchPage } = listOf(400);
    await connectionOverNumbers<number>({ first }, window, cursors, fetchPage);
    expect(state.requests).toEqual(requests);
  });

  it('of the next page of equal size is one request', async () => {
    const { state, fetchPage } = listOf(400);
    const { pageInfo } = await connectionOverNumbers<number>({ first: 30 }, window, cursors, fetchPage);
    await connectionOverNumbers<number>({ first: 30, after: pageInfo.endCursor }, window, cursors, fetchPage);
    expect(state.requests.at(-1)).toEqual({ limit: 30, page: 2 });
    expect(state.requests).toHaveLength(2);
  });
});

it.each(['', 'x', numberedCursorsOf('others').encode('1 2 3')])(
  '%j is no cursor of the list',
  async (after) => {
    const { state, fetchPage } = listOf(3);
    const page = connectionOverNumbers<number>({ after }, window, cursors, fetchPage);
    await expect(page).rejects.toThrow('`after` must be');
    expect(state.requests).toEqual([]);
  },
);
