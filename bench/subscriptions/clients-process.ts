// The clients, in a process of their own: sockets that speak graphql-transport-ws, or event streams. Every frame is counted and its
// content is checked: each change of a room has a number, and each subscription must get each number once.
import { request } from 'node:http';
import { WebSocket } from 'ws';
import { FIGURES, roomIdOf, type Delivered, type Subscribing } from './messages.ts';

const OPENING = 50;

interface Watch {
  readonly roomId: string;
  readonly url: string;
  count: number;
  sum: number;
}

const watches: Watch[] = [];
let [frames, snapshots, folds] = [0, 0, 0];
let delays: number[] = [];
/** The time of the first arrival of a change, by room and number, and the gateways that have told it. */
const arrivals = new Map<string, { readonly at: number; readonly urls: Set<string> }>();
let lags: number[] = [];

/** Takes one `next` message or event. */
function take(text: string, watch: Watch): void {
  frames += 1;
  if (text.includes('"__typename":"PeersSnapshot"')) {
    snapshots += 1;
    if (!text.includes('"reason":"SUBSCRIBED"')) folds += 1;
    return;
  }
  const [, n, at] = /\\"n\\":(\d+),\\"at\\":(\d+)/.exec(text) ?? [];
  if (n === undefined) throw new Error(`A frame without a change: ${text.slice(0, 500)}`);
  watch.count += 1;
  watch.sum += Number(n);
  delays.push(Date.now() - Number(at));
  note(`${watch.roomId} ${n}`, watch.url);
}

function note(change: string, url: string): void {
  const known = arrivals.get(change);
  if (known === undefined) arrivals.set(change, { at: performance.now(), urls: new Set([url]) });
  else if (!known.urls.has(url)) {
    known.urls.add(url);
    lags.push(performance.now() - known.at);
  }
}

/** The subscription of this number, of all. */
function watchOf(index: number, { rooms, each, isSpread, urls }: Subscribing): Watch {
  const connection = Math.floor(index / each);
  const room = (isSpread ? index : connection) % rooms;
  const url = urls[Math.floor(connection / rooms) % urls.length] ?? '';
  const watch = { roomId: roomIdOf(room), url, count: 0, sum: 0 };
  watches.push(watch);
  return watch;
}

/** Resolves when all of its subscriptions have their first frame. */
function openSocket(from: number, subscribing: Subscribing): Promise<void> {
  const { each, key, document } = subscribing;
  const own = Array.from({ length: each }, (_, at) => watchOf(from + at, subscribing));
  const url = own[0]?.url ?? '';
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const first = new Set<string>();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.on('open', () => {
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } }));
  });
  socket.on('error', reject);
  socket.on('close', (code, reason) => reject(new Error(`closed: ${code} ${reason.toString()}`)));
  socket.on('message', (data: Buffer) => {
    const text = data.toString();
    if (text.startsWith('{"type":"connection_ack"')) {
      for (const [at, { roomId }] of own.entries()) {
        const payload = { query: document, variables: { roomId } };
        socket.send(JSON.stringify({ id: String(at), type: 'subscribe', payload }));
      }
      return;
    }
    const id = /^\{"id":"(\d+)","type":"next"/.exec(text)?.[1];
    const watch = own[Number(id)];
    if (id === undefined || watch === undefined)
      return reject(new Error(`unexpected: ${text.slice(0, 500)}`));
    take(text, watch);
    first.add(id);
    if (first.size === each) resolve();
  });
  return promise;
}

/** One event stream; resolves at its first event. */
function openStream(index: number, subscribing: Subscribing): Promise<void> {
  const { key, document } = subscribing;
  const watch = watchOf(index, subscribing);
  const { url } = watch;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    accept: 'text/event-stream',
  };
  const sent = request(`${url}/graphql`, { method: 'POST', headers, agent: false }, (response) => {
    let rest = '';
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      const events = (rest + chunk).split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) {
        if (event.startsWith(':')) continue;
        take(event, watch);
        resolve();
      }
    });
    response.on('close', () => reject(new Error(`ended with status ${response.statusCode}: ${rest}`)));
  });
  sent.on('error', reject);
  sent.end(JSON.stringify({ query: document, variables: { roomId: watch.roomId } }));
  return promise;
}

async function subscribe(subscribing: Subscribing): Promise<void> {
  const { transport, sockets, each, atOnce = OPENING } = subscribing;
  const connections = transport === 'ws' ? sockets : sockets * each;
  for (let from = 0; from < connections; from += atOnce) {
    const batch = Array.from({ length: Math.min(atOnce, connections - from) }, (_, at) => from + at);
    await Promise.all(
      batch.map((at) =>
        transport === 'ws' ? openSocket(at * each, subscribing) : openStream(at, subscribing),
      ),
    );
  }
}

function percentile(values: readonly number[], share: number): number {
  return values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
}

function delivered(): Delivered {
  delays.sort((a, b) => a - b);
  lags.sort((a, b) => a - b);
  const at = (share: number) => percentile(delays, share);
  const lag = { lagP50Ms: percentile(lags, 0.5), lagP99Ms: percentile(lags, 0.99) };
  const counts: Record<string, [number, number, number, number]> = {};
  for (const { roomId, count, sum } of watches) {
    const known = (counts[roomId] ??= [count, count, sum, sum]);
    known[0] = Math.min(known[0], count);
    known[1] = Math.max(known[1], count);
    known[2] = Math.min(known[2], sum);
    known[3] = Math.max(known[3], sum);
  }
  const result = { frames, snapshots, folds, p50Ms: at(0.5), p99Ms: at(0.99), ...lag, counts };
  [frames, snapshots, folds, delays, lags] = [0, 0, 0, [], []];
  arrivals.clear();
  return result;
}

process.on('message', (message: Subscribing | typeof FIGURES) => {
  if (message === FIGURES) {
    process.send?.(delivered());
    return;
  }
  subscribe(message).then(
    () => process.send?.('ready'),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.once('disconnect', () => process.exit());
process.send?.('started');
