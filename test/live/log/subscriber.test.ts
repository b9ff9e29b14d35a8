// The iterator of one subscriber: its order, its end, and its turns.
import { expect, test, vi } from 'vitest';
import { Deliveries } from '../../../src/live/log/deliveries.ts';
import { Subscriber } from '../../../src/live/log/subscriber.ts';
import type { Taker } from '../../../src/live/log/taken-events.ts';

const done = { done: true, value: undefined };

interface Value {
  readonly name: string;
}

function reader(deliveries = new Deliveries(), bytes = 1) {
  const onEnd = vi.fn();
  const onTaken = vi.fn();
  const queue: Value[] = [];
  const subscriber = new Subscriber<Value>({
    take: () => queue.shift(),
    bytesOf: () => bytes,
    deliveries,
    onEnd,
    onTaken,
  });
  const push = (...names: string[]) => {
    queue.push(...names.map((name) => ({ name })));
    subscriber.wake();
  };
  return { onEnd, onTaken, subscriber, push };
}

const nameOf = async (result: Promise<IteratorResult<Value>>) => (await result).value as unknown;

test('yields values in the order of the source, to waiting and to later calls', async () => {
  const { subscriber, push } = reader();
  push('a');
  const results = [subscriber.next(), subscriber.next(), subscriber.next()];
  push('b');
  push('c');
  expect(await Promise.all(results.map(nameOf))).toEqual([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
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
  const { subscriber, onEnd, push } = reader();
  push('a');
  for await (const value of subscriber) {
    expect(value).toEqual({ name: 'a' });
    break;
  }
  expect(onEnd).toHaveBeenCalledOnce();
});

test('ended with an error, yields the remaining values, rejects once, then is done', async () => {
  const { subscriber, push } = reader();
  push('a');
  subscriber.end(new Error('gone'));
  expect(await nameOf(subscriber.next())).toEqual({ name: 'a' });
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

test('gives nothing after return', async () => {
  const { subscriber, onTaken, push } = reader();
  await subscriber.return();
  push('a');
  expect(await subscriber.next()).toEqual(done);
  expect(onTaken).not.toHaveBeenCalled();
});

test('many readers of large values get them one in a turn of the event loop, in the order of their calls', async () => {
  const deliveries = new Deliveries();
  const readers = Array.from({ length: 4 }, () => reader(deliveries, 1_000_000));
  for (const { push } of readers) push('large');
  const order: string[] = [];
  const turns = (async () => {
    for (let turn = 0; turn < 6; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      order.push('turn');
    }
  })();
  await Promise.all(
    readers.map(({ subscriber }, at) => subscriber.next().then(() => order.push(String(at)))),
  );
  await turns;
  const firstTurns = order.slice(0, order.indexOf('3') + 1);
  expect(firstTurns.filter((entry) => entry !== 'turn')).toEqual(['0', '1', '2', '3']);
  expect(firstTurns.filter((entry) => entry === 'turn').length).toBeGreaterThanOrEqual(2);
  expect(firstTurns.join(' ')).not.toMatch(/\d \d/);
});

test('a reader that leaves while its turn comes later gets no value', async () => {
  const deliveries = new Deliveries();
  const [first, second] = [reader(deliveries, 1_000_000), reader(deliveries, 1_000_000)];
  first.push('large');
  second.push('large');
  const results = [first.subscriber.next(), second.subscriber.next()];
  await second.subscriber.return();
  expect(await results[0]).toMatchObject({ value: { name: 'large' } });
  expect(await results[1]).toEqual(done);
  expect(second.onTaken).not.toHaveBeenCalled();
});

/** A reader that takes values as a test says. */
class TestTaker implements Taker<Value> {
  isWaiting = true;
  readonly given: string[] = [];
  readonly wake = vi.fn();

  give({ name }: Value): void {
    this.given.push(name);
  }
}

test('a reader that takes values is given them while it waits, and is woken for them when it does not', () => {
  const { subscriber, onTaken, push } = reader();
  const taker = new TestTaker();
  subscriber.attach(taker);
  push('a', 'b');
  expect(taker.given).toEqual(['a', 'b']);
  expect(taker.wake).not.toHaveBeenCalled();
  taker.isWaiting = false;
  push('c');
  expect(taker.given).toEqual(['a', 'b']);
  expect(taker.wake).toHaveBeenCalledOnce();
  expect(subscriber.take()).toEqual({ name: 'c' });
  expect(onTaken).toHaveBeenCalledTimes(3);
});

test('a reader that takes values gets those for which a turn has no room in later turns', async () => {
  const { subscriber, push } = reader(new Deliveries(), 1_000_000);
  const taker = new TestTaker();
  subscriber.attach(taker);
  push('a', 'b', 'c');
  expect(taker.given).toEqual(['a']);
  subscriber.end();
  expect(taker.wake).not.toHaveBeenCalled();
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(taker.given).toEqual(['a', 'b', 'c']);
  expect(taker.wake).toHaveBeenCalledOnce();
  expect(subscriber.isOver).toBe(true);
});
