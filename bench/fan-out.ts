// Measures one event with 1, 100 and 1,000 subscribers of one room: the time until the last subscriber has received it,
// and the CPU time. Clients, gateway and sandbox share one process, so the CPU time is that of all three: compare ratios.
import { setTimeout as wait } from 'node:timers/promises';
import { printTable, startStage, subscribe, type Subscribers } from './stage.ts';

/** The line of this benchmark in the command's help. */
export const about = 'CPU, time and REST calls for 1, 100 and 1,000 subscribers of one room';

const SUBSCRIBERS = [1, 100, 1000];
const PER_SOCKET = 50;
const EVENTS = 50;
const WARM_UP = 10;
/** The poll interval: long enough that few regular polls run during an event. */
const INTERVAL_MS = 1000;
const CALLS_SECONDS = 5;
/** Time limit for the measurement of one number of subscribers. */
const TIMEOUT_MS = 60_000;

/** Measurements for one number of subscribers. */
interface Figures {
  readonly subscribers: number;
  /** Time until all subscribers have an event, on average. */
  readonly wallMs: number;
  /** CPU time of an event, on average. */
  readonly cpuMs: number;
  /** Polls while no event is delivered. */
  readonly callsPerSecond: number;
}

async function measure(subscribers: number): Promise<Figures> {
  await using stage = await startStage({
    pollIntervalMs: INTERVAL_MS,
    pollMaxIntervalMs: INTERVAL_MS,
    upstreamRequestsPerSecond: 10_000,
  });
  const { sandbox, gateway, room, peer } = stage;
  let outstanding = 0;
  let onLast = () => {};
  const onEvent = () => {
    outstanding -= 1;
    if (outstanding === 0) onLast();
  };
  await using sockets = new AsyncDisposableStack();
  const crowds: Subscribers[] = [];
  for (let left = subscribers; left > 0; left -= PER_SOCKET) {
    crowds.push(sockets.use(subscribe(stage, Math.min(left, PER_SOCKET), onEvent)));
  }
  await Promise.all(crowds.map(({ ready }) => ready));
  const deliver = async (index: number) => {
    outstanding = subscribers;
    const delivered = new Promise<void>((resolve) => (onLast = resolve));
    sandbox.world.updatePeer(room.id, peer.id, { metadata: String(index) });
    gateway.services.live.hint(room.id);
    await delivered;
  };
  for (let index = 0; index < WARM_UP; index += 1) await deliver(index);

  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  for (let index = 0; index < EVENTS; index += 1) await deliver(WARM_UP + index);
  const { user, system } = process.cpuUsage(cpuBefore);
  const wallMs = (performance.now() - startedAt) / EVENTS;

  sandbox.ledger.clear();
  await wait(CALLS_SECONDS * 1000);
  const polls = sandbox.ledger.count({ operationId: 'listActivePeers' });
  return {
    subscribers,
    wallMs,
    cpuMs: (user + system) / 1000 / EVENTS,
    callsPerSecond: polls / CALLS_SECONDS,
  };
}

/** The result of `work`; rejects if it takes longer than `TIMEOUT_MS`. */
async function bounded<T>(work: Promise<T>): Promise<T> {
  const timeout = new AbortController();
  const late = wait(TIMEOUT_MS, undefined, { signal: timeout.signal }).then(() => {
    throw new Error(`Not done within ${TIMEOUT_MS} ms.`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    timeout.abort();
  }
}

/**
 * Measures each number of subscribers and prints a table. Rejects if a room with more subscribers is polled more
 * often.
 */
export async function run(): Promise<void> {
  const figures: Figures[] = [];
  for (const subscribers of SUBSCRIBERS) figures.push(await bounded(measure(subscribers)));
  const [one] = figures;
  printTable([
    ['subscribers', 'wall/event', 'CPU/event', 'CPU/delivery', 'CPU ratio', 'polls/s'],
    ...figures.map(({ subscribers, wallMs, cpuMs, callsPerSecond }) => [
      String(subscribers),
      `${wallMs.toFixed(2)} ms`,
      `${cpuMs.toFixed(2)} ms`,
      `${((cpuMs * 1000) / subscribers).toFixed(0)} us`,
      (cpuMs / (one?.cpuMs ?? cpuMs)).toFixed(1),
      callsPerSecond.toFixed(1),
    ]),
  ]);
  const most = 1000 / INTERVAL_MS + 1 / CALLS_SECONDS;
  if (figures.some(({ callsPerSecond }) => callsPerSecond > most)) {
    throw new Error(`More than ${most} polls a second.`);
  }
}
