// A caller bound to a room cannot find out which ids exist in other rooms: an object of another room and an object that
// does not exist get the same answer.
import { expect, test } from 'vitest';
import { encodeGlobalId } from '../../resolvers/ids.ts';
import { startBound } from './bound.ts';
import type { AccessCast } from './row.ts';

const UNKNOWN = 'f'.repeat(24);
const NOBODY = '0b1c2d3e-4f50-4a61-8b72-9c83ad94be05';

const nodeOf = (type: string, id: string) => `node(id: "${encodeGlobalId(type, id)}")`;

/** A field for an object of the other room, and one for an object that does not exist. */
const pairs: Readonly<Record<string, (cast: AccessCast) => readonly [other: string, unknown: string]>> = {
  'a room': ({ room }) => [`room(id: "${room}")`, `room(id: "${UNKNOWN}")`],
  'a session': ({ session }) => [`session(id: "${session}")`, `session(id: "${UNKNOWN}")`],
  'a recording': ({ recording }) => [`recording(id: "${recording}")`, `recording(id: "${UNKNOWN}")`],
  'a live stream': ({ liveStream }) => [`liveStream(id: "${liveStream}")`, `liveStream(id: "${UNKNOWN}")`],
  'an external stream': ({ externalStream }) => [
    `externalStream(id: "${externalStream}")`,
    `externalStream(id: "${UNKNOWN}")`,
  ],
  'a recorded file': ({ asset }) => [`recordingAsset(id: "${asset}")`, `recordingAsset(id: "${UNKNOWN}")`],
  'the Node of a room': ({ room }) => [nodeOf('Room', room), nodeOf('Room', UNKNOWN)],
  'the Node of a session': ({ session }) => [nodeOf('Session', session), nodeOf('Session', UNKNOWN)],
  'the Node of a recording': ({ recording }) => [
    nodeOf('Recording', recording),
    nodeOf('Recording', UNKNOWN),
  ],
  'the Node of a peer': ({ room, peer }) => [
    nodeOf('Peer', `${room}:${peer}`),
    nodeOf('Peer', `${room}:${NOBODY}`),
  ],
  'the Node of a room code': ({ room, roomCode }) => [
    nodeOf('RoomCode', `${room}:${roomCode}`),
    nodeOf('RoomCode', `${room}:abc-defg-hij`),
  ],
};

test.each(Object.entries(pairs))(
  '%s of another room gets the same answer as one that does not exist',
  async (_name, pair) => {
    const { stage, ask } = await startBound();
    await using _ = stage;
    const [other, unknown] = pair(stage.cast);
    const answers = [
      await ask(`{ it: ${other} { __typename } }`),
      await ask(`{ it: ${unknown} { __typename } }`),
    ];
    const [refused] = answers;
    expect(refused).toMatchObject({
      data: { it: null },
      errors: [{ path: ['it'], extensions: { code: 'FORBIDDEN' } }],
    });
    expect(answers[1]).toEqual(refused);
  },
);

test("an object that does not exist in the caller's own room is null", async () => {
  const { stage, ask } = await startBound();
  await using _ = stage;
  const { room } = stage.other;
  const answer = await ask(`{ ${nodeOf('Peer', `${room}:${NOBODY}`)} { id } }`);
  expect(answer).toEqual({ data: { node: null } });
  expect(await ask(`{ ${nodeOf('Template', UNKNOWN)} { id } }`)).toEqual({ data: { node: null } });
});
