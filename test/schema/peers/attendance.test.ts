// The attendance of a session, and its REST calls.
import { expect, it } from 'vitest';
import { graphql } from '../../generated/gql.ts';
import { addPeers } from '../../support/worlds.ts';
import { startWithMedia } from '../media/media-scene.ts';

const attendance = graphql(`
  query Attendance($id: ID!) {
    session(id: $id) {
      attendance {
        userId
        attendedSeconds
        joinedAt
        leftAt
        connected
        peers {
          hmsId
          session {
            hmsId
          }
        }
      }
    }
  }
`);

it('attendance is computed from the session, without a further call', async () => {
  await using tested = await startWithMedia();
  const { world, room, session } = tested;
  const [again] = addPeers(world, room.id, 1);
  const answers: unknown[] = [];
  const lines = await tested.calls(async () =>
    answers.push(await tested.data(attendance, { id: session.id })),
  );
  expect(lines).toEqual([`GET /sessions/${session.id}`]);
  expect(answers).toEqual([
    {
      session: {
        attendance: [
          {
            userId: 'user-0',
            attendedSeconds: expect.any(Number),
            joinedAt: '2026-03-12T16:00:00Z',
            leftAt: null,
            connected: true,
            peers: expect.arrayContaining([
              { hmsId: again?.id, session: { hmsId: session.id } },
              { hmsId: tested.peer.id, session: { hmsId: session.id } },
            ]),
          },
        ],
      },
    },
  ]);
});
