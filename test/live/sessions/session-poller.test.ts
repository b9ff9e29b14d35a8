// The shared look at sessions: one at a time, none for nobody, soon again after a failure.
import { expect, test } from 'vitest';
import { Scene } from '../scene.ts';

/** A watched room that is not live, so that shared looks are all that is asked. */
async function idleScene() {
  const scene = new Scene();
  scene.upstream.room('r');
  const client = await scene.client();
  return { scene, client };
}

test('a look that takes longer than the time between two is not joined by another', async () => {
  const { scene } = await idleScene();
  using _ = scene;
  scene.upstream.weather.latenciesMs = [12_000];
  await scene.clock.advance(5000);
  // A watcher who comes meanwhile wants a look within five seconds, too.
  scene.upstream.room('other');
  scene.live.peerChanges('other');
  await scene.clock.advance(0);
  const calls = await scene.callsOf(() => scene.clock.advance(11_900));
  expect(calls).toEqual([]);
});

test('a look under way is given up when the last watcher leaves', async () => {
  const { scene, client } = await idleScene();
  using _ = scene;
  scene.upstream.weather.latenciesMs = [1000];
  await scene.clock.advance(5500);
  expect(scene.upstream.aborted).toBe(0);
  client.drop();
  expect(scene.upstream.aborted).toBe(1);
});

test('is not sent for a watcher who left in the meantime', async () => {
  const { scene, client } = await idleScene();
  using _ = scene;
  client.drop();
  const calls = await scene.callsOf(async () => {
    client.connect();
    for (let job = 0; job < 2; job += 1) await Promise.resolve();
    client.drop();
  });
  expect(calls).toEqual([]);
});

test('a failed look is repeated soon, then ever more rarely; the first success ends the haste', async () => {
  const { scene } = await idleScene();
  using _ = scene;
  const looksWithin = async (seconds: number) => {
    const instants: number[] = [];
    for (let second = 1; second <= seconds; second += 1) {
      if ((await scene.callsOf(() => scene.clock.advance(1000))).length > 0) instants.push(second);
    }
    return instants;
  };
  const { failing } = scene.upstream.weather;
  failing.add('activeSessions');
  expect(await looksWithin(18)).toEqual([5, 6, 8, 12, 17]);
  failing.clear();
  expect(await looksWithin(9)).toEqual([4, 9]);
  failing.add('activeSessions');
  expect(await looksWithin(6)).toEqual([5, 6]);
});
