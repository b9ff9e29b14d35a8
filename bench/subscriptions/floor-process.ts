// The least that a delivery costs on Node: a server that writes frames of the same size, to the same number of sockets or event
// streams, at the same rate (one write for each connection and poll), and does nothing else: no polls, pings or checks. It makes
// the changes itself. Arguments: the number of rooms, and of changes a second in all of them together.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { headerLength, writeHeader } from '../../src/server/socket/frames.ts';
import { report } from './reporting.ts';

const [rooms = 1, changesPerSecond = 1] = process.argv.slice(2).map(Number);
const POLL_MS = 1000;

/** As long as the cursor and the peer of a real event. */
const CURSOR = 'x'.repeat(59);
const PEER = '"hmsId":"00000000-0000-4000-8000-000000000001","name":"Peer 1","role":"guest"';
const SNAPSHOT = '{"data":{"peerChanges":{"__typename":"PeersSnapshot","reason":"SUBSCRIBED"}}}';

/** The subscriptions of one connection to one room: their ids, or null for an event stream. */
interface Watch {
  readonly stream: Duplex | ServerResponse;
  readonly ids: string[] | null;
}

/** The message of a client that subscribes. */
interface Message {
  readonly id?: string;
  readonly type?: string;
  readonly payload?: { readonly variables?: { readonly roomId?: string } };
}

const watches = Array.from({ length: rooms }, () => new Map<object, Watch>());
const due = Array.from({ length: rooms }, (): string[] => []);
const counts = Array.from({ length: rooms }, () => 0);

function watchesOf(roomId = ''): Map<object, Watch> {
  return watches[Number.parseInt(roomId, 16)] ?? new Map();
}

function payloadOf(n: number): string {
  const metadata = JSON.stringify(JSON.stringify({ n, at: Date.now() }));
  return `{"data":{"peerChanges":{"__typename":"PeerUpdated","cursor":"${CURSOR}","peer":{${PEER},"metadata":${metadata}}}}}`;
}

function frame(text: string): Buffer {
  const bytes = Buffer.byteLength(text);
  const target = Buffer.allocUnsafe(headerLength(bytes) + bytes);
  target.write(text, writeHeader(target, 0, bytes));
  return target;
}

function frames(ids: readonly string[], payloads: readonly string[]): Buffer {
  return Buffer.concat(
    payloads.flatMap((payload) =>
      ids.map((id) => frame(`{"id":"${id}","type":"next","payload":${payload}}`)),
    ),
  );
}

/** Writes the changes of a room: the bytes are made once for connections with the same ids. */
function tell(room: number): void {
  const payloads = due[room]?.splice(0) ?? [];
  if (payloads.length === 0) return;
  const made = new Map<string, Buffer>();
  for (const { stream, ids } of watches[room]?.values() ?? []) {
    const key = ids?.join(' ') ?? '';
    const bytes =
      made.get(key) ??
      (ids === null
        ? Buffer.from(payloads.map((payload) => `event: next\nid: ${CURSOR}\ndata: ${payload}\n\n`).join(''))
        : frames(ids, payloads));
    made.set(key, bytes);
    stream.write(bytes);
  }
}

const sockets = new WebSocketServer({ noServer: true });
const server = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk: Buffer) => (text += chunk.toString()));
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`event: next\ndata: ${SNAPSHOT}\n\n`);
    // The clients of this benchmark send these bodies.
    const { variables } = JSON.parse(text) as NonNullable<Message['payload']>;
    watchesOf(variables?.roomId).set(response, { stream: response, ids: null });
  });
});
server.on('upgrade', (request, stream, head) => {
  sockets.handleUpgrade(request, stream, head, (socket) => {
    socket.on('message', (data: Buffer) => {
      // The clients of this benchmark send these messages.
      const { id, type, payload } = JSON.parse(data.toString()) as Message;
      if (type !== 'subscribe' || id === undefined) return socket.send('{"type":"connection_ack"}');
      const all = watchesOf(payload?.variables?.roomId);
      const known = all.get(stream);
      if (known === undefined) all.set(stream, { stream, ids: [id] });
      else known.ids?.push(id);
      socket.send(`{"id":"${id}","type":"next","payload":${SNAPSHOT}}`);
    });
  });
});

let next = 0;
setInterval(() => {
  const room = next % rooms;
  const n = (counts[room] ?? 0) + 1;
  next += 1;
  counts[room] = n;
  due[room]?.push(payloadOf(n));
}, 1000 / changesPerSecond);
for (let room = 0; room < rooms; room += 1) {
  setTimeout(() => setInterval(() => tell(room), POLL_MS), (room * POLL_MS) / rooms);
}

server.listen(0, '127.0.0.1', () => {
  // A server that listens on a port has this kind of address.
  report(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
