// Shared calls in flight: who waits for one, and when it is aborted.
import { describe, expect, it } from 'vitest';
import { RestAbortedError, RestTimeoutError } from '../../../src/rest/errors.ts';
import type { Flight } from '../../../src/rest/client/flights.ts';
import { Flights } from '../../../src/rest/client/flights.ts';
import { settle } from '../../support/manual-clock.ts';
import { rejection } from './support.ts';

const subject = { method: 'GET', route: '/probe' };
const wait = { subject, priority: 'query' } as const;

/** Work that ends when the test resolves it. */
function work(): {
  start: (flight: Flight) => Promise<string>;
  finish: (value: string) => void;
  started: Flight[];
} {
  const started: Flight[] = [];
  const { promise, resolve } = Promise.withResolvers<string>();
  return {
    started,
    finish: resolve,
    start(flight) {
      started.push(flight);
      const ended = new Promise<never>((_, fail) => {
        flight.signal.addEventListener('abort', () => fail(flight.signal.reason as Error));
      });
      return Promise.race([promise, ended]);
    },
  };
}

describe('work that is shared', () => {
  it('is started once while it runs, and again after it has ended', async () => {
    const flights = new Flights();
    const { start, finish, started } = work();
    const all = ['a', 'a', 'b'].map((key) => flights.share(key, wait, start));
    finish('done');
    expect(await Promise.all(all)).toEqual(['done', 'done', 'done']);
    expect(started).toHaveLength(2);
    await flights.share('a', wait, start);
    expect(started).toHaveLength(3);
  });

  it('is not shared without a key', async () => {
    const flights = new Flights();
    const { start, finish, started } = work();
    const all = [flights.share(null, wait, start), flights.share(null, wait, start)];
    finish('done');
    await Promise.all(all);
    expect(started).toHaveLength(2);
  });

  it('fails for all callers, and is started again by the next one', async () => {
    const flights = new Flights();
    const failing = async (): Promise<string> => {
      throw new RestTimeoutError('late', subject);
    };
    const all = [flights.share('a', wait, failing), flights.share('a', wait, failing)];
    for (const one of all) await rejection(one, RestTimeoutError);
    expect(await flights.share('a', wait, async () => 'fine')).toBe('fine');
  });

  it('continues for the others when one of its callers aborts', async () => {
    const flights = new Flights();
    const { start, finish, started } = work();
    const caller = new AbortController();
    const left = rejection(flights.share('a', { ...wait, signal: caller.signal }, start), RestAbortedError);
    const stays = flights.share('a', wait, start);
    caller.abort(new Error('closed the tab'));
    expect((await left).cause).toEqual(new Error('closed the tab'));
    expect(started[0]?.signal.aborted).toBe(false);
    finish('done');
    expect(await stays).toBe('done');
  });

  it('is aborted when its last caller aborts, and started again by the next caller', async () => {
    const flights = new Flights();
    const { start, finish, started } = work();
    const callers = [new AbortController(), new AbortController()];
    const left = callers.map(({ signal }) =>
      rejection(flights.share('a', { ...wait, signal }, start), RestAbortedError),
    );
    for (const caller of callers) caller.abort();
    const next = flights.share('a', wait, start);
    await Promise.all(left);
    expect(started.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    finish('done');
    expect(await next).toBe('done');
  });

  it('is not started for a caller who has aborted already', async () => {
    const { start, started } = work();
    const shared = new Flights().share('a', { ...wait, signal: AbortSignal.abort() }, start);
    await rejection(shared, RestAbortedError);
    expect(started).toEqual([]);
  });

  it('continues after a seal, but no later caller joins it', async () => {
    const flights = new Flights();
    const { start, finish, started } = work();
    const before = flights.share('a', wait, start);
    flights.seal();
    const after = flights.share('a', wait, start);
    finish('done');
    expect(await Promise.all([before, after])).toEqual(['done', 'done']);
    expect(started).toHaveLength(2);
  });

  it('leaves no listener on a signal that lives longer', async () => {
    const flights = new Flights();
    const caller = new AbortController();
    let listeners = 0;
    const { signal } = caller;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => ((listeners += 1), add(...args));
    signal.removeEventListener = (...args: Parameters<typeof remove>) => ((listeners -= 1), remove(...args));
    await flights.share('a', { ...wait, signal }, async () => 'done');
    await settle();
    expect(listeners).toBe(0);
  });
});
