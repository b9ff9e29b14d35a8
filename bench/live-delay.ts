// Measures the time from a change in the sandbox to its delivery at a real client. With polling, a change waits for the
// next poll; with a webhook, the gateway reads the room at once.
import { randomUUID } from 'node:crypto';
import { listActivePeers } from '../src/rest/peers/peers.ts';
import { Secret } from '../src/secret.ts';
import { delaysOf, quantile, requireBounds, rowsOf } from './delays.ts';
import { printTable, startStage, type Stage } from './stage.ts';

/** The line of this benchmark in the command's help. */
export const about = 'delay from a change of a peer to its delivery over WebSocket';

const INTERVAL_MS = 200;
const POLLED_CHANGES = 150;
const WEBHOOK_CHANGES = 300;
const ROUND_TRIPS = 200;
const SECRET = 'a-secret-of-the-benchmark-32-bytes';

/** The durations of single polls from the gateway's side, in milliseconds, ascending. */
async function roundTrips(stage: Stage): Promise<number[]> {
  const { client } = stage.gateway.services;
  const times: number[] = [];
  for (let index = 0; index < ROUND_TRIPS; index += 1) {
    const startedAt = performance.now();
    await listActivePeers(client, stage.room.id);
    times.push(performance.now() - startedAt);
  }
  return times.toSorted((a, b) => a - b);
}

async function byPolling(): Promise<{ delays: number[]; roundTripMs: number }> {
  await using stage = await startStage({
    pollIntervalMs: INTERVAL_MS,
    pollMaxIntervalMs: INTERVAL_MS,
    upstreamRequestsPerSecond: 10_000,
  });
  const { world } = stage.sandbox;
  const roundTripMs = quantile(await roundTrips(stage), 0.99);
  const make = (index: number) => {
    const startedAt = performance.now();
    world.updatePeer(stage.room.id, stage.peer.id, { metadata: String(index) });
    return startedAt;
  };
  const delays = await delaysOf(stage, { count: POLLED_CHANGES, pauseMs: INTERVAL_MS, make });
  return { delays, roundTripMs };
}

async function byWebhook(): Promise<number[]> {
  await using stage = await startStage({
    pollIntervalMs: 60_000,
    pollMaxIntervalMs: 60_000,
    sessionCheckMs: 60_000,
    webhookSecrets: [new Secret(SECRET)],
  });
  const { room, peer, sandbox, url } = stage;
  const make = async (index: number) => {
    const startedAt = performance.now();
    sandbox.world.updatePeer(room.id, peer.id, { role: index % 2 === 0 ? 'guest' : 'host' });
    const { status } = await fetch(`${url}/webhooks/100ms`, {
      method: 'POST',
      headers: { 'x-webhook-secret': SECRET },
      body: JSON.stringify({ id: randomUUID(), type: 'role.change.success', data: { room_id: room.id } }),
    });
    if (status !== 200) throw new Error(`The webhook was answered ${status}.`);
    return startedAt;
  };
  return await delaysOf(stage, { count: WEBHOOK_CHANGES, pauseMs: INTERVAL_MS, make });
}

/** Measures polling and webhooks and prints a table. Rejects if the p99 of one is over its bound. */
export async function run(): Promise<void> {
  const polled = await byPolling();
  const hinted = await byWebhook();
  const measured = [
    { name: 'polling', delays: polled.delays, boundMs: INTERVAL_MS + polled.roundTripMs + 50 },
    { name: 'webhook', delays: hinted, boundMs: 100 },
  ];
  printTable(rowsOf('by', measured));
  console.log(
    `  interval ${INTERVAL_MS} ms; round trip of a poll, p99: ${polled.roundTripMs.toFixed(1)} ms; bound for polling: interval + round trip + 50 ms`,
  );
  requireBounds(measured);
}
