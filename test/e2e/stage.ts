// The set-up of the subscription tests: a listening gateway, a live room, and a sequence of changes in the room.
import { expect } from 'vitest';
import type { PeerRecord, RoomRecord } from '../../src/sandbox/records.ts';
import type { World } from '../../src/sandbox/live/world.ts';
import { startTestGateway, type TestGateway, type TestGatewayOptions } from '../support/gateway.ts';
import type { ManualClock } from '../support/manual-clock.ts';
import type { RawStream, Watching } from '../support/sockets.ts';
import { addRooms } from '../support/worlds.ts';
import { inShort, type PeerChange } from './documents.ts';

/** The interval of polls and session checks, in milliseconds. */
export const FAST = { pollIntervalMs: 50, pollMaxIntervalMs: 50, sessionCheckMs: 50 };

export interface Stage extends TestGateway {
  readonly url: string;
  readonly world: World;
  readonly room: RoomRecord;
  /** The peer that is in the room from the beginning. */
  readonly ada: PeerRecord;
}

/** A listening gateway, and a live room with the peer Ada. */
export async function stage(options: TestGatewayOptions = {}): Promise<Stage> {
  const served = await startTestGateway({ sandbox: { data: 'empty' }, config: FAST, ...options });
  const { world } = served.sandbox;
  const [room] = addRooms(world, 1);
  if (room === undefined) throw new Error('there is no room');
  const ada = world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
  return { ...served, url: await served.gateway.listen(), world, room, ada };
}

export const newcomer = (name: string) => ({ name, role: 'guest', userId: name.toLowerCase() });

/** Makes every kind of change in the room. After each step it waits until `seen` reports the step's event. */
export async function playHistory({ world, room, ada }: Stage, seen: (last: string) => Promise<unknown>) {
  const grace = world.join(room.id, newcomer('Grace'));
  await seen('PeerJoined Grace');
  world.updatePeer(room.id, grace.id, { name: 'Grace H.', metadata: '{"hand":true}' });
  await seen('PeerUpdated Grace H.');
  world.leave(room.id, ada.id);
  await seen('PeerLeft Ada');
  world.leave(room.id, grace.id);
  await seen('SessionEnded');
  world.join(room.id, newcomer('Emmy'));
  await seen('PeerJoined Emmy');
}

export const HISTORY = [
  'PeersSnapshot SUBSCRIBED [Ada]',
  'PeerJoined Grace ROOM',
  'PeerUpdated Grace H. NAME,METADATA',
  'PeerLeft Ada ROOM',
  'PeerLeft Grace H. ROOM',
  'SessionEnded',
  'SessionStarted',
  'PeerJoined Emmy ROOM',
];

type Peers = Watching<{ readonly peerChanges: PeerChange }>;

/** Reads events up to the first whose short form begins with this text. */
export async function changesUntil(watching: Peers, last: string): Promise<PeerChange[]> {
  const read = await watching.until(({ peerChanges }) => inShort(peerChanges).startsWith(last));
  return read.map(({ peerChanges }) => peerChanges);
}

/** The next event of a stream of the subscription `followPeers`. */
export async function nextChange(
  stream: RawStream,
): Promise<{ readonly change: PeerChange; readonly id: string | undefined }> {
  const event = await stream.next();
  if (event?.event !== 'next') throw new Error(`An event was expected, not ${JSON.stringify(event)}`);
  // The caller passes a stream of `followPeers`.
  const { data } = JSON.parse(event.data) as { data: { peerChanges: PeerChange } };
  return { change: data.peerChanges, id: event.id };
}

/** Waits until the gateway's clock has no pending timer: a socket's ping timer ends when the socket has closed. */
export async function noTimerLeft(clock: ManualClock): Promise<void> {
  await expect.poll(() => clock.pending, { interval: 5, timeout: 10_000 }).toBe(0);
}

/** Waits until the gateway has no subscription left: the client's `complete` message takes time over the network. */
export async function noneLeft({ services }: TestGateway['gateway']): Promise<void> {
  await expect.poll(() => services.live.gauges().subscribers, { interval: 5, timeout: 10_000 }).toBe(0);
}
