// The server that the gateway is compared with: a schema over graphql-ws and nothing else. With `quiet` there are no events, which
// shows the memory of a socket and of a subscription. Otherwise each watched room is polled once a second, and each subscriber gets
// each change by an execution of its own. Arguments: the API's URL, `quiet` or `polling`.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventEmitter, on } from 'node:events';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { report } from './reporting.ts';

const [apiUrl = '', kind = 'quiet'] = process.argv.slice(2);
const POLL_MS = 1000;

const schema = buildSchema(`
  type Query { nothing: Int }
  type Subscription { peerChanges(roomId: ID!): PeerChange! }
  interface PeerChange { cursor: String! }
  type PeersSnapshot implements PeerChange { cursor: String! reason: String! peers: [Peer!]! }
  type PeerUpdated implements PeerChange { cursor: String! peer: Peer! }
  type PeerJoined implements PeerChange { cursor: String! peer: Peer! }
  type Peer { hmsId: ID! name: String! role: String! metadata: String }
`);

interface PeerOfRest {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly metadata: string;
}

const feeds = new Map<
  string,
  { readonly emitter: EventEmitter; peers: Readonly<Record<string, PeerOfRest>> }
>();
const peerOf = (peer: PeerOfRest) => ({ ...peer, hmsId: peer.id });

async function read(roomId: string): Promise<Readonly<Record<string, PeerOfRest>>> {
  const response = await fetch(`${apiUrl}/active-rooms/${roomId}/peers`);
  // The upstream of this benchmark answers so.
  const { peers } = (await response.json()) as { peers: Record<string, PeerOfRest> };
  return peers;
}

async function feedOf(roomId: string) {
  const known = feeds.get(roomId);
  if (known !== undefined) return known;
  const feed = { emitter: new EventEmitter().setMaxListeners(0), peers: await read(roomId) };
  feeds.set(roomId, feed);
  const poll = async (): Promise<void> => {
    const before = feed.peers;
    feed.peers = await read(roomId);
    for (const [id, peer] of Object.entries(feed.peers)) {
      if (before[id]?.metadata === peer.metadata) continue;
      feed.emitter.emit('change', { __typename: 'PeerUpdated', cursor: id, peer: peerOf(peer) });
    }
  };
  // A failed poll is followed by another one.
  setInterval(() => void poll().catch(() => undefined), POLL_MS);
  return feed;
}

async function* changes(roomId: string): AsyncGenerator<object> {
  if (kind === 'quiet') {
    yield { peerChanges: { __typename: 'PeersSnapshot', cursor: '', reason: 'SUBSCRIBED', peers: [] } };
    await new Promise(() => undefined);
    return;
  }
  const { emitter, peers } = await feedOf(roomId);
  const all = Object.values(peers).map(peerOf);
  yield { peerChanges: { __typename: 'PeersSnapshot', cursor: '', reason: 'SUBSCRIBED', peers: all } };
  for await (const [event] of on(emitter, 'change')) yield { peerChanges: event as object };
}

const server = createServer();
useServer(
  {
    schema,
    roots: { subscription: { peerChanges: ({ roomId }: { roomId: string }) => changes(roomId) } },
  },
  new WebSocketServer({ server, path: '/graphql' }),
);
server.listen(0, '127.0.0.1', () => {
  // A server that listens on a port has this kind of address.
  report(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
