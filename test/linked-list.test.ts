// A linked list: its order, and what V8's small collections find of values that have left.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { LinkedList } from '../src/linked-list.ts';

describe('a linked list', () => {
  it('has its values in the order in which they came', () => {
    const list = new LinkedList<{ readonly name: string }>();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ name }));
    if (a === undefined || b === undefined || c === undefined) throw new Error('three values');
    list.add(a);
    const removeB = list.add(b);
    list.add(c);
    expect([list.first, list.values()]).toEqual([a, [a, b, c]]);
    removeB();
    removeB();
    expect(list.values()).toEqual([a, c]);
    list.removeFirst();
    expect([list.first, list.values()]).toEqual([c, [c]]);
    list.removeFirst();
    list.removeFirst();
    expect([list.first, list.values()]).toEqual([null, []]);
    list.add(b);
    expect(list.values()).toEqual([b]);
  });

  it('may have a value twice, and each place is removed by its own function', () => {
    const list = new LinkedList<object>();
    const value = {};
    const removals = [list.add(value), list.add(value)];
    removals[1]?.();
    expect(list.values()).toEqual([value]);
    removals[0]?.();
    expect(list.first).toBeNull();
  });

  it('keeps nothing of removed values from a small garbage collection, which a Set does', () => {
    const list = new LinkedList<object>();
    expect(keptAfter((value) => list.add(value))).toBeLessThan(1_000_000);
    const set = new Set<object>();
    const kept = keptAfter((value) => {
      set.add(value);
      return () => set.delete(value);
    });
    expect(kept).toBeGreaterThan(5_000_000);
  });
});

/** The bytes left after 10,000 values of 1 kB have come and gone, 64 at a time. */
function keptAfter(add: (value: object) => () => void): number {
  setFlagsFromString('--expose-gc');
  // The function of V8 with its option for small collections.
  const collect = runInNewContext('gc') as (options?: { readonly type: 'minor' }) => void;
  const removals = Array.from({ length: 64 }, () => add(valueOf()));
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let count = 0; count < 10_000; count += 1) {
    removals.shift()?.();
    removals.push(add(valueOf()));
    // A table is left behind several times between two collections.
    if (count % 1000 === 999) collect({ type: 'minor' });
  }
  return process.memoryUsage().heapUsed - before;
}

function valueOf(): object {
  return { payload: Array.from({ length: 125 }, () => 0.5) };
}
