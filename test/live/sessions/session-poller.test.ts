// The session check: one at a time, only while rooms are watched, repeated soon after a failure.
import { expect, test } from 'vitest';
import { Scene } from '../scene.ts';

/** One watched room that is not live, so that session checks are the only requests. */
async function idleScene() {
  const scene = new Scene();
  scene.upstream.room('r');
  const client = await scene.client();
  return { scene, client };
}

test('no second check begins while one takes longer than the interval', async () => {
  const { scene } = await idleScene();
  using _ = scene;
  scene.upstream.weather.latenciesMs = [12_000];
  await scene.clock.advance(5000);
  // A new watched room brings the next check forward, but not while a check is in flight.
  scene.upstream.room('other');
  scene.live.peerChanges('other');
  await scene.clock.advance(0);
  const calls = await scene.callsDuring(() => scene.clock.advance(11_900));
  expect(calls).toEqual([]);
});

test('a check in flight is aborted when the last subscriber leaves', async () => {
  const { scene, client } = await idleScene();
  using _ = scene;
  scene.upstream.weather.latenciesMs = [1000];
  await scene.clock.advance(5500);
  expect(scene.upstream.aborted).toBe(0);
  client.drop();
  expect(scene.upstream.aborted).toBe(1);
});

test('no request is sent for a subscriber that has left in the meantime', async () => {
  const { scene, client } = await idleScene();
  using _ = scene;
  client.drop();
  const calls = await scene.callsDuring(async () => {
    client.connect();
    for (let job = 0; job < 2; job += 1) await Promise.resolve();
    client.drop();
  });
  expect(calls).toEqual([]);
});

test('a failed check is repeated soon, then at growing intervals; a success restores the regular one', async () => {
  const { scene } = await idleScene();
  using _ = scene;
  const checksWithin = async (seconds: number) => {
    const instants: number[] = [];
    for (let second = 1; second <= seconds; second += 1) {
      if ((await scene.callsDuring(() => scene.clock.advance(1000))).length > 0) instants.push(second);
    }
    return instants;
  };
  const { failing } = scene.upstream.weather;
  failing.add('activeSessions');
  expect(await checksWithin(18)).toEqual([5, 6, 8, 12, 17]);
  failing.clear();
  expect(await checksWithin(9)).toEqual([4, 9]);
  failing.add('activeSessions');
  expect(await checksWithin(6)).toEqual([5, 6]);
});
