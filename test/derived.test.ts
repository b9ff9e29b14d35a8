// Values that are kept with the objects that they are made of.
import { describe, expect, it } from 'vitest';
import { Derived } from '../src/derived.ts';

describe('a derived value', () => {
  it('is kept with its object, apart from those of other kinds', () => {
    const lengths = new Derived<readonly string[], number>();
    const texts = new Derived<readonly string[], string>();
    const list = ['a', 'b'];
    expect(lengths.get(list)).toBeUndefined();
    lengths.keep(list, 2);
    texts.keep(list, 'ab');
    expect([lengths.get(list), texts.get(list), lengths.get(['a', 'b'])]).toEqual([2, 'ab', undefined]);
    lengths.keep(list, 3);
    expect(lengths.get(list)).toBe(3);
  });

  it('is not kept with a frozen object', () => {
    const kept = new Derived<object, string>();
    const object = Object.freeze({});
    kept.keep(object, 'kept');
    expect(kept.get(object)).toBeUndefined();
  });

  it('is seen by nothing that copies, lists or writes the object', () => {
    const kept = new Derived<object, string>();
    const object = { name: 'room' };
    kept.keep(object, 'kept');
    expect(object).toStrictEqual({ name: 'room' });
    expect([JSON.stringify(object), Object.keys({ ...object })]).toEqual(['{"name":"room"}', ['name']]);
    expect(kept.get({ ...object })).toBeUndefined();
  });
});
