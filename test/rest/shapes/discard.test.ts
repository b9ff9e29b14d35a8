// A body that is not used gives its memory back at once.
import { describe, expect, it } from 'vitest';
import { BodyReader } from '../../../src/rest/shapes/answer.ts';

const LARGE = 64 * 1024;
const SMALL = 100;

/** A reader that was given these chunks. */
function readerOf(...chunks: readonly Buffer[]): BodyReader {
  const reader = new BodyReader({ maxBytes: 10 * LARGE });
  for (const chunk of chunks) expect(reader.push(chunk)).toBe(true);
  return reader;
}

describe('discard', () => {
  it('frees the chunks before the last one', () => {
    const chunks = [1, 2, 3].map((fill) => Buffer.alloc(LARGE, fill));
    readerOf(...chunks).discard();
    expect(chunks.map(({ length }) => length)).toEqual([0, 0, LARGE]);
  });

  it('keeps all memory that the last chunk shares with others', () => {
    const memory = Buffer.alloc(2 * LARGE, 'x');
    const first = memory.subarray(0, LARGE);
    readerOf(Buffer.alloc(LARGE), first, memory.subarray(LARGE)).discard();
    expect(first.length).toBe(LARGE);
    expect(memory.every((byte) => byte === 'x'.charCodeAt(0))).toBe(true);
  });

  it('keeps small chunks, which may share memory with other buffers', () => {
    const chunks = Array.from({ length: 4 }, () => Buffer.from('y'.repeat(SMALL)));
    const other = Buffer.from('z'.repeat(SMALL));
    readerOf(...chunks, Buffer.alloc(LARGE)).discard();
    expect([...chunks, other].map(({ length }) => length)).toEqual(Array(5).fill(SMALL));
  });

  it('is possible without any chunk', () => {
    expect(() => readerOf().discard()).not.toThrow();
  });
});
