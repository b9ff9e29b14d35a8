// A REST API whose live rooms change at a chosen rate, in a process of its own. It answers after 5 ms. Each change gives one
// peer of the next room new metadata: the change's number in that room, and its time. Each join adds a peer to room 0.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { POLLS, roomIdOf, type Workspace } from './messages.ts';

const LATENCY_MS = 5;
const TICK_MS = 10;
const AT = '2026-03-12T16:00:00.123Z';

interface RoomOfBench {
  readonly peers: { readonly id: string; text: string }[];
  changes: number;
}

let rooms: RoomOfBench[] = [];
let workspace: Workspace = { rooms: 0, peers: 0, changesPerSecond: 0, joinsPerSecond: 0 };
let nextRoom = 0;
let polls = 0;

const sessionIdOf = (room: number) => `5${roomIdOf(room).slice(1)}`;
const indexOf = (id: string) => Number.parseInt(id, 16);

function peerOf(room: number, index: number, metadata: unknown) {
  const id = `00000000-0000-4000-8000-${(room * 100_000 + index).toString(16).padStart(12, '0')}`;
  const peer = { id, name: `Peer ${index}`, user_id: `user-${index}`, role: 'guest', joined_at: AT };
  return { id, text: `"${id}":${JSON.stringify({ ...peer, metadata: JSON.stringify(metadata) })}` };
}

function resize(next: Workspace): void {
  if (next.rooms !== workspace.rooms || next.peers !== workspace.peers) {
    rooms = Array.from({ length: next.rooms }, (_, room) => ({
      peers: Array.from({ length: next.peers }, (__, index) => peerOf(room, index, { n: 0 })),
      changes: 0,
    }));
  }
  workspace = next;
}

/** Changes one peer of the next room; peers take turns, so that a poll shows each change. */
function change(): void {
  const index = nextRoom % rooms.length;
  nextRoom += 1;
  const room = rooms[index];
  if (room === undefined) return;
  room.changes += 1;
  const peer = room.changes % room.peers.length;
  room.peers[peer] = peerOf(index, peer, { n: room.changes, at: Date.now() });
}

function join(): void {
  const [room] = rooms;
  if (room === undefined) return;
  room.changes += 1;
  room.peers.push(peerOf(0, room.peers.length, { n: room.changes, at: Date.now() }));
}

function roomOf(room: number): unknown {
  const template = { template_id: roomIdOf(1), template: 'default' };
  return {
    id: roomIdOf(room),
    name: `room-${room}`,
    enabled: true,
    ...template,
    created_at: AT,
    updated_at: AT,
  };
}

function answerTo(url: string): string {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const [, , resource, id = '', part] = pathname.split('/');
  const room = indexOf(id);
  if (resource === 'rooms') return JSON.stringify(roomOf(room));
  if (resource === 'active-rooms' && part === 'peers') {
    polls += 1;
    return `{"peers":{${(rooms[room]?.peers ?? []).map(({ text }) => text).join(',')}}}`;
  }
  if (resource === 'active-rooms') {
    const peers = (rooms[room]?.peers ?? []).map((peer) => peer.id);
    return JSON.stringify({
      id,
      name: `room-${room}`,
      session: { id: sessionIdOf(room), created_at: AT, peers },
    });
  }
  const limit = Number(searchParams.get('limit') ?? 10);
  const from = searchParams.has('start') ? indexOf(`0${searchParams.get('start')?.slice(1)}`) + 1 : 0;
  const of = searchParams.get('room_id');
  const all = of === null ? rooms.map((_, at) => at) : [indexOf(of)];
  const page = all.slice(from, from + limit);
  const data = page.map((at) => {
    const [id, room_id] = [sessionIdOf(at), roomIdOf(at)];
    return { id, room_id, active: true, created_at: AT, updated_at: AT, peers: {} };
  });
  return JSON.stringify({ limit, data, last: data.length < limit ? '' : data.at(-1)?.id });
}

let [owedChanges, owedJoins] = [0, 0];
setInterval(() => {
  owedChanges += (workspace.changesPerSecond * TICK_MS) / 1000;
  owedJoins += (workspace.joinsPerSecond * TICK_MS) / 1000;
  for (; owedChanges >= 1; owedChanges -= 1) change();
  for (; owedJoins >= 1; owedJoins -= 1) join();
}, TICK_MS);

async function respond(url: string, response: ServerResponse): Promise<void> {
  await wait(LATENCY_MS);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(answerTo(url));
}

const server = createServer((request, response) => void respond(request.url ?? '', response));

process.on('message', (next: Workspace | typeof POLLS) => {
  if (next === POLLS) {
    process.send?.(polls);
    polls = 0;
    return;
  }
  resize(next);
  process.send?.(Object.fromEntries(rooms.map(({ changes }, room) => [roomIdOf(room), changes])));
});
process.once('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => {
  // A server that listens on a port has this kind of address.
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`);
});
