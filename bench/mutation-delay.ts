// From the answer of a mutation to the delivery of its event at a real client. Polls are a minute apart, so that
// nothing but the mutation itself makes the gateway look; the sandbox applies each change before it answers.
import { delaysOf, requireBounds, rowsOf, type Changes } from './delays.ts';
import { printTable, startStage, type Stage } from './stage.ts';

export const about = 'delay from the answer of a mutation to the delivery of its event over WebSocket';

const MUTATIONS = 300;
/** With pauses of half of this on average, mutations and looks stay within the budget of 50 requests a second. */
const PAUSE_MS = 100;
const BOUND_MS = 100;
const SELDOM_MS = 60_000;

const UPDATE = `mutation Update($input: UpdatePeerInput!) {
  updatePeer(input: $input) { __typename }
}`;

const REMOVE = `mutation Remove($input: RemovePeerInput!) {
  removePeer(input: $input) { __typename }
}`;

/** When the answer had been read, as `performance.now()` tells it. Rejects unless it is `expected`. */
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
  if (!answer.includes(`"__typename":"${expected}"`)) throw new Error(`A mutation was answered ${answer}`);
  return at;
}

async function measure(prepare: (stage: Stage) => Changes['make']): Promise<number[]> {
  await using stage = await startStage({
    pollIntervalMs: SELDOM_MS,
    pollMaxIntervalMs: SELDOM_MS,
    sessionCheckMs: SELDOM_MS,
  });
  return await delaysOf(stage, { count: MUTATIONS, pauseMs: PAUSE_MS, make: prepare(stage) });
}

const updating = (stage: Stage) => (index: number) => {
  const input = { roomId: stage.room.id, peerId: stage.peer.id, name: `Ada ${index}` };
  return answeredAt(stage, UPDATE, input, 'Peer');
};

/** All who will be removed are in the room when it begins. */
function removing(stage: Stage): Changes['make'] {
  const { world } = stage.sandbox;
  const roomId = stage.room.id;
  const peers = Array.from({ length: MUTATIONS }, (_, index) =>
    world.join(roomId, { name: `Guest ${index}`, role: 'guest', userId: `guest-${index}` }),
  );
  return (index) => {
    const input = { roomId, peerId: peers[index]?.id ?? '' };
    return answeredAt(stage, REMOVE, input, 'Accepted');
  };
}

/** Measures both mutations. Rejects when p99 is beyond what is promised. */
export async function run(): Promise<void> {
  const measured = [
    { name: 'updatePeer', delays: await measure(updating), boundMs: BOUND_MS },
    { name: 'removePeer', delays: await measure(removing), boundMs: BOUND_MS },
  ];
  printTable(rowsOf('mutation', measured));
  console.log('  a delay below 0: the event came before the answer');
  requireBounds(measured);
}
