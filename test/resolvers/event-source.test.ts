// How a subscription's events reach a reader that takes them: given where nothing is checked before, else only taken.
import { expect, test } from 'vitest';
import type { Context } from '../../resolvers/context.ts';
import { EventSource } from '../../resolvers/live/event-source.ts';
import { Deliveries } from '../../src/live/log/deliveries.ts';
import { Subscriber } from '../../src/live/log/subscriber.ts';
import { Told } from '../../src/live/log/told.ts';
import { toldOf } from '../support/told-source.ts';

type Event = { readonly name: string };

function sourceOf(first?: string, permitted: ((event: Event) => Event | null) | null = null) {
  const queue: Told<Event>[] = [];
  const subscriber = new Subscriber<Told<Event>>({
    take: () => queue.shift(),
    bytesOf: () => 1,
    deliveries: new Deliveries(),
    onEnd() {},
  });
  // The source reads no other member of the context here.
  const context = { caller: { participant: null } } as Context;
  const source = new EventSource(subscriber, context, {
    first: first === undefined ? undefined : toldOf(first),
    permitted,
  });
  const tell = (name: string) => {
    queue.push(new Told({ name }, () => 1));
    subscriber.wake();
  };
  return { source, tell };
}

/** A reader that always waits. `woken`: how often it took what there was, since it was not given it. */
function takerOf(source: EventSource<Event>) {
  const names: string[] = [];
  const taker = {
    isWaiting: true,
    woken: 0,
    give: ({ event }: Told<Event>) => void names.push(event.name),
    wake() {
      taker.woken += 1;
      for (let told = source.take(); told instanceof Told; told = source.take()) names.push(nameOf(told));
    },
  };
  source.attach(taker);
  return { taker, names };
}

const nameOf = ({ event }: Told<Event | Error>): string => event.name;

test('an event is given to a reader that waits', () => {
  const { source, tell } = sourceOf();
  const { taker, names } = takerOf(source);
  tell('a');
  expect([names, taker.woken]).toEqual([['a'], 0]);
});

test('no event is given before the first one is taken, and all later ones are', () => {
  const { source, tell } = sourceOf('first');
  const { taker, names } = takerOf(source);
  tell('a');
  expect([names, taker.woken]).toEqual([['first', 'a'], 1]);
  tell('b');
  expect([names, taker.woken]).toEqual([['first', 'a', 'b'], 1]);
});

test('an event that must be checked is not given', () => {
  const { source, tell } = sourceOf('first', (event) => (event.name === 'secret' ? null : event));
  const { taker, names } = takerOf(source);
  for (const name of ['a', 'secret', 'b']) tell(name);
  expect([names, taker.woken]).toEqual([['first', 'a', 'b'], 3]);
});
