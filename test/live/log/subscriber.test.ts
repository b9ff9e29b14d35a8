// The queue of one subscriber: its order, its bound, and its end.
import { expect, test, vi } from 'vitest';
import { Subscriber } from '../../../src/live/log/subscriber.ts';

const done = { done: true, value: undefined };

function reader(options: { size?: number; fold?: () => string } = {}) {
  const onEnd = vi.fn();
  const onTaken = vi.fn();
  const { size = 2, ...rest } = options;
  return { onEnd, onTaken, subscriber: new Subscriber<string>({ queueSize: size, onEnd, onTaken, ...rest }) };
}

async function all(subscriber: Subscriber<string>): Promise<string[]> {
  const values: string[] = [];
  for await (const value of subscriber) values.push(value);
  return values;
}

test('yields queued and later values in the order of the pushes', async () => {
  const { subscriber } = reader();
  subscriber.push('a');
  const results = [subscriber.next(), subscriber.next(), subscriber.next()];
  subscriber.push('b');
  subscriber.push('c');
  expect((await Promise.all(results)).map(({ value }) => value as string)).toEqual(['a', 'b', 'c']);
});

test('return resolves while a next is pending, and resolves that next as done', async () => {
  const { subscriber, onEnd } = reader();
  const waiting = subscriber.next();
  expect(await subscriber.return()).toEqual(done);
  expect(await waiting).toEqual(done);
  expect(await subscriber.next()).toEqual(done);
  await subscriber.return();
  expect(onEnd).toHaveBeenCalledOnce();
});

test('leaving a for await loop ends the subscriber', async () => {
  const { subscriber, onEnd } = reader();
  subscriber.push('a');
  for await (const value of subscriber) {
    expect(value).toBe('a');
    break;
  }
  expect(onEnd).toHaveBeenCalledOnce();
});

test('replaces a full queue by one value, built when it is read', async () => {
  let state = 'early';
  const { subscriber } = reader({ fold: () => state });
  for (const value of ['a', 'b', 'c', 'd']) subscriber.push(value);
  state = 'late';
  expect((await subscriber.next()).value).toBe('late');
  subscriber.push('e');
  expect((await subscriber.next()).value).toBe('e');
});

test('without fold drops the oldest value', async () => {
  const { subscriber } = reader();
  for (const value of ['a', 'b', 'c']) subscriber.push(value);
  subscriber.end();
  expect(await all(subscriber)).toEqual(['b', 'c']);
});

test('prefilled values do not count against the bound', async () => {
  const { subscriber } = reader({ fold: () => 'folded' });
  subscriber.prefill(['a', 'b', 'c']);
  subscriber.push('d');
  subscriber.push('e');
  subscriber.end();
  expect(await all(subscriber)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('after prefilled values are taken, the usual bound applies', async () => {
  const { subscriber } = reader({ fold: () => 'folded' });
  subscriber.prefill(['a', 'b', 'c']);
  for (let at = 0; at < 3; at += 1) await subscriber.next();
  for (const value of ['d', 'e', 'f']) subscriber.push(value);
  expect((await subscriber.next()).value).toBe('folded');
});

test('ended with an error, yields the queue, rejects once, then is done', async () => {
  const { subscriber } = reader();
  subscriber.push('a');
  subscriber.end(new Error('gone'));
  expect((await subscriber.next()).value).toBe('a');
  await expect(subscriber.next()).rejects.toThrow('gone');
  expect(await subscriber.next()).toEqual(done);
});

test('ended with an error, rejects a pending next', async () => {
  const { subscriber } = reader();
  const waiting = [subscriber.next(), subscriber.next()];
  subscriber.end(new Error('gone'));
  await expect(waiting[0]).rejects.toThrow('gone');
  expect(await waiting[1]).toEqual(done);
});

test('ignores pushes after its end', async () => {
  const { subscriber, onTaken } = reader();
  await subscriber.return();
  subscriber.push('a');
  expect(await subscriber.next()).toEqual(done);
  expect(onTaken).not.toHaveBeenCalled();
});
