// Pages of REST lists: normalised pages, and walks over them.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RestBodyTooLargeError, RestUnavailableError } from '../../../src/rest/errors.ts';
import type { FetchPage, PageRequest, WalkedPage, WalkOptions } from '../../../src/rest/shapes/pages.ts';
import { pageOf, walkPages } from '../../../src/rest/shapes/pages.ts';
import { rejection } from '../client/support.ts';

const subject = { method: 'GET', route: '/things' };

describe('a page', () => {
  it.each([
    ['null', { data: null, last: null }],
    ['absent', {}],
    ['empty', { data: [], last: '' }],
  ])('with data and last %s is empty and the last one', (_, answer) => {
    expect(pageOf(answer, 10)).toEqual({ items: [], last: null, isFull: false });
  });

  it('is full if it has as many items as requested', () => {
    const data = Array.from({ length: 10 }, (_, index) => index);
    expect(pageOf({ data, last: 'x', limit: 10 }, 10)).toEqual({ items: data, last: 'x', isFull: true });
    expect(pageOf({ data, last: 'x', limit: 11 }, 11).isFull).toBe(false);
  });

  it("is full if it has as many items as the server's own limit", () => {
    const data = Array.from({ length: 20 }, (_, index) => index);
    expect(pageOf({ data, last: 'x', limit: 20 }, 100).isFull).toBe(true);
    expect(pageOf({ data, last: 'x', limit: 0 }, 100).isFull).toBe(false);
  });
});

/** A list of `length` elements; pages of more than `maxLimit` exceed the body cap. */
function listOf(length: number, maxLimit = 100): { fetchPage: FetchPage<number>; requests: PageRequest[] } {
  const requests: PageRequest[] = [];
  return {
    requests,
    async fetchPage(request) {
      requests.push(request);
      if (request.limit > maxLimit) throw new RestBodyTooLargeError(10_000_000, subject);
      const from = request.start === undefined ? 0 : Number(request.start) + 1;
      const data = Array.from(
        { length: Math.max(0, Math.min(request.limit, length - from)) },
        (_, i) => from + i,
      );
      return pageOf({ data, last: data.at(-1)?.toString() ?? '', limit: request.limit }, request.limit);
    },
  };
}

async function walked(
  fetchPage: FetchPage<number>,
  options: Omit<WalkOptions<number>, 'keyOf'>,
): Promise<WalkedPage<number>[]> {
  const pages: WalkedPage<number>[] = [];
  for await (const page of walkPages(fetchPage, { keyOf: String, ...options })) pages.push(page);
  return pages;
}

