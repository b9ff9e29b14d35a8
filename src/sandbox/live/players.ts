// The people of the living rooms: they come, raise hands, change roles and names, mute and go, as a seed decides.
// One timer drives all rooms in a fixed order, so that a seed's history does not hang on the timing of the machine.
import type { Clock } from '../../clock.ts';
import { handMetadata, isHandRaised, renamed, somebody } from './people.ts';
import { Random } from '../random.ts';
import type { PeerRecord } from '../records.ts';
import type { World } from './world.ts';

const TICK_MS = 1000;
const LEAST_PEERS = 3;
const MOST_PEERS = 12;
/** How likely an act ends the session: about once in a quarter of an hour. */
const END_CHANCE = 1 / 300;

interface Scene {
  readonly world: World;
  readonly random: Random;
  readonly roomId: string;
}

interface Stage extends Scene {
  ticksToAct: number;
}

/**
 * Plays the rooms that are live now, until the returned function is called. In each of them something visible
 * happens every 2 to 4 seconds; it holds 3 to 12 people, and now and then its session ends and another begins.
 */
export function playRooms(world: World, seed: number, clock: Clock): () => void {
  const roomIds = [...world.rooms.all.keys()].filter((roomId) => world.sessions.active(roomId) !== undefined);
  const stages = roomIds.map((roomId) => ({
    world,
    roomId,
    random: new Random(`players:${seed}:${roomId}`),
    ticksToAct: 1,
  }));
  let cancel = clock.schedule(tick, TICK_MS);
  function tick(): void {
    for (const stage of stages) step(stage);
    cancel = clock.schedule(tick, TICK_MS);
  }
  return () => cancel();
}

function step(stage: Stage): void {
  stage.ticksToAct -= 1;
  if (stage.ticksToAct > 0) return;
  stage.ticksToAct = stage.random.between(2, 4);
  act(stage);
}

function act(scene: Scene): void {
  const { world, random, roomId } = scene;
  const peers = world.sessions.connectedPeers(roomId);
  if (!world.rooms.get(roomId).enabled && peers.length === 0) return;
  if (peers.length < LEAST_PEERS) return arrive(scene);
  if (random.chance(END_CHANCE)) {
    const by = random.pick(peers);
    return world.endSession(roomId, { reason: 'That is all for today', by });
  }
  if (random.chance(0.3)) {
    const isDeparture = peers.length > LEAST_PEERS && (peers.length >= MOST_PEERS || random.chance(0.5));
    return isDeparture ? depart(scene, peers) : arrive(scene);
  }
  return behave(scene, random.pick(peers));
}

function arrive({ world, random, roomId }: Scene): void {
  const room = world.rooms.get(roomId);
  const present = world.sessions.connectedPeers(roomId);
  const roles = [...world.templates.get(room.templateId).roles.values()].filter(
    ({ name, maxPeerCount = 0 }) => {
      const taken = present.filter((peer) => peer.role === name).length;
      return maxPeerCount === 0 || taken < maxPeerCount;
    },
  );
  if (room.enabled && roles.length > 0) world.join(roomId, somebody(random, random.pick(roles)));
}

function depart({ world, random, roomId }: Scene, peers: readonly PeerRecord[]): void {
  const reason = random.chance(0.9) ? 'client request' : 'websocket closed';
  world.leave(roomId, random.pick(peers).id, reason);
}

function behave(scene: Scene, peer: PeerRecord): void {
  const { world, random, roomId } = scene;
  const tracks = [...peer.tracks.values()];
  const draw = random.next();
  if (draw < 0.2 && tracks.length > 0) {
    const { kind, mute } = random.pick(tracks);
    world.setMute(roomId, peer.id, kind, !mute);
  } else if (draw < 0.35) {
    changeRole(scene, peer);
  } else if (draw < 0.45) {
    world.updatePeer(roomId, peer.id, { name: renamed(peer.name) });
  } else {
    const metadata = handMetadata(peer.metadata, !isHandRaised(peer.metadata));
    world.updatePeer(roomId, peer.id, { metadata });
  }
}

/** Asked for by the one who has been there longest; a role that is full makes a failure, as in life. */
function changeRole({ world, random, roomId }: Scene, peer: PeerRecord): void {
  const names = world.templates.get(world.rooms.get(roomId).templateId).roles.keys();
  const roles = names.filter((role) => role !== peer.role).toArray();
  const [elder] = world.sessions.connectedPeers(roomId);
  if (roles.length > 0) world.updatePeer(roomId, peer.id, { role: random.pick(roles) }, elder?.id);
}
