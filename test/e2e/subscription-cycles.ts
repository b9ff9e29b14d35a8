// Subscribes and unsubscribes four thousand times, in a separate process (`node --expose-gc`), then prints the remaining
// subscribers, timers and memory as one line of JSON. Run by subscription-cycles.test.ts.
import { startTestGateway } from '../support/gateway.ts';
import { eventsOf } from '../support/sockets.ts';
import { addRooms } from '../support/worlds.ts';

const CYCLES = 4000;
const WARM_UP = 1000;
const AT_ONCE = 50;
const DOCUMENT =
  'subscription ($roomId: ID!) { peerChanges(roomId: $roomId) { cursor ... on PeersSnapshot { peers { name } } } }';

await using served = await startTestGateway({ sandbox: { data: 'empty' } });
const { gateway, sandbox } = served;
const rooms = addRooms(sandbox.world, 10);
for (const [index, room] of rooms.entries()) {
  if (index % 2 === 0) sandbox.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
}

/** Subscribes, reads one event and unsubscribes. */
async function cycle(index: number): Promise<void> {
  const leaving = new AbortController();
  const response = await gateway.graphql.fetch('http://gateway.test/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: DOCUMENT, variables: { roomId: rooms[index % rooms.length]?.id } }),
    signal: leaving.signal,
  });
  for await (const { data } of eventsOf(response)) {
    if (!data.includes('"peers"')) throw new Error(`A snapshot was expected, not ${data}`);
    break;
  }
  leaving.abort();
}

async function cycles(count: number): Promise<void> {
  for (let done = 0; done < count; done += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => cycle(done + index)));
  }
}

/** The subscribers, timers and memory that remain after all subscriptions have ended. */
async function held() {
  const { live } = gateway.services;
  // The end of a subscription passes through several streams.
  for (let turn = 0; turn < 1000 && live.gauges().subscribers > 0; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  globalThis.gc?.();
  const { subscribers, watchedRooms } = live.gauges();
  const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  return { subscribers, watchedRooms, timers, heapBytes: process.memoryUsage().heapUsed };
}

await cycles(WARM_UP);
const before = await held();
await cycles(CYCLES);
console.log(JSON.stringify({ before, after: await held() }));
