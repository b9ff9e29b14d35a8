// The set-up of the tests of reads that lag behind writes.
import { momentAt, systemClock } from '../../src/clock.ts';
import { startScene, type Scene } from './rooms/room-scene.ts';

/** A scene whose clock stands still until `pass`, and whose REST reads show the state before this call. */
export async function startLagging(): Promise<Scene & { pass(ms: number): void }> {
  let elapsed = 0;
  const start = Date.now();
  const clock = { ...systemClock, now: () => start + elapsed, moment: () => momentAt(elapsed) };
  const scene = await startScene({ clock });
  scene.sandbox.faults.set('*', { kind: 'stale', ms: 60_000 });
  return Object.assign(scene, {
    pass: (ms: number) => {
      elapsed += ms;
    },
  });
}
