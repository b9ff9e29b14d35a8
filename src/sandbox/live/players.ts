// Simulated people in rooms: they join, raise hands, change roles and names, mute and leave. Everything depends only on the seed:
// one timer drives the rooms in a fixed order, so the timing of the machine has no influence.
import type { Clock } from '../../clock.ts';
import { handMetadata, isHandRaised, otherName, randomNewcomer } from './people.ts';
import { Random } from '../random.ts';
import type { PeerRecord } from '../records.ts';
import type { World } from './world.ts';

const TICK_MS = 1000;
const MIN_PEERS = 3;
const MAX_PEERS = 12;
/** The probability that an act ends the session: about once in 15 minutes. */
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
 * Simulates people in the rooms that are live now, until the returned function is called. Each room changes visibly
 * every 2 to 4 seconds and keeps 3 to 12 people. About every 15 minutes its session ends and another begins.
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
    // Scheduled first, so that the simulation continues if a step throws.
    cancel = clock.schedule(tick, TICK_MS);
    for (const stage of stages) step(stage);
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
  if (peers.length < MIN_PEERS) return arrive(scene);
  if (random.chance(END_CHANCE)) {
    const by = random.pick(peers);
    return world.endSession(roomId, { reason: 'That is all for today', by });
  }
  if (random.chance(0.3)) {
    const isDeparture = peers.length > MIN_PEERS && (peers.length >= MAX_PEERS || random.chance(0.5));
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
  if (room.enabled && roles.length > 0) world.join(roomId, randomNewcomer(random, random.pick(roles)));
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
    rename(scene, peer);
  } else {
    const metadata = handMetadata(peer.metadata, !isHandRaised(peer.metadata));
    // An app's own metadata stays as it is; the peer changes its name instead.
    if (metadata === undefined) rename(scene, peer);
    else world.updatePeer(roomId, peer.id, { metadata });
  }
}

/** The peer adds the last name, or leaves it out. An app's own name stays as it is; the peer gets another role instead. */
function rename(scene: Scene, peer: PeerRecord): void {
  const name = otherName(peer.name);
  if (name === undefined) changeRole(scene, peer);
  else scene.world.updatePeer(scene.roomId, peer.id, { name });
}

/** The peer who joined first requests the change. A full role is not avoided, so that failures occur too. */
function changeRole({ world, random, roomId }: Scene, peer: PeerRecord): void {
  const names = world.templates.get(world.rooms.get(roomId).templateId).roles.keys();
  const roles = names.filter((role) => role !== peer.role).toArray();
  const [elder] = world.sessions.connectedPeers(roomId);
  if (roles.length > 0) world.updatePeer(roomId, peer.id, { role: random.pick(roles) }, elder?.id);
}
