// The law of connections over snapshots with an opaque token, as properties.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CountedConnection } from '../../resolvers/connection.ts';
import {
  connectionOverSnapshot,
  snapshotCursorsOf,
  type FetchSnapshotPage,
} from '../../resolvers/connections/snapshot-connection.ts';
import { RestRefusedError } from '../../src/rest/errors.ts';

interface Thing {
  readonly id: string;
}

const cursors = snapshotCursorsOf('things');

/** A list whose snapshots are numbered. It counts its requests. */
function listOf(length: number) {
  const state = { things: things(length), requests: 0, dead: false };
  const snapshots: (readonly Thing[])[] = [];
  const fetchPage: FetchSnapshotPage<Thing> = async ({ limit, start }) => {
    state.requests += 1;
    if (start !== undefined && state.dead) {
      throw new RestRefusedError('answered 400', { method: 'GET', route: '/things', status: 400 });
    }
    if (start === undefined) snapshots.push(state.things);
    const [number = snapshots.length - 1, from = 0] = (start ?? '').split('~').filter(Boolean).map(Number);
    const all = snapshots[number] ?? [];
    const end = from + limit;
    const next = end < all.length ? `${number}~${end}` : null;
    return { items: all.slice(from, end), next, total: all.length };
  };
  return { state, fetchPage };
}

function things(length: number): Thing[] {
  return Array.from({ length }, (_, index) => ({ id: `id-${index}` }));
}

const idsOf = (edges: readonly { readonly node: Thing }[]): string[] => edges.map(({ node }) => node.id);

describe('a walk', () => {
  it('with any `first` shows each element once, in order, and hasNextPage is true', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 260 }),
        fc.integer({ min: 1, max: 130 }),
        async (length, first) => {
          const { fetchPage } = listOf(length);
          const seen: string[] = [];
          let after: string | null = null;
          for (let pages = 0; pages <= length; pages += 1) {
            const page: CountedConnection<Thing> = await connectionOverSnapshot<Thing>(
              { first, after },
              cursors,
              fetchPage,
            );
            seen.push(...idsOf(page.edges));
            expect(page.totalCount).toBe(length);
            expect(await page.pageInfo.hasNextPage).toBe(seen.length < length);
            expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
            after = page.pageInfo.endCursor;
            if (seen.length >= length) break;
          }
          expect(seen).toEqual(things(length).map(({ id }) => id));
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
          const { edges } = await connectionOverSnapshot<Thing>({ first }, cursors, fetchPage);
          const index = pick % edges.length;
          const after = edges[index]?.cursor ?? null;
          const rest = await connectionOverSnapshot<Thing>({ first: then, after }, cursors, fetchPage);
          const expected = things(length).slice(index + 1, index + 1 + then);
          expect(idsOf(rest.edges)).toEqual(expected.map(({ id }) => id));
          expect(await rest.pageInfo.hasNextPage).toBe(index + 1 + then < length);
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each([
    [2, true],
    [1, false],
  ])(
    'with `first: 0` after the first of %i elements says whether more follow: %s',
    async (length, expected) => {
      const { fetchPage } = listOf(length);
      const { pageInfo } = await connectionOverSnapshot<Thing>({ first: 1 }, cursors, fetchPage);
      const args = { first: 0, after: pageInfo.endCursor };
      const nothing = await connectionOverSnapshot<Thing>(args, cursors, fetchPage);
      expect([nothing.edges, await nothing.pageInfo.hasNextPage]).toEqual([[], expected]);
    },
  );

  it('finds the element of a first-page cursor again after new elements have come before it', async () => {
    const { state, fetchPage } = listOf(30);
    const { edges } = await connectionOverSnapshot<Thing>({ first: 10 }, cursors, fetchPage);
    state.things = [...Array.from({ length: 150 }, (_, index) => ({ id: `new-${index}` })), ...state.things];
    const after = edges[4]?.cursor ?? null;
    const rest = await connectionOverSnapshot<Thing>({ first: 3, after }, cursors, fetchPage);
    expect(idsOf(rest.edges)).toEqual(['id-5', 'id-6', 'id-7']);
  });
});

describe('the cost', () => {
  it.each([
    [0, 1],
    [10, 1],
    [100, 1],
    [101, 2],
    [250, 3],
  ])('of %i elements is %i requests, with hasNextPage and the count', async (first, requests) => {
    const { state, fetchPage } = listOf(400);
    const page = await connectionOverSnapshot<Thing>({ first }, cursors, fetchPage);
    expect([page.edges.length, await page.pageInfo.hasNextPage]).toEqual([first, true]);
    expect(state.requests).toBe(requests);
  });
});

describe('a cursor', () => {
  it('whose snapshot has expired is refused, so that the caller starts again', async () => {
    const { state, fetchPage } = listOf(30);
    const { pageInfo } = await connectionOverSnapshot<Thing>({ first: 10 }, cursors, fetchPage);
    state.dead = true;
    const again = connectionOverSnapshot<Thing>({ after: pageInfo.endCursor }, cursors, fetchPage);
    await expect(again).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });

  it('whose element no longer exists is refused too', async () => {
    const { state, fetchPage } = listOf(30);
    const { edges } = await connectionOverSnapshot<Thing>({ first: 10 }, cursors, fetchPage);
    state.things = [];
    const again = connectionOverSnapshot<Thing>({ after: edges[3]?.cursor ?? '' }, cursors, fetchPage);
    await expect(again).rejects.toThrow('has expired');
  });

  it.each(['', 'x', snapshotCursorsOf('others').encode('t 0 ')])(
    'that is invalid, such as %j, is refused',
    async (after) => {
      const { state, fetchPage } = listOf(3);
      await expect(connectionOverSnapshot<Thing>({ after }, cursors, fetchPage)).rejects.toThrow(
        '`after` must be',
      );
      expect(state.requests).toBe(0);
    },
  );
});
