// Batches: which keys share a request, and what aborts or fails a wait.
import { expect, test } from 'vitest';
import { Batches } from '../../../src/live/upstream/batches.ts';
import { settle } from '../../support/manual-clock.ts';

const { signal } = new AbortController();

/** Batches whose requests are answered by the test. The value of each key is its name in capitals. */
function scene() {
  const calls: string[][] = [];
  const signals: AbortSignal[] = [];
  const results: string[] = [];
  const pending: PromiseWithResolvers<ReadonlyMap<string, string | Error>>[] = [];
  const batches = new Batches<string>(
    (keys, callSignal) => {
      calls.push([...keys]);
      signals.push(callSignal);
      const answer = Promise.withResolvers<ReadonlyMap<string, string | Error>>();
      pending.push(answer);
      return answer.promise;
    },
    (result) => results.push(result),
  );
  const answer = async (call: number) => {
    pending[call]?.resolve(new Map(calls[call]?.map((key) => [key, key.toUpperCase()])));
    await settle();
  };
  const ask = async (...keys: string[]) => {
    const values = keys.map((key) => batches.load(key, signal));
    await settle();
    return values;
  };
  return { batches, calls, signals, results, pending, answer, ask };
}

test('the keys of one turn, also after promises, are one request that has each key once', async () => {
  const { batches, calls, answer } = scene();
  const values = [batches.load('a', signal), batches.load('b', signal), batches.load('a', signal)];
  values.push(Promise.resolve().then(() => batches.load('c', signal)));
  await settle();
  expect(calls).toEqual([['a', 'b', 'c']]);
  await answer(0);
  expect(await Promise.all(values)).toEqual(['A', 'B', 'A', 'C']);
});

test('keys that come turn by turn are four single requests, then few large ones', async () => {
  const { calls, ask, answer } = scene();
  const values = [];
  for (let index = 0; index < 100; index += 1) values.push(...(await ask(`k${index}`)));
  expect(calls).toEqual([['k0'], ['k1'], ['k2'], ['k3']]);
  await answer(2);
  expect(calls).toHaveLength(5);
  expect(calls[4]).toHaveLength(96);
  for (const call of [0, 1, 3, 4]) await answer(call);
  expect(await Promise.all(values)).toEqual(values.map((_, index) => `K${index}`));
});

test('a request that hangs delays no other', async () => {
  const { batches, calls, ask, answer } = scene();
  void batches.load('hangs', signal);
  await settle();
  for (const key of ['a', 'b', 'c', 'd', 'e']) {
    const values = ask(key);
    await settle();
    await answer(calls.length - 1);
    expect(await Promise.all(await values)).toEqual([key.toUpperCase()]);
  }
});

test('an aborted wait ends no other; the request is aborted with the last wait', async () => {
  const { batches, signals, answer } = scene();
  const [one, two, three] = [new AbortController(), new AbortController(), new AbortController()];
  const [first, second, third] = [one, two, three].map((each) => batches.load('a', each.signal));
  await settle();
  one.abort();
  await expect(first).rejects.toThrow('aborted');
  expect(signals[0]?.aborted).toBe(false);
  await answer(0);
  expect(await Promise.all([second, third])).toEqual(['A', 'A']);

  const alone = new AbortController();
  const fourth = batches.load('b', alone.signal);
  await settle();
  alone.abort();
  await expect(fourth).rejects.toThrow('aborted');
  expect(signals[1]?.aborted).toBe(true);
});

test('a key that joins a batch whose other waits were aborted gets its value', async () => {
  const { batches, calls, signals, answer } = scene();
  const leaving = new AbortController();
  const left = batches.load('a', leaving.signal);
  leaving.abort();
  await expect(left).rejects.toThrow('aborted');
  const came = batches.load('b', signal);
  await settle();
  expect([calls, signals[0]?.aborted]).toEqual([[['b']], false]);
  await answer(0);
  expect(await came).toBe('B');
});

test('no request is sent when all waits were aborted before', async () => {
  const { batches, calls, results } = scene();
  const leaving = new AbortController();
  const left = batches.load('a', leaving.signal);
  leaving.abort();
  await expect(left).rejects.toThrow('aborted');
  await settle();
  expect([calls, results]).toEqual([[], []]);
});

test('a failed or missing key rejects alone; a failed request rejects all, and the next is sent', async () => {
  const { ask, pending, results, answer } = scene();
  const some = await ask('a', 'b', 'c');
  const failures = Promise.allSettled(some);
  pending[0]?.resolve(
    new Map<string, string | Error>([
      ['a', 'A'],
      ['b', new Error('b is unknown')],
    ]),
  );
  expect((await failures).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);

  const all = Promise.allSettled(await ask('d', 'e'));
  pending[1]?.reject(new Error('down'));
  expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected']);

  const fine = await ask('f');
  await answer(2);
  expect(await Promise.all(fine)).toEqual(['F']);
  expect(results).toEqual(['failed', 'failed', 'answered']);
});