describe('a walk', () => {
  it('yields every item once and in order, whatever the length, the limit and the cap', async () => {
    const lengths = fc.integer({ min: 0, max: 450 });
    const limits = fc.integer({ min: 10, max: 100 });
    await fc.assert(
      fc.asyncProperty(lengths, limits, fc.boolean(), async (length, limit, capped) => {
        const pages = await walked(listOf(length, capped ? 10 : 100).fetchPage, {
          maxPages: 100,
          limit: () => limit,
        });
        expect(pages.flatMap(({ items }) => items)).toEqual(Array.from({ length }, (_, index) => index));
        expect(pages.map(({ isLast }) => isLast)).toEqual(
          pages.map((_, index) => index === pages.length - 1),
        );
      }),
    );
  });

  it('requests one more page after a page that is exactly full', async () => {
    const list = listOf(100);
    expect(await walked(list.fetchPage, { maxPages: 5 })).toHaveLength(2);
    expect(list.requests).toEqual([{ limit: 100 }, { limit: 100, start: '99' }]);
  });

  it('stops at a full page whose `last` is empty', async () => {
    const last = async () => ({ items: [1], last: null, isFull: true });
    expect(await walked(last, { maxPages: 5 })).toEqual([
      { items: [1], last: null, isFull: true, isLast: true },
    ]);
  });

  it('stops at its maximum number of pages, even without a last page', async () => {
    const pages = await walked(listOf(1000).fetchPage, { maxPages: 3 });
    expect(pages.map(({ isLast }) => isLast)).toEqual([false, false, false]);
  });

  it('stops if a server repeats a page, and does not yield its items twice', async () => {
    let requests = 0;
    const same: FetchPage<number> = async () => {
      requests += 1;
      return { items: [1, 2], last: '2', isFull: true };
    };
    const pages = await walked(same, { maxPages: 50 });
    expect(pages.map(({ items, isLast }) => [items, isLast])).toEqual([[[1, 2], false]]);
    expect(requests).toBe(2);
  });

  it.each([
    ['the same page under another `last`', (request: number) => [[1, 2, 3], `last ${request}`] as const],
    [
      'a page of earlier items',
      (request: number) => [request === 1 ? [1, 2, 3] : [3, 2], `${request}`] as const,
    ],
  ])('stops if a server answers with %s', async (_what, answer) => {
    let requests = 0;
    const endless: FetchPage<number> = async () => {
      requests += 1;
      const [items, last] = answer(requests);
      return { items, last, isFull: true };
    };
    const pages = await walked(endless, { maxPages: 1000 });
    expect(pages.map(({ items, isLast }) => [items, isLast])).toEqual([[[1, 2, 3], false]]);
    expect(requests).toBe(2);
  });

  it('yields every item once and in order from pages that overlap or repeat an item', async () => {
    const overlaps = fc.integer({ min: 0, max: 9 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 300 }), overlaps, async (length, overlap) => {
        const fetchPage: FetchPage<number> = async ({ limit, start }) => {
          const from = start === undefined ? 0 : Math.max(0, Number(start) + 1 - overlap);
          const data = Array.from(
            { length: Math.max(0, Math.min(limit, length - from)) },
            (_, i) => from + i,
          );
          const twice = data.flatMap((item) => (item % 7 === 0 ? [item, item] : [item]));
          return { items: twice, last: data.at(-1)?.toString() ?? null, isFull: data.length >= limit };
        };
        const pages = await walked(fetchPage, { maxPages: 400, limit: () => 10 });
        expect(pages.flatMap(({ items }) => items)).toEqual(Array.from({ length }, (_, index) => index));
      }),
    );
  });

  it('begins after its start, and stops at once if a server answers with the page before', async () => {
    const list = listOf(25);
    const pages = await walked(list.fetchPage, { maxPages: 5, start: '19' });
    expect(pages.flatMap(({ items }) => items)).toEqual([20, 21, 22, 23, 24]);
    const same: FetchPage<number> = async () => ({ items: [18, 19], last: '19', isFull: true });
    expect(await walked(same, { maxPages: 5, start: '19' })).toEqual([]);
  });

  it('yields the new items of a page that has the `last` of the page before, and ends', async () => {
    let page = 0;
    const fetchPage: FetchPage<number> = async () => {
      page += 1;
      return { items: page === 1 ? [1, 2] : [3, 4], last: '2', isFull: true };
    };
    const pages = await walked(fetchPage, { maxPages: 9 });
    expect(pages.flatMap(({ items }) => items)).toEqual([1, 2, 3, 4]);
    expect(page).toBe(2);
  });

  it('requests a page over the body cap in parts of ten, then whole pages again', async () => {
    const heavy = listOf(250);
    let failures = 0;
    const fetchPage: FetchPage<number> = (request) => {
      if (request.start === undefined && request.limit === 100) {
        failures += 1;
        throw new RestBodyTooLargeError(10_000_000, subject);
      }
      return heavy.fetchPage(request);
    };
    const pages = await walked(fetchPage, { maxPages: 5 });
    expect(pages.flatMap(({ items }) => items)).toHaveLength(250);
    expect(failures).toBe(1);
    expect(heavy.requests.map(({ limit }) => limit)).toEqual([
      ...Array.from({ length: 10 }, () => 10),
      100,
      100,
    ]);
  });

  it('fails if even ten elements are over the cap, and at any other failure', async () => {
    await rejection(walked(listOf(30, 5).fetchPage, { maxPages: 5 }), RestBodyTooLargeError);
    const down: FetchPage<number> = async () => {
      throw new RestUnavailableError('answered 503', subject);
    };
    await rejection(walked(down, { maxPages: 5 }), RestUnavailableError);
  });
});
