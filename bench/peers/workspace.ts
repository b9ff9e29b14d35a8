// The workspace that the upstream serves, as plain data in the REST API's shapes. The upstream makes its answers from it, and the
// benchmark makes from it the answers that it expects of the targets.
import { createHash } from 'node:crypto';
import { demoTemplates } from '../../src/sandbox/templates/demo-templates.ts';
import { completeRole, completeSettings } from '../../src/sandbox/templates/template-parts.ts';

/** Rooms of the workspace. */
export const ROOMS = 1000;
/** The rooms 0 to 99 are live. */
export const LIVE_ROOMS = 100;
/** Peers of each live room. */
export const PEERS = 100;
/** Templates of the workspace; the rooms have them in turn. */
const TEMPLATES = 5;

/**
 * The version of the peers that do not change. A version is in each peer's metadata and in the time of each session's last
 * change. It has eight digits, so that all answers are equally large.
 */
export const FIRST_VERSION = 10_000_000;

const CUSTOMER = '600000000000000000000001';
const ROLES = ['host', 'speaker', 'guest'];

/** The vendor id of a room. */
export const roomIdOf = (room: number): string => objectId(6, room);

/** The index of the room with a vendor id. */
export const roomOfId = (id: string): number => Number.parseInt(id.slice(1), 16);

/** The vendor id of the running session of a live room. */
export const sessionIdOf = (room: number): string => objectId(5, room);

function objectId(firstDigit: number, index: number): string {
  return `${firstDigit}${index.toString(16).padStart(23, '0')}`;
}

/** The room as `GET /rooms/{room_id}` has it. */
export function roomRecord(room: number) {
  const template = templateRecords[room % TEMPLATES];
  return {
    id: roomIdOf(room),
    name: `room-${room}`,
    enabled: room % 7 !== 0,
    description: `Room ${room} of the benchmark`,
    customer_id: CUSTOMER,
    recording_source_template: true,
    template_id: template?.id ?? '',
    template: template?.name ?? '',
    region: 'eu',
    created_at: new Date(Date.UTC(2026, 1, 1, 0, room)).toISOString(),
    updated_at: '2026-03-12T16:00:00.123Z',
  };
}

/** The templates of the sandbox, and some of them again under other names. */
export const templateRecords = Array.from({ length: TEMPLATES }, (_, index) => {
  const { name = '', roles = {}, settings = {}, ...rest } = demoTemplates[index % demoTemplates.length] ?? {};
  return {
    id: objectId(7, index),
    _id: objectId(7, index),
    name: `${name}-${index}`,
    customerId: CUSTOMER,
    customer: CUSTOMER,
    default: index === 0,
    roles: Object.fromEntries(
      Object.entries(roles).map(([role, input]) => [role, completeRole(role, input)]),
    ),
    settings: completeSettings(settings),
    ...rest,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  };
});

/** The connected peers of a live room, in the order of their ids, which is the order of the REST API's maps. */
export function peerRecords(room: number, version: number) {
  return Array.from({ length: PEERS }, (_, index) => ({
    id: peerId(room, index),
    name: `Peer ${index}`,
    user_id: `user-${index}`,
    metadata: `{"hand":${index % 10 === 0},"version":${version}}`,
    role: ROLES[index % ROLES.length] ?? '',
    joined_at: new Date(Date.UTC(2026, 2, 12, 16, 0, index)).toISOString().replace('000Z', '123456789Z'),
  })).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** A UUID of version 4. */
function peerId(room: number, index: number): string {
  const digits = createHash('sha256').update(`${room}/${index}`).digest('hex');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

/** The running session of a live room, with its record of the peers. */
export function sessionRecord(room: number, version: number) {
  const id = sessionIdOf(room);
  const records = peerRecords(room, version).map(({ id: peer, name, user_id, role, joined_at }) => [
    peer,
    { id: peer, session_id: id, name, user_id, role, joined_at },
  ]);
  return {
    id,
    room_id: roomIdOf(room),
    customer_id: CUSTOMER,
    active: true,
    peers: Object.fromEntries(records),
    created_at: '2026-03-12T16:00:00.123Z',
    updated_at: `2026-03-12T17:00:00.${version}Z`,
  };
}
