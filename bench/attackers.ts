// The attackers' process, started by hostile.ts. It sends attacks at a steady rate until its parent sends a message,
// then replies with the number of answers of each kind.
import { createConnection } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { attacks } from './attacks.ts';
import type { Target } from './hostile.ts';

/** Hostile requests a second. */
const REQUESTS_PER_SECOND = 100;
/** The highest number of connections that send only a part of a request. */
const MAX_HANGING = 200;

const { url, key } = JSON.parse(process.argv[2] ?? '') as Target; // written by hostile.ts
const { hostname, port } = new URL(url);
const counts: Record<string, number> = {};
const count = (kind: string | number) => {
  counts[kind] = (counts[kind] ?? 0) + 1;
};
const stopping = new AbortController();

async function post(body: string, headers: Record<string, string>): Promise<void> {
  const response = await fetch(url, { method: 'POST', headers, body });
  await response.arrayBuffer();
  count(response.status);
}

const json = { 'content-type': 'application/json' };
const known = { ...json, authorization: `Bearer ${key}` };

/** Opens a connection that sends a part of a request and stays open. */
function hang(): void {
  if ((counts['hanging'] ?? 0) >= MAX_HANGING) return;
  count('hanging');
  const socket = createConnection(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(
    'POST /graphql HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n{',
  );
}

/** Opens a WebSocket that sends an unknown key, or nothing at all. */
function openSocket(isSilent: boolean): void {
  const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
  socket.on('error', () => undefined);
  socket.on('close', (code) => count(`ws ${code}`));
  socket.on('open', () => {
    if (isSilent) return;
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: 'Bearer hgk_nobody' } }));
  });
}

const kinds: readonly ((nonce: number) => void | Promise<void>)[] = [
  ...attacks.map(
    ({ query }) =>
      (nonce: number) =>
        post(JSON.stringify({ query: query(nonce) }), known),
  ),
  (nonce) =>
    post(JSON.stringify({ query: '{ __typename }' }), { ...json, authorization: `Bearer hgk_${nonce}` }),
  () => post('{'.repeat(200_000), known),
  () => post(JSON.stringify({ query: `{ ${'x'.repeat(1_000_000)} }` }), known),
  () => post('query={__typename}', { ...known, 'content-type': 'application/x-www-form-urlencoded' }),
  () => post(`[${'{"query":"{ __typename }"},'.repeat(1000)}{}]`, known),
  // An operation within every limit but expensive: a hundred REST calls.
  (nonce) =>
    post(
      JSON.stringify({
        query: `query N${nonce} { rooms(first: 100) { edges { node { name peers { totalCount } } } } }`,
      }),
      known,
    ),
  hang,
  () => openSocket(true),
  () => openSocket(false),
];

async function attack(): Promise<void> {
  const startedAt = performance.now();
  for (let nonce = 0; !stopping.signal.aborted; nonce += 1) {
    const kind = kinds[nonce % kinds.length];
    Promise.resolve(kind?.(nonce)).catch(() => count('cut off'));
    await wait(Math.max(0, startedAt + ((nonce + 1) * 1000) / REQUESTS_PER_SECOND - performance.now()));
  }
}

process.on('disconnect', () => process.exit());
process.on('message', () => {
  stopping.abort();
  process.send?.(counts);
});
process.send?.('ready');
await attack();
