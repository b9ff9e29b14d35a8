// The files of a recording in the answer of a mutation: they are read after the change, not before.
import { expect, it } from 'vitest';
import { PROCESSING_MS, STARTING_MS, STOPPING_MS } from '../../../src/sandbox/media/jobs.ts';
import { graphql } from '../../generated/gql.ts';
import { startRecording } from './media-operations.ts';
import { startWithLiveRoom } from './media-scene.ts';

const stopAndLook = graphql(`
  mutation StopAndLook($id: ID!) {
    stopRecording(input: { id: $id }) {
      ... on Recording {
        status
        assets {
          type
        }
      }
    }
  }
`);

it('files that a mutation selects are read after it, and read again by the next query', async () => {
  await using tested = await startWithLiveRoom();
  await tested.data(startRecording, { input: { roomId: tested.roomId } });
  const [id = ''] = tested.world.jobs.all.keys();
  await tested.clock.advance(STARTING_MS + 60_000);
  expect(await tested.data(stopAndLook, { id })).toEqual({
    stopRecording: { status: 'STOPPING', assets: [] },
  });
  await tested.clock.advance(STOPPING_MS + PROCESSING_MS);
  const answer = await tested.data(
    graphql(`
      query LookAgain($id: ID!) {
        recording(id: $id) {
          assets {
            type
          }
        }
      }
    `),
    { id },
  );
  expect(answer.recording?.assets).toEqual([{ type: 'ROOM_COMPOSITE' }, { type: 'CHAT' }]);
});

const pauseAndStop = graphql(`
  mutation PauseAndStop($roomId: ID!, $id: ID!) {
    pauseRecordings(input: { roomId: $roomId }) {
      ... on Recording {
        assets {
          type
        }
      }
    }
    stopRecording(input: { id: $id }) {
      ... on Recording {
        assets {
          type
        }
      }
    }
  }
`);

it('a second mutation of an operation returns nothing that was read before it', async () => {
  await using tested = await startWithLiveRoom();
  const { roomId } = tested;
  await tested.data(startRecording, { input: { roomId } });
  const [id = ''] = tested.world.jobs.all.keys();
  await tested.clock.advance(STARTING_MS);
  const before = tested.sandbox.ledger.lines().length;
  await tested.data(pauseAndStop, { roomId, id });
  expect(tested.sandbox.ledger.lines().slice(before)).toEqual([
    `POST /recordings/room/${roomId}/pause`,
    `GET /recordings/${id}`,
    `POST /recordings/${id}/stop`,
    `GET /recordings/${id}`,
  ]);
});
