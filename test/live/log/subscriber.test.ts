// The queue of one watcher, bounded also where the watcher is slow.
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

test('gives values in order, those that wait and those that come', async () => {
  const { subscriber } = reader();
  subscriber.push('a');
  const results = [subscriber.next(), subscriber.next(), subscriber.next()];
  subscriber.push('b');
  subscriber.push('c');
  expect((await Promise.all(results)).map(({ value }) => value as string)).toEqual(['a', 'b', 'c']);
});

test('return settles at once while a next waits, and ends that next', async () => {
  const { subscriber, onEnd } = reader();
  const waiting = subscriber.next();
  expect(await subscriber.return()).toEqual(done);
  expect(await waiting).toEqual(done);
  expect(await subscriber.next()).toEqual(done);
  await subscriber.return();
  expect(onEnd).toHaveBeenCalledOnce();
});

test('leaving a for await loop ends it', async () => {
  const { subscriber, onEnd } = reader();
  subscriber.push('a');
  for await (const value of subscriber) {
    expect(value).toBe('a');
    break;
  }
  expect(onEnd).toHaveBeenCalledOnce();
});

test('folds a backlog that is too long into one value made when it is read', async () => {
  let state = 'early';
  const { subscriber } = reader({ fold: () => state });
  for (const value of ['a', 'b', 'c', 'd']) subscriber.push(value);
  state = 'late';
  expect((await subscriber.next()).value).toBe('late');
  subscriber.push('e');
  expect((await subscriber.next()).value).toBe('e');
});

test('drops the oldest where nothing can stand for the backlog', async () => {
  const { subscriber } = reader();
  for (const value of ['a', 'b', 'c']) subscriber.push(value);
  subscriber.end();
  expect(await all(subscriber)).toEqual(['b', 'c']);
});

test('a backlog put in at the beginning does not count as slowness', async () => {
  const { subscriber } = reader({ fold: () => 'folded' });
  subscriber.prefill(['a', 'b', 'c']);
  subscriber.push('d');
  subscriber.push('e');
  subscriber.end();
  expect(await all(subscriber)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('once read, such a backlog leaves no more room than usual', async () => {
  const { subscriber } = reader({ fold: () => 'folded' });
  subscriber.prefill(['a', 'b', 'c']);
  for (let at = 0; at < 3; at += 1) await subscriber.next();
  for (const value of ['d', 'e', 'f']) subscriber.push(value);
  expect((await subscriber.next()).value).toBe('folded');
});

test('ended with an error, gives what waits, throws once, is done', async () => {
  const { subscriber } = reader();
  subscriber.push('a');
  subscriber.end(new Error('gone'));
  expect((await subscriber.next()).value).toBe('a');
  await expect(subscriber.next()).rejects.toThrow('gone');
  expect(await subscriber.next()).toEqual(done);
});

test('ended with an error, rejects the next that waits', async () => {
  const { subscriber } = reader();
  const waiting = [subscriber.next(), subscriber.next()];
  subscriber.end(new Error('gone'));
  await expect(waiting[0]).rejects.toThrow('gone');
  expect(await waiting[1]).toEqual(done);
});

test('takes nothing more once it has ended', async () => {
  const { subscriber, onTaken } = reader();
  await subscriber.return();
  subscriber.push('a');
  expect(await subscriber.next()).toEqual(done);
  expect(onTaken).not.toHaveBeenCalled();
});
