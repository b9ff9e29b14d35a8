// One stage for all tests of a file, with the scene in its world.
import { afterAll, beforeAll } from 'vitest';
import type { RoomRecord } from '../../src/sandbox/records.ts';
import { BROWSER_TEST_MS } from '../support/browser.ts';
import { addScene } from './scene.ts';
import { startPageStage, type PageStage } from './stage.ts';

export interface SharedStage extends PageStage {
  /** The rooms of the scene. */
  readonly rooms: readonly RoomRecord[];
}

/** Call in a `describe`: starts a stage before its tests, passes it to `take`, and ends it after them. */
export function shareStage(take: (stage: SharedStage) => void): void {
  let started: PageStage | undefined;
  beforeAll(async () => {
    started = await startPageStage();
    take({ ...started, rooms: addScene(started.world, Date.now()) });
  }, BROWSER_TEST_MS);
  afterAll(() => started?.[Symbol.asyncDispose]());
}
