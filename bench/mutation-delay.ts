// Measures the time from the answer of a mutation to the delivery of its event at a real client. Rooms are polled once a
// minute, so only the mutation itself makes the gateway read the room. The sandbox applies a change before it answers.
import { delaysOf, requireBounds, rowsOf, type Changes } from './delays.ts';
import { printTable, startStage, type Stage } from './stage.ts';

/** The line of this benchmark in the command's help. */
export const about = 'delay from the answer of a mutation to the delivery of its event over WebSocket';

const MUTATIONS = 300;
/** Longest pause between two mutations; the average is half of it. Keeps the REST calls below 50 a second. */
const MAX_PAUSE_MS = 100;
const BOUND_MS = 100;
/** The interval of polls. */
const POLL_MS = 60_000;

const UPDATE = `mutation Update($input: UpdatePeerInput!) {
  updatePeer(input: $input) { __typename }
}`;

const REMOVE = `mutation Remove($input: RemovePeerInput!) {
  removePeer(input: $input) { __typename }
}`;

/**
 * Runs a mutation. Returns the time at which its answer had been read, by `performance.now()`. Rejects unless the result has the
 * type `expected`.
 */
async function answeredAt(
  { url }: Stage,
  query: string,
  input: Readonly<Record<string, string>>,
  expected: string,
): Promise<number> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const answer = await response.text();
  const at = performance.now();
  if (!answer.includes(`"__typename":"${expected}"`))
    throw new Error(`Expected ${expected}, got ${answer.slice(0, 300)}`);
  return at;
}

async function measure(prepare: (stage: Stage) => Changes['make']): Promise<number[]> {
  await using stage = await startStage({
    pollIntervalMs: POLL_MS,
    pollMaxIntervalMs: POLL_MS,
    sessionCheckMs: POLL_MS,
  });
  return await delaysOf(stage, { count: MUTATIONS, pauseMs: MAX_PAUSE_MS, make: prepare(stage) });
}

/** Changes the name of the room's only peer. */
const updating = (stage: Stage) => (index: number) => {
  const input = { roomId: stage.room.id, peerId: stage.peer.id, name: `Ada ${index}` };
  return answeredAt(stage, UPDATE, input, 'Peer');
};

/** Removes one peer after another. All of them join before the first is removed. */
function removing(stage: Stage): Changes['make'] {
  const { world } = stage.sandbox;
  const roomId = stage.room.id;
  const peers = Array.from({ length: MUTATIONS }, (_, index) =>
    world.join(roomId, { name: `Guest ${index}`, role: 'guest', userId: `guest-${index}` }),
  );
  return (index) => {
    const input = { roomId, peerId: peers[index]?.id ?? '' };
    return answeredAt(stage, REMOVE, input, 'RemovedPeer');
  };
}

/** Measures both mutations and prints a table. Rejects if the p99 of one is over its bound. */
export async function run(): Promise<void> {
  const measured = [
    { name: 'updatePeer', delays: await measure(updating), boundMs: BOUND_MS },
    { name: 'removePeer', delays: await measure(removing), boundMs: BOUND_MS },
  ];
  printTable(rowsOf('mutation', measured));
  console.log('  a negative delay: the event arrived before the answer');
  requireBounds(measured);
}
