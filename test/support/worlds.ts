// Small data sets for sandboxes, for tests that need exact counts, which demo data cannot give.
import type { PeerRecord, RoomRecord } from '../../src/sandbox/records.ts';
import type { TemplateRole } from '../../src/openapi/types.ts';
import type { World } from '../../src/sandbox/live/world.ts';

/** Adds `count` rooms with the default template; the first is the oldest. */
export function addRooms(world: World, count: number, name = 'room'): RoomRecord[] {
  return Array.from({ length: count }, (_, index) => world.rooms.create({ name: `${name}-${index}` }));
}

/** The time at which the first of the peers below joins, in milliseconds since the epoch. */
export const JOINED_AT = Date.parse('2026-03-12T16:00:00Z');

/** Adds `count` peers to a room as guests, a second apart. */
export function addPeers(world: World, roomId: string, count: number): PeerRecord[] {
  return Array.from({ length: count }, (_, index) =>
    world.at(JOINED_AT + index * 1000, () =>
      world.join(roomId, { name: `Peer ${index}`, role: 'guest', userId: `user-${index}` }),
    ),
  );
}

/** Adds a past session to the room, in which one peer joined and left. Returns the peer as it was connected. */
export function addPastSession(world: World, roomId: string): PeerRecord {
  const [peer] = addPeers(world, roomId, 1);
  if (peer === undefined) throw new Error('nobody joined');
  world.at(JOINED_AT + 90_000, () => world.leave(roomId, peer.id));
  return peer;
}

/**
 * Adds the role `listener`, which may publish nothing, to the room's template; its hosts and guests may publish video.
 */
export function addListeners(world: World, { templateId }: RoomRecord): void {
  const { id, name } = world.templates.get(templateId);
  const speaker: TemplateRole = { publishParams: { allowed: ['audio', 'video', 'screen'] } };
  const listener: TemplateRole = { publishParams: { allowed: [] } };
  world.templates.replace(id, { name, roles: { host: speaker, guest: speaker, listener } });
}
