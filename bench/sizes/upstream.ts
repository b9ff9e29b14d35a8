// A REST API of a chosen size in a process of its own, so that its work does not count as the gateway's. It answers each
// request after 5 ms, from texts that are made once. The sandbox would spend more on a large answer than the gateway does.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** The size of the workspace. Room 0 has `peers`; each other room that is live has one. */
export interface Size {
  readonly rooms: number;
  /** Rooms that are live, the newest ones. */
  readonly live: number;
  readonly peers: number;
}

/**
 * A message to the process: the workspace gets another size, this many peers of room 0 get new metadata, or the intervals
 * between the polls since the last such message are asked for.
 */
export type Message = { readonly size: Size } | { readonly change: number } | { readonly intervals: true };

/** The times between two polls of one room, in milliseconds, room 0 left out. */
export interface Intervals {
  /** The mean interval of the room that was polled most often. */
  readonly best: number;
  /** The longest interval of any room. */
  readonly worst: number;
}

const LATENCY_MS = 5;
const AT = '2026-03-12T16:00:00.123456789Z';

/** The times of the polls of peers, by room. */
let polls = new Map<number, number[]>();
let size: Size = { rooms: 1, live: 1, peers: 1 };
let changed = 0;
let version = 0;
/** The answers for the present size and version, by path and query. */
const texts = new Map<string, string>();

const idOf = (index: number) => index.toString(16).padStart(24, '0');
const indexOf = (id: string) => Number.parseInt(id, 16);
const sessionIdOf = (room: number) => `5${idOf(room).slice(1)}`;
const peerIdOf = (room: number, peer: number) =>
  `00000000-0000-4000-8000-${(room * 100_000 + peer).toString(16).padStart(12, '0')}`;
const isLive = (room: number) => room >= size.rooms - size.live || room === 0;
const peersIn = (room: number) => (isLive(room) ? (room === 0 ? size.peers : 1) : 0);

/** `{id: peer}` of a room. */
function peersOf(room: number, isRecord: boolean): Record<string, unknown> {
  return Object.fromEntries(
    Array.from({ length: peersIn(room) }, (_, index) => {
      const id = peerIdOf(room, index);
      const peer = { id, name: `Peer ${index}`, user_id: `user-${index}`, role: 'guest', joined_at: AT };
      const metadata = room === 0 && index < changed ? `{"version":${version}}` : '{"hand":false}';
      return [id, isRecord ? peer : { ...peer, metadata }];
    }),
  );
}

function roomOf(room: number): unknown {
  const template = { template_id: idOf(1), template: 'default' };
  return { id: idOf(room), name: `room-${room}`, enabled: true, ...template, created_at: AT, updated_at: AT };
}

function sessionOf(room: number): unknown {
  const id = sessionIdOf(room);
  return {
    id,
    room_id: idOf(room),
    active: true,
    created_at: AT,
    updated_at: AT,
    peers: peersOf(room, true),
  };
}

/** A page of the elements of these rooms, newest first. */
function pageOf(query: URLSearchParams, rooms: readonly number[], make: (room: number) => unknown): unknown {
  const limit = Number(query.get('limit') ?? 10);
  const start = query.get('start');
  const from = start === null ? 0 : rooms.indexOf(indexOf(`0${start.slice(1)}`)) + 1;
  const data = rooms.slice(from, from + limit).map(make) as { readonly id: string }[];
  return { limit, data, last: data.length < limit ? '' : (data.at(-1)?.id ?? '') };
}

function answerTo(path: string, query: URLSearchParams): unknown {
  const [, , resource, id = '', part] = path.split('/');
  const newestFirst = () => Array.from({ length: size.rooms }, (_, index) => size.rooms - 1 - index);
  const room = indexOf(id);
  if (resource === 'rooms') return id === '' ? pageOf(query, newestFirst(), roomOf) : roomOf(room);
  if (resource === 'sessions') {
    const of = query.get('room_id');
    const live = newestFirst().filter(isLive);
    return pageOf(query, of === null ? live : live.filter((each) => each === indexOf(of)), sessionOf);
  }
  if (resource !== 'active-rooms' || !isLive(room)) return null;
  if (part === 'peers') return { peers: peersOf(room, false) };
  return {
    id,
    name: `room-${room}`,
    session: { id: sessionIdOf(room), created_at: AT, peers: Object.keys(peersOf(room, true)) },
  };
}

function textOf(url: string): string {
  const known = texts.get(url);
  if (known !== undefined) return known;
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const text = JSON.stringify(answerTo(pathname, searchParams));
  // Pages of a walk are asked for once.
  if (!pathname.endsWith('/rooms')) texts.set(url, text);
  return text;
}

async function respond(url: string, response: ServerResponse): Promise<void> {
  const polled = /\/active-rooms\/(\w+)\/peers/.exec(url)?.[1];
  if (polled !== undefined) notePoll(indexOf(polled));
  await wait(LATENCY_MS);
  const text = textOf(url);
  response.writeHead(text === 'null' ? 404 : 200, { 'content-type': 'application/json' });
  response.end(text === 'null' ? '{"code":404,"message":"room not found"}' : text);
}

const server = createServer((request, response) => void respond(request.url ?? '', response));

function notePoll(room: number): void {
  const times = polls.get(room) ?? [];
  times.push(performance.now());
  polls.set(room, times);
}

function intervalsSoFar(): Intervals {
  const rooms = [...polls.values()].map((times) =>
    times.slice(1).map((at, index) => at - (times[index] ?? at)),
  );
  polls = new Map();
  const means = rooms.map((gaps) => gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length);
  return { best: Math.min(...means), worst: Math.max(...rooms.flat()) };
}

process.on('message', (message: Message) => {
  if ('intervals' in message) {
    process.send?.(intervalsSoFar());
    return;
  }
  if ('size' in message) {
    ({ size } = message);
    changed = 0;
  } else {
    changed = message.change;
    version += 1;
  }
  texts.clear();
  process.send?.('done');
});
process.once('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => {
  // A server that listens on a port has this kind of address.
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`);
});
