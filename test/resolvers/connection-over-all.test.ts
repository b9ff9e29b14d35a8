// Connections over lists that are in memory as a whole, compared with the algorithm of the Relay specification.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorsOf, type BothWaysArgs } from '../../resolvers/connection.ts';
import { connectionOverAll } from '../../resolvers/connections/whole-list.ts';
import { fuzzRuns } from '../support/fuzz.ts';

const cursors = cursorsOf('numbers', /^\d{4}$/);
const keyOf = (value: number) => String(value).padStart(4, '0');

interface Model {
  readonly nodes: readonly number[];
  readonly hasPreviousPage: boolean;
  readonly hasNextPage: boolean;
}

/** `EdgesToReturn` of the specification (4.4), with cursors that stay valid when their elements have gone. */
function relay(sorted: readonly number[], { first, last, after, before }: Cut): Model {
  let nodes = sorted.filter(
    (value) => (after === null || value > after) && (before === null || value < before),
  );
  if (first !== null) nodes = nodes.slice(0, first);
  if (last !== null) nodes = nodes.slice(Math.max(0, nodes.length - last));
  const [begin, end] = [nodes.at(0), nodes.at(-1)];
  return {
    nodes,
    hasPreviousPage: begin !== undefined && sorted.some((value) => value < begin),
    hasNextPage: end !== undefined && sorted.some((value) => value > end),
  };
}

interface Cut {
  readonly first: number | null;
  readonly last: number | null;
  readonly after: number | null;
  readonly before: number | null;
}

function argsOf({ first, last, after, before }: Cut): BothWaysArgs {
  const cursor = (value: number | null) => (value === null ? null : cursors.encode(keyOf(value)));
  return { first, last, after: cursor(after), before: cursor(before) };
}

const values = fc.uniqueArray(fc.nat({ max: 150 }), { maxLength: 80 });
const orNone = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const cuts: fc.Arbitrary<Cut> = fc.record({
  first: orNone(fc.nat({ max: 90 })),
  last: orNone(fc.nat({ max: 90 })),
  after: orNone(fc.nat({ max: 150 })),
  before: orNone(fc.nat({ max: 150 })),
});

describe('a connection over all', () => {
  it('returns what the Relay specification says, for any list and any arguments', () => {
    const law = fc.property(values, cuts, (all, cut) => {
      const sorted = all.toSorted((a, b) => a - b);
      const model = relay(sorted, cut);
      const { edges, pageInfo, totalCount } = connectionOverAll(all, argsOf(cut), cursors, keyOf);
      expect(edges.map(({ node }) => node)).toEqual(model.nodes);
      expect(totalCount).toBe(all.length);
      expect(pageInfo.startCursor).toBe(edges.at(0)?.cursor ?? null);
      expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? null);
      if (model.nodes.length === 0) return;
      expect(pageInfo.hasNextPage).toBe(model.hasNextPage);
      expect(pageInfo.hasPreviousPage).toBe(model.hasPreviousPage);
    });
    fc.assert(law, fuzzRuns(2000));
  });

  it('yields every node once to a client that pages forwards or backwards', () => {
    const law = fc.property(values, fc.integer({ min: 1, max: 40 }), (all, size) => {
      const sorted = all.toSorted((a, b) => a - b);
      const forwards: number[] = [];
      const backwards: number[] = [];
      let page = connectionOverAll(all, { first: size }, cursors, keyOf);
      for (;;) {
        forwards.push(...page.edges.map(({ node }) => node));
        if (page.pageInfo.hasNextPage !== true) break;
        page = connectionOverAll(all, { first: size, after: page.pageInfo.endCursor }, cursors, keyOf);
      }
      page = connectionOverAll(all, { last: size }, cursors, keyOf);
      for (;;) {
        backwards.unshift(...page.edges.map(({ node }) => node));
        if (!page.pageInfo.hasPreviousPage) break;
        page = connectionOverAll(all, { last: size, before: page.pageInfo.startCursor }, cursors, keyOf);
      }
      expect(forwards).toEqual(sorted);
      expect(backwards).toEqual(sorted);
    });
    fc.assert(law, fuzzRuns(500));
  });

  it("resumes at a cursor's place when its element has gone", () => {
    const before = connectionOverAll([1, 2, 3], {}, cursors, keyOf);
    const after = before.edges[1]?.cursor ?? null;
    const page = connectionOverAll([1, 3, 4], { after }, cursors, keyOf);
    expect(page.edges.map(({ node }) => node)).toEqual([3, 4]);
  });

  it('returns 100 elements without `first` and `last`', () => {
    const all = Array.from({ length: 130 }, (_, index) => index);
    const page = connectionOverAll(all, {}, cursors, keyOf);
    expect(page.edges).toHaveLength(100);
    expect(page.pageInfo.hasNextPage).toBe(true);
    expect(page.totalCount).toBe(130);
  });

  it.each([{ first: -1 }, { last: -1 }, { first: 501 }, { last: 501 }, { before: 'garbage' }, { after: '' }])(
    'refuses %o',
    (args) => {
      expect(() => connectionOverAll([1], args, cursors, keyOf)).toThrowError(/must be a/);
    },
  );
});
