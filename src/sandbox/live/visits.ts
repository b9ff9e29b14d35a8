// Short meetings: every 20 to 30 s a room goes live or a meeting ends, so that a client that watches sessions soon sees a change.
// They use their own random sequence, so that they do not change what live/players.ts does for a given seed.
import type { Clock } from '../../clock.ts';
import { Random } from '../random.ts';
import { randomNewcomer } from './people.ts';
import type { World } from './world.ts';

const TICK_MS = 1000;
/** The newest idle rooms at the start, of which some are visited. */
const VISITED_ROOMS = 12;
const MAX_MEETINGS = 4;

/** Lets short meetings begin and end in rooms that are idle now, until the returned function is called. */
export function playVisits(world: World, seed: number, clock: Clock): () => void {
  const random = new Random(`visits:${seed}`);
  const roomIds = [...world.rooms.all.values()]
    .filter(({ id, enabled }) => enabled && world.sessions.active(id) === undefined)
    .slice(-VISITED_ROOMS)
    .map(({ id }) => id);
  let ticksToAct = random.between(5, 10);
  let cancel = clock.schedule(tick, TICK_MS);
  function tick(): void {
    // Scheduled first, so that the other meetings continue if one throws.
    cancel = clock.schedule(tick, TICK_MS);
    ticksToAct -= 1;
    if (ticksToAct > 0) return;
    ticksToAct = random.between(20, 30);
    beginOrEnd(world, random, roomIds);
  }
  return () => cancel();
}

function beginOrEnd(world: World, random: Random, roomIds: readonly string[]): void {
  const meetings = roomIds.filter((id) => world.sessions.active(id) !== undefined);
  const idle = roomIds.filter((id) => !meetings.includes(id) && world.rooms.get(id).enabled);
  const ends = meetings.length >= MAX_MEETINGS || idle.length === 0 || random.chance(0.4);
  if (ends && meetings.length > 0) {
    const reason = 'That is all for today';
    return world.endSession(random.pick(meetings), { reason });
  }
  if (idle.length > 0) begin(world, random, random.pick(idle));
}

function begin(world: World, random: Random, roomId: string): void {
  const roles = [...world.templates.get(world.rooms.get(roomId).templateId).roles.values()];
  if (roles.length === 0) return;
  for (let count = random.between(2, 3); count > 0; count -= 1) {
    world.join(roomId, randomNewcomer(random, random.pick(roles)));
  }
}
