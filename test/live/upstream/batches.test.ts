// Questions put together: what shares a call, and who waits for whom.
import { expect, test } from 'vitest';
import { Batches } from '../../../src/live/upstream/batches.ts';
import { settle } from '../../support/manual-clock.ts';

const { signal } = new AbortController();

/** Batches whose calls a test answers itself. Each key is told as its own name in capitals. */
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
    const asked = keys.map((key) => batches.load(key, signal));
    await settle();
    return asked;
  };
  return { batches, calls, signals, results, pending, answer, ask };
}

test('what is asked in one turn, also behind promises, is one call that names each key once', async () => {
  const { batches, calls, answer } = scene();
  const asked = [batches.load('a', signal), batches.load('b', signal), batches.load('a', signal)];
  asked.push(Promise.resolve().then(() => batches.load('c', signal)));
  await settle();
  expect(calls).toEqual([['a', 'b', 'c']]);
  await answer(0);
  expect(await Promise.all(asked)).toEqual(['A', 'B', 'A', 'C']);
});

test('a wave that comes turn by turn is a few single calls, then few calls of many', async () => {
  const { calls, ask, answer } = scene();
  const asked = [];
  for (let index = 0; index < 100; index += 1) asked.push(...(await ask(`k${index}`)));
  expect(calls).toEqual([['k0'], ['k1'], ['k2'], ['k3']]);
  await answer(2);
  expect(calls).toHaveLength(5);
  expect(calls[4]).toHaveLength(96);
  for (const call of [0, 1, 3, 4]) await answer(call);
  expect(await Promise.all(asked)).toEqual(asked.map((_, index) => `K${index}`));
});

test('a call that hangs holds nobody up', async () => {
  const { batches, calls, ask, answer } = scene();
  void batches.load('hangs', signal);
  await settle();
  for (const key of ['a', 'b', 'c', 'd', 'e']) {
    const asked = ask(key);
    await settle();
    await answer(calls.length - 1);
    expect(await Promise.all(await asked)).toEqual([key.toUpperCase()]);
  }
});

test('who gives up ends no wait but their own; the call ends with the last', async () => {
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

test('who comes to a batch that all others have left before it was sent is told', async () => {
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

test('nothing is sent for those who all have left', async () => {
  const { batches, calls, results } = scene();
  const leaving = new AbortController();
  const left = batches.load('a', leaving.signal);
  leaving.abort();
  await expect(left).rejects.toThrow('aborted');
  await settle();
  expect([calls, results]).toEqual([[], []]);
});

test('a key that fails or is missing in the answer fails alone; a call that fails fails all, and the next goes on', async () => {
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
