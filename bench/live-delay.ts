// From a change in the sandbox to its delivery at a real client. By polling the delay is the rest of the interval in
// which the change falls; by webhook it is one look.
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { listActivePeers } from '../src/rest/peers.ts';
import { printTable, startStage, subscribe, type Stage } from './stage.ts';

export const about = 'delay from a change of a peer to its delivery over WebSocket';

const INTERVAL_MS = 200;
const POLLED_CHANGES = 150;
const WEBHOOK_CHANGES = 300;
const ROUND_TRIPS = 200;
const SECRET = 'a-secret-of-the-benchmark-32-bytes';
/** A change that is not delivered by then is an error. */
const PATIENCE_MS = 10_000;

/** Waits a random part of the interval, so that changes fall anywhere in it. */
const anywhere = () => wait(Math.random() * INTERVAL_MS);

/** Delays in milliseconds, in ascending order. `change` makes the change that the client then hears of. */
async function measure(
  stage: Stage,
  changes: number,
  change: (index: number) => Promise<void> | void,
): Promise<number[]> {
  let heard = () => {};
  await using subscribers = subscribe(stage, 1, () => heard());
  await subscribers.ready;
  const delays: number[] = [];
  for (let index = 0; index < changes; index += 1) {
    await anywhere();
    const delivery = new Promise<void>((resolve) => (heard = resolve));
    const startedAt = performance.now();
    await change(index);
    const timeout = new AbortController();
    await Promise.race([
      delivery,
      wait(PATIENCE_MS, undefined, { signal: timeout.signal }).then(() => {
        throw new Error(`A change was not delivered within ${PATIENCE_MS} ms.`);
      }),
    ]).finally(() => timeout.abort());
    delays.push(performance.now() - startedAt);
  }
  return delays.toSorted((a, b) => a - b);
}

const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** One poll's round trip as the gateway has it, milliseconds, ascending. */
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
  const delays = await measure(stage, POLLED_CHANGES, (index) => {
    world.updatePeer(stage.room.id, stage.peer.id, { metadata: String(index) });
  });
  return { delays, roundTripMs };
}

async function byWebhook(): Promise<number[]> {
  await using stage = await startStage({
    pollIntervalMs: 60_000,
    pollMaxIntervalMs: 60_000,
    sessionCheckMs: 60_000,
    webhookSecrets: [SECRET],
  });
  const { room, peer, sandbox, url } = stage;
  return await measure(stage, WEBHOOK_CHANGES, async (index) => {
    sandbox.world.updatePeer(room.id, peer.id, { role: index % 2 === 0 ? 'guest' : 'host' });
    const { status } = await fetch(`${url}/webhooks/100ms`, {
      method: 'POST',
      headers: { 'x-webhook-secret': SECRET },
      body: JSON.stringify({ id: randomUUID(), type: 'role.change.success', data: { room_id: room.id } }),
    });
    if (status !== 200) throw new Error(`The webhook was answered ${status}.`);
  });
}

/** Measures both ways. Rejects when p99 is beyond what is promised. */
export async function run(): Promise<void> {
  const polled = await byPolling();
  const hinted = await byWebhook();
  const rows = [
    ['polling', polled.delays, INTERVAL_MS + polled.roundTripMs + 50] as const,
    ['webhook', hinted, 100] as const,
  ];
  printTable([
    ['by', 'changes', 'p50 ms', 'p99 ms', 'max ms', 'bound ms'],
    ...rows.map(([name, delays, bound]) => [
      name,
      String(delays.length),
      ...[0.5, 0.99, 1].map((share) => quantile(delays, share).toFixed(1)),
      bound.toFixed(1),
    ]),
  ]);
  console.log(
    `  interval ${INTERVAL_MS} ms; round trip of a poll, p99: ${polled.roundTripMs.toFixed(1)} ms; bound for polling: interval + round trip + 50 ms`,
  );
  const missed = rows.filter(([, delays, bound]) => quantile(delays, 0.99) > bound);
  if (missed.length > 0) throw new Error(`Out of bounds: ${missed.map(([name]) => name).join(', ')}`);
}
