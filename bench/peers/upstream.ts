// The REST API of the workspace, in a process of its own so that its work does not count as a target's. Answers each request
// after 5 ms, from texts that are made once, and counts the requests. Accepts any token.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import {
  FIRST_VERSION,
  LIVE_ROOMS,
  peerRecords,
  roomIdOf,
  roomOfId,
  roomRecord,
  ROOMS,
  sessionIdOf,
  sessionRecord,
  templateRecords,
} from './workspace.ts';

/** A message to the process: whether the peers change at every answer from now on. It is answered with `Status`. */
export interface Message {
  readonly changing?: boolean;
}

/** What the process answers to each message. */
export interface Status {
  /** Requests answered since the process began. */
  readonly calls: number;
  /** The version of the peers in the latest answer. */
  readonly version: number;
}

const LATENCY_MS = 5;
const KEEP_ALIVE_MS = 600_000;
const DIGITS = String(FIRST_VERSION);

let isChanging = false;
let calls = 0;
let version = FIRST_VERSION;
/** The parts of each answer between which the version stands, by path and query. */
const known = new Map<string, readonly string[]>();
const notFound = ['{"code":404,"message":"not found"}'];

/** A page of these elements, in their order. */
function pageOf(query: URLSearchParams, elements: readonly { readonly id: string }[]): unknown {
  const limit = Number(query.get('limit') ?? 10);
  const from = elements.findIndex(({ id }) => id === query.get('start')) + 1;
  const data = elements.slice(from, from + limit);
  return { limit, data, last: data.length < limit ? '' : (data.at(-1)?.id ?? '') };
}

const newestFirst = Array.from({ length: ROOMS }, (_, index) => ROOMS - 1 - index);

/** The answer to a path and query; null for what does not exist. All rooms are newer than any `after` that is asked for. */
function answerTo(path: string, query: URLSearchParams): unknown {
  const [, , resource, id = '', part] = path.split('/');
  if (resource === 'templates') {
    return id === ''
      ? pageOf(query, templateRecords)
      : (templateRecords.find((template) => template.id === id) ?? null);
  }
  const room = roomOfId(id);
  if (resource === 'rooms') {
    if (id !== '') return room < ROOMS ? roomRecord(room) : null;
    return pageOf(
      query,
      newestFirst.map((index) => ({ ...roomRecord(index), updated_at: '0001-01-01T00:00:00Z' })),
    );
  }
  if (resource === 'sessions') {
    if (id !== '') return room < LIVE_ROOMS ? sessionRecord(room, FIRST_VERSION) : null;
    const of = query.get('room_id');
    const live = newestFirst.filter((index) => index < LIVE_ROOMS && (of === null || roomIdOf(index) === of));
    return pageOf(
      query,
      live.map((index) => sessionRecord(index, FIRST_VERSION)),
    );
  }
  if (resource !== 'active-rooms' || !(room < LIVE_ROOMS)) return null;
  const peers = peerRecords(room, FIRST_VERSION);
  if (part === 'peers') return { peers: Object.fromEntries(peers.map((peer) => [peer.id, peer])) };
  const { name, customer_id } = roomRecord(room);
  const session = {
    id: sessionIdOf(room),
    created_at: '2026-03-12T16:00:00.123456789Z',
    peers: peers.map((peer) => peer.id),
  };
  return { id, name, customer_id, session };
}

/** The parts of the answer to a URL. `after` does not matter, see `answerTo`. */
function partsOf(url: string): readonly string[] {
  const key = url.replace(/(?<=[?&])after=[^&]*&?/, '');
  let parts = known.get(key);
  if (parts === undefined) {
    const { pathname, searchParams } = new URL(key, 'http://localhost');
    const answer = answerTo(pathname, searchParams);
    parts = answer === null ? notFound : JSON.stringify(answer).split(DIGITS);
    known.set(key, parts);
  }
  return parts;
}

async function respond(url: string, response: ServerResponse): Promise<void> {
  calls += 1;
  await wait(LATENCY_MS);
  const parts = partsOf(url);
  if (isChanging && parts.length > 1) version += 1;
  response.writeHead(parts === notFound ? 404 : 200, { 'content-type': 'application/json' });
  response.end(parts.join(isChanging ? String(version) : DIGITS));
}

const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
  // Traces of the target `gateway-traced`, which are no REST calls.
  if (request.url === '/v1/traces') request.resume().once('end', () => response.end());
  else void respond(request.url ?? '', response);
});

process.on('message', ({ changing }: Message) => {
  isChanging = changing ?? isChanging;
  const status: Status = { calls, version };
  process.send?.(status);
});
process.once('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => {
  // A server that listens on a port has this kind of address.
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`);
});
