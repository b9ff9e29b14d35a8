// The bounds of a cache: by entries, by bytes, and by age.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { Kept } from '../../../src/rest/catalog/kept.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';

function setUp(bounds: { readonly maxEntries?: number; readonly maxBytes?: number }) {
  const clock = new ManualClock();
  const kept = new Kept<{ readonly text: string }>({
    clock,
    ttlMs: 5000,
    staleMs: 30_000,
    outageMs: 600_000,
    maxEntries: 100,
    maxBytes: 1_000_000,
    ...bounds,
  });
  const held = (count: number) =>
    Array.from({ length: count }, (_, index) => String(index)).filter((key) => kept.lookUp(key) !== null);
  return { clock, kept, held };
}

const ofBytes = (bytes: number) => ({ text: 'x'.repeat(bytes - '{"text":""}'.length) });

describe('a cache', () => {
  it('holds at most its bytes of JSON, and drops the oldest entry first, however often that is read', () => {
    const { kept, held } = setUp({ maxBytes: 1000 });
    for (const key of ['0', '1', '2', '3']) {
      kept.keep(key, ofBytes(300));
      kept.lookUp('0');
    }
    expect(held(4)).toEqual(['1', '2', '3']);
    kept.keep('4', ofBytes(700));
    expect(held(5)).toEqual(['3', '4']);
  });

  it('does not hold an entry that is larger than the cache, and keeps the others', () => {
    const { kept, held } = setUp({ maxBytes: 1000 });
    kept.keep('0', ofBytes(300));
    kept.keep('1', ofBytes(1001));
    expect(held(2)).toEqual(['0']);
  });

  it('holds at most its number of entries', () => {
    const { kept, held } = setUp({ maxEntries: 2 });
    for (const key of ['0', '1', '2']) kept.keep(key, ofBytes(20));
    expect(held(3)).toEqual(['1', '2']);
  });

  it('drops entries that are too old to be returned when another entry is stored', async () => {
    const { clock, kept } = setUp({});
    const keepOne = (key: string): WeakRef<object> => {
      const value = ofBytes(300);
      kept.keep(key, value);
      return new WeakRef(value);
    };
    const old = keepOne('old');
    await clock.advance(600_001);
    const fresh = keepOne('fresh');
    // An object that was read from a WeakRef in this turn is kept until the turn ends.
    await settle();
    setFlagsFromString('--expose-gc');
    // The function that V8 puts into a new context when the flag is set.
    const collectGarbage = runInNewContext('gc') as () => void;
    collectGarbage();
    expect(old.deref()).toBeUndefined();
    expect(fresh.deref()).toBeDefined();
  });
});
