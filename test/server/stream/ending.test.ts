// A stream that can be ended from outside, in every state of its source and its reader.
import { describe, expect, it } from 'vitest';
import { EndableStream } from '../../../src/server/stream/ending.ts';

/** A source whose results the test pushes. */
function source() {
  const results: PromiseWithResolvers<IteratorResult<number>>[] = [];
  let returned = 0;
  const iterator = {
    next: () => {
      const result = Promise.withResolvers<IteratorResult<number>>();
      results.push(result);
      return result.promise;
    },
    return: () => {
      returned += 1;
      return Promise.resolve({ done: true as const, value: undefined });
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return {
    iterator,
    give: (value: number) => results.at(-1)?.resolve({ done: false, value }),
    stop: () => results.at(-1)?.resolve({ done: true, value: undefined }),
    fail: (error: Error) => results.at(-1)?.reject(error),
    returned: () => returned,
  };
}

function endable() {
  const from = source();
  let over = 0;
  const stream = new EndableStream(from.iterator, { onOver: () => (over += 1) });
  return { from, stream, over: () => over };
}

const value = (value: number) => ({ done: false, value });
const done = { done: true, value: undefined };

describe('an endable stream', () => {
  it('passes on the results of its source, and its end', async () => {
    const { from, stream, over } = endable();
    const first = stream.next();
    from.give(1);
    expect(await first).toEqual(value(1));
    const last = stream.next();
    from.stop();
    expect(await last).toEqual(done);
    expect(await stream.next()).toEqual(done);
    expect(over()).toBe(1);
  });

  it('is ended during a `next`: the reader gets the last result at once', async () => {
    const { from, stream, over } = endable();
    const waiting = stream.next();
    stream.end(9);
    expect(await waiting).toEqual(value(9));
    expect(await stream.next()).toEqual(done);
    expect([from.returned(), over()]).toEqual([1, 1]);
  });

  it('is ended between two calls of `next`: the last result is the next one', async () => {
    const { from, stream, over } = endable();
    stream.end(9);
    stream.end(10);
    expect(await stream.next()).toEqual(value(9));
    expect(await stream.next()).toEqual(done);
    expect([from.returned(), over()]).toEqual([1, 1]);
  });

  it('settles a pending `next` at once when the reader returns', async () => {
    const { from, stream, over } = endable();
    const waiting = stream.next();
    expect(await stream.return()).toEqual(done);
    expect(await waiting).toEqual(done);
    stream.end(9);
    expect(await stream.next()).toEqual(done);
    expect([from.returned(), over()]).toEqual([1, 1]);
  });

  it('passes on an error of its source, and ends', async () => {
    const { from, stream, over } = endable();
    const waiting = stream.next();
    from.fail(new Error('It broke.'));
    await expect(waiting).rejects.toThrow('It broke.');
    expect(over()).toBe(1);
    expect(await stream.next()).toEqual(done);
  });

  it('drops results that its source yields after the end', async () => {
    const { from, stream } = endable();
    const waiting = stream.next();
    stream.end(9);
    from.give(1);
    expect(await waiting).toEqual(value(9));
    expect(await stream.next()).toEqual(done);
  });
});
