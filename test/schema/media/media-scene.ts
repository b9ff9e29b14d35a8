// The set-up of the tests of live streams, recordings and external streams.
import { startTestGateway } from '../../support/gateway.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { addPastJobs } from '../../support/media.ts';
import { addPeers, addRooms, JOINED_AT } from '../../support/worlds.ts';

export const MISSING = 'f'.repeat(24);

/** A live room with a completed job and a running job of each kind. */
export async function startWithMedia() {
  const tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const { world } = tested.sandbox;
  const [room] = addRooms(world, 1);
  const [peer] = addPeers(world, room?.id ?? '', 1);
  const session = world.sessions.active(room?.id ?? '');
  if (room === undefined || peer === undefined || session === undefined) throw new Error('a live room');
  for (const kind of ['live-stream', 'recording', 'external-stream'] as const) {
    addPastJobs(world, session, kind, 1);
  }
  const [live = '', recording = '', external = ''] = world.jobs.all.keys();
  const calls = async (ask: () => Promise<unknown>): Promise<string[]> => {
    const before = tested.sandbox.ledger.lines().length;
    await ask();
    return tested.sandbox.ledger.lines().slice(before).toSorted();
  };
  return { ...tested, world, room, peer, session, live, recording, external, calls };
}

/** A room that goes live at the clock's time. */
export async function startWithLiveRoom() {
  const clock = new ManualClock(JOINED_AT);
  const tested = await startTestGateway({ clock, sandbox: { data: 'empty' } });
  const { world } = tested.sandbox;
  const [room] = addRooms(world, 1);
  const roomId = room?.id ?? '';
  addPeers(world, roomId, 1);
  const writes = () => tested.sandbox.ledger.lines().filter((line) => line.startsWith('POST'));
  return { ...tested, clock, world, roomId, writes };
}
