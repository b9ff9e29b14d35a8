// A program that uses the library and closes everything; end.test.ts expects that it then ends by itself.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGateway, createSandbox } from '../../src/library.ts';

const sandbox = await createSandbox({ living: true });
const gateway = await createGateway({ upstream: sandbox });
const server = createServer(gateway.listener).listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo; // it listens on a port
const url = `http://127.0.0.1:${port}/graphql`;
const [roomId] = [...sandbox.world.rooms.all.keys()];
const queried = await fetch(`${url}?query={rooms{edges{node{name}}}}`);
await queried.text();
const followed = `subscription { peerChanges(roomId: "${roomId}") { __typename } }`;
const stream = await fetch(`${url}?query=${encodeURIComponent(followed)}`, {
  headers: { accept: 'text/event-stream' },
});
let event: string | undefined;
for await (const chunk of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) {
  event = /Peer\w+/.exec(chunk)?.[0];
  if (event !== undefined) break;
}
const handlers = process.listenerCount('SIGTERM') + process.listenerCount('SIGINT');
await gateway.close();
await sandbox.close();
server.close();
console.log(`answered ${queried.status}, event ${event}, handlers of signals ${handlers}, closed`);
