// The workloads: what is asked, by how many connections at a time, and the answer that the upstream's data gives to it.
import {
  LIVE_ROOMS,
  peerRecords,
  roomIdOf,
  roomRecord,
  ROOMS,
  sessionIdOf,
  templateRecords,
} from './workspace.ts';

/** What one request asks for, whatever the target's language. */
export type Ask =
  /** The newest 20 rooms: id, name, enabled; of their template id, name, and of its roles name, priority, maxPeerCount. */
  | { readonly kind: 'rooms'; readonly createdAfter?: string }
  /** Id, name, enabled and createdAt of a room. */
  | { readonly kind: 'room'; readonly room: number }
  /** Id, name, role, user id and metadata of the connected peers of a room. */
  | { readonly kind: 'peers'; readonly room: number }
  /** Id and name of live rooms, the id of their session, and their peers as above. */
  | { readonly kind: 'liveRooms'; readonly rooms: readonly number[] };

/** A workload. Each request is one of `asks`, by chance. */
export interface Workload {
  readonly name: string;
  /** One line about it. */
  readonly about: string;
  readonly connections: number;
  /** Whether the upstream's peers change at every answer. */
  readonly isChanging: boolean;
  readonly asks: readonly Ask[];
}

/**
 * A placeholder in the text of a request. Each request replaces it by another instant, with milliseconds, before the first
 * room's creation. It is as long as an instant, so the text keeps its length.
 */
export const OWN_INSTANT = 'EACH-REQUEST-ITS-INSTANT';

export const ROOMS_PAGE = 20;
const SETS = 2000;
const ROOMS_OF_SET = 10;

/** Sets of rooms by a generator with a fixed start, so that each run asks the same. */
function roomSets(): Ask[] {
  let state = 1;
  const below = (limit: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  return Array.from({ length: SETS }, () => {
    const rooms = new Set<number>();
    while (rooms.size < ROOMS_OF_SET) rooms.add(below(LIVE_ROOMS));
    return { kind: 'liveRooms', rooms: [...rooms] };
  });
}

const indexes = (length: number) => Array.from({ length }, (_, index) => index);
const peersOfRooms = indexes(LIVE_ROOMS).map((room): Ask => ({ kind: 'peers', room }));
const setsOfRooms = roomSets();

type Definition = Omit<Workload, 'isChanging'>;

const definitions: readonly Definition[] = [
  {
    name: 'W1',
    about: `${ROOMS_PAGE} rooms with their templates and roles, equal requests`,
    connections: 64,
    asks: [{ kind: 'rooms' }],
  },
  {
    name: 'W1u',
    about: 'as W1, but each request with a filter of its own',
    connections: 64,
    asks: [{ kind: 'rooms', createdAfter: OWN_INSTANT }],
  },
  {
    name: 'W2',
    about: `4 fields of one room of ${ROOMS}`,
    connections: 64,
    asks: indexes(ROOMS).map((room) => ({ kind: 'room', room })),
  },
  {
    name: 'W3',
    about: `5 fields of the 100 peers of one live room of ${LIVE_ROOMS}`,
    connections: 32,
    asks: peersOfRooms,
  },
  {
    name: 'W4',
    about: `${ROOMS_OF_SET} live rooms of ${LIVE_ROOMS} by id, each with its session and its 100 peers`,
    connections: 16,
    asks: setsOfRooms,
  },
];

/** By name. W3c and W4c are W3 and W4 with peers that change at every answer of the upstream. */
export const workloads: ReadonlyMap<string, Workload> = new Map(
  [...definitions.map(steady), ...definitions.filter(({ name }) => /W[34]/.test(name)).map(changing)].map(
    (workload) => [workload.name, workload],
  ),
);

function steady(definition: Definition): Workload {
  return { ...definition, isChanging: false };
}

function changing(definition: Definition): Workload {
  const { name } = definition;
  const about = `as ${name}, but the upstream's peers change at every answer`;
  return { ...definition, name: `${name}c`, about, isChanging: true };
}

/** A peer of an answer, in the graph's names. */
export interface AnsweredPeer {
  readonly id: string;
  readonly name: string | null;
  readonly role: string | null;
  readonly userId: string | null;
  readonly metadata: string | null;
}

/**
 * The answer to an ask, made from the upstream's data: peers in the order of their ids, roles in that of their names. In the
 * n-th room of the ask peers have the n-th version.
 */
export function expectedAnswer(ask: Ask, versions: readonly number[]): unknown {
  if (ask.kind === 'rooms') return indexes(ROOMS_PAGE).map((index) => listedRoom(ROOMS - 1 - index));
  if (ask.kind === 'peers') return peersOf(ask.room, versions[0]);
  if (ask.kind === 'room') {
    const { id, name, enabled, created_at: createdAt } = roomRecord(ask.room);
    return { id, name, enabled, createdAt };
  }
  return ask.rooms.map((room, index) => ({
    id: roomIdOf(room),
    name: roomRecord(room).name,
    session: { id: sessionIdOf(room) },
    peers: peersOf(room, versions[index]),
  }));
}

function listedRoom(room: number) {
  const { id, name, enabled, template_id: templateId } = roomRecord(room);
  const template = templateRecords.find((each) => each.id === templateId);
  const roles = Object.entries(template?.roles ?? {})
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { name, priority, maxPeerCount }]) => ({ name, priority, maxPeerCount }));
  return { id, name, enabled, template: { id: template?.id, name: template?.name, roles } };
}

function peersOf(room: number, version = Number.NaN): AnsweredPeer[] {
  return peerRecords(room, version).map(({ id, name, role, user_id: userId, metadata }) => ({
    id,
    name,
    role,
    userId,
    metadata,
  }));
}
