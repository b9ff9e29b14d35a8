// The statuses that the vendor documents for writes of rooms, room codes and live rooms, as a client of the graph sees
// them. They are listed in the OpenAPI document; a fault makes the sandbox answer with them.
import { describe, expect, it } from 'vitest';
import { asData, asError, documented, run, says, unauthorized } from './room-operations.ts';
import { notFound, refusedWith, startScene } from './room-scene.ts';

/**
 * The client's message for a 404 of each operation; null for a mutation that names no object that could be missing.
 */
const missing: Readonly<Record<string, string | null>> = {
  createRoom: null,
  updateRoom: 'The room does not exist.',
  createRoomCodes: 'The room does not exist.',
  createRoomCodeForRole: 'The room does not exist or has no role of that name.',
  updateRoomCode: 'The room code does not exist.',
  exchangeRoomCode: 'The room code does not exist or is disabled.',
  updateActivePeer: 'The peer is not connected to the room.',
  sendMessage: 'The room does not exist or is not live.',
  removePeers: 'The peer is not connected to the room, or the room is not live.',
  endActiveRoom: 'The room does not exist or is not live.',
};

/** The value of a key that a table must have. */
function knownFor<Value>(key: string, table: Readonly<Record<string, Value>>): Value {
  const value = table[key];
  if (value === undefined) throw new Error(`the table has nothing for ${key}`);
  return value;
}

/** What a client of a mutation sees of each status, if the vendor's message is `Its words`. */
const seenOf: Readonly<Record<string, (operationId: string) => object>> = {
  400: () => asData(refusedWith(400, 'Its words', ['and more'])),
  401: () => unauthorized,
  403: () => asData(refusedWith(403, 'Its words', ['and more'])),
  404: (operationId) => {
    const meaning = knownFor(operationId, missing);
    return asData(meaning === null ? refusedWith(404, 'Its words', ['and more']) : notFound(meaning));
  },
  429: () =>
    asError(
      'UPSTREAM_RATE_LIMITED',
      { status: 429, retryAfter: 45 },
      'The upstream API takes no more requests now; try again in 45 s.',
    ),
  500: () =>
    asError('UPSTREAM_UNAVAILABLE', { status: 500 }, 'The upstream API cannot be reached or is failing.'),
};

const statusRows = Object.keys(missing).flatMap((operationId) =>
  Object.keys(documented(operationId).responses)
    .filter((status) => !status.startsWith('2'))
    .map((status) => ({ operationId, status })),
);

describe('every status that the vendor documents for a write', () => {
  it.each(statusRows)('$operationId: $status', async ({ operationId, status }) => {
    await using scene = await startScene();
    const words = status === '429' ? 'rate limit exceeded, retry after 45 seconds' : 'Its words';
    scene.sandbox.faults.set(operationId, says(Number(status), words, ['and more']));
    expect(await run(scene, operationId)).toMatchObject(knownFor(status, seenOf)(operationId));
    // A write that may have been done is not repeated. After a 401 nothing was done, so it is retried with another
    // token.
    const isRetried = status === '401' && operationId !== 'exchangeRoomCode';
    expect(scene.sandbox.ledger.count({ operationId })).toBe(isRetried ? 2 : 1);
  });
});
