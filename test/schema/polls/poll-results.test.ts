// The results of a poll: its runs, answers and scores, and the REST calls that they cost.
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../../resolvers/ids.ts';
import type { World } from '../../../src/sandbox/live/world.ts';
import { graphql } from '../../generated/gql.ts';
import { NOWHERE, quiz, startEmpty } from './poll-scene.ts';

const whatCameOfIt = graphql(`
  query WhatCameOfAPoll($id: ID!, $sessionId: ID, $question: Int, $all: Boolean) {
    poll(id: $id) {
      sessions(sessionId: $sessionId) {
        edges {
          node {
            hmsId
            startedAt
            stoppedAt
            totalResponses
            uniqueParticipants
            poll {
              hmsId
            }
            session {
              hmsId
            }
          }
        }
      }
      responses(question: $question, includeReplaced: $all) {
        edges {
          node {
            hmsId
            question
            options
            text
            skipped
            isUpdate
            originalResponseId
            duration
            sentAt
            retries
            peerId
            userId
            peer {
              name
            }
            session {
              hmsId
            }
            poll {
              hmsId
            }
          }
        }
      }
      results(question: $question) {
        edges {
          node {
            hmsId
            question
            score
            userId
            peer {
              name
            }
          }
        }
      }
    }
  }
`);

const oneAnswer = graphql(`
  query OneAnswer($id: ID!, $responseId: ID!, $resultId: ID!) {
    poll(id: $id) {
      response(id: $responseId) {
        options
      }
      result(id: $resultId) {
        score
      }
    }
  }
`);

/** A session in which the quiz runs. Ada has answered, and changed her answer. */
function answered(world: World) {
  const poll = world.polls.create(quiz);
  const room = world.rooms.create({ polls: [poll.id] });
  const ada = world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
  const [run] = world.pollRuns.runsOf(poll.id);
  if (run === undefined) throw new Error('the quiz runs');
  const first = world.pollRuns.respond(run, ada, 1, { option: 1 });
  const second = world.pollRuns.respond(run, ada, 1, { option: 2 });
  const text = world.pollRuns.respond(run, ada, 2, { text: 'Rome' });
  return { poll, room, ada, run, first, second, text };
}

describe('the results of a poll', () => {
  it('are its runs, answers and scores, with links to peers and sessions', async () => {
    await using tested = await startEmpty();
    const { poll, ada, run, second, text } = answered(tested.sandbox.world);
    const session = { hmsId: ada.sessionId };
    const who = { userId: 'ada', peer: { name: 'Ada' } };
    expect(await tested.data(whatCameOfIt, { id: poll.id })).toMatchObject({
      poll: {
        sessions: {
          edges: [
            {
              node: {
                hmsId: run.id,
                stoppedAt: null,
                totalResponses: 2,
                uniqueParticipants: 1,
                poll: { hmsId: poll.id },
                session,
              },
            },
          ],
        },
        responses: {
          edges: [
            { node: { hmsId: text.id, text: 'Rome', options: [], isUpdate: false, ...who, session } },
            { node: { hmsId: second.id, options: [2], isUpdate: true, peerId: ada.id, ...who } },
          ],
        },
        results: { edges: [{ node: { score: 0, ...who } }, { node: { score: 1, ...who } }] },
      },
    });
    // One read each of the poll, its three lists and the session.
    expect(tested.sandbox.ledger.lines().toSorted()).toEqual([
      `GET /polls/${poll.id}`,
      `GET /polls/${poll.id}/responses?limit=11`,
      `GET /polls/${poll.id}/results?limit=11`,
      `GET /polls/${poll.id}/sessions?limit=11`,
      `GET /sessions/${ada.sessionId}`,
    ]);
  });

  it('are filtered by session and question, with replaced answers if requested', async () => {
    await using tested = await startEmpty();
    const { poll, ada, first, second } = answered(tested.sandbox.world);
    const kept = await tested.data(whatCameOfIt, {
      id: poll.id,
      sessionId: encodeGlobalId('Session', ada.sessionId),
      question: 1,
      all: true,
    });
    expect(kept.poll?.sessions?.edges).toHaveLength(1);
    expect(kept.poll?.responses?.edges.map(({ node }) => [node.hmsId, node.originalResponseId])).toEqual([
      [second.id, first.id],
      [first.id, null],
    ]);
    expect(kept.poll?.results?.edges.map(({ node }) => node.score)).toEqual([1]);
    const elsewhere = await tested.data(whatCameOfIt, { id: poll.id, sessionId: NOWHERE });
    expect(elsewhere.poll?.sessions?.edges).toEqual([]);
    const wrong = await tested.ask(whatCameOfIt, { id: poll.id, question: 0 });
    expect(wrong.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  it('are read singly; a missing one is null', async () => {
    await using tested = await startEmpty();
    const { poll, second } = answered(tested.sandbox.world);
    const ids = { responseId: second.id, resultId: second.resultId };
    expect(await tested.data(oneAnswer, { id: poll.id, ...ids })).toEqual({
      poll: { response: { options: [2] }, result: { score: 1 } },
    });
    const nothing = { responseId: NOWHERE, resultId: NOWHERE };
    expect(await tested.data(oneAnswer, { id: poll.id, ...nothing })).toEqual({
      poll: { response: null, result: null },
    });
    const bad = await tested.ask(oneAnswer, { id: poll.id, responseId: '../x', resultId: 'y' });
    expect(bad.errors?.map(({ extensions }) => extensions['code'])).toEqual([
      'BAD_USER_INPUT',
      'BAD_USER_INPUT',
    ]);
  });

  it('name no voter if the poll is anonymous', async () => {
    await using tested = await startEmpty();
    const { world } = tested.sandbox;
    const { id } = world.polls.create({ ...quiz, anonymous: true });
    const room = world.rooms.create({ polls: [id] });
    const ada = world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
    const [run] = world.pollRuns.runsOf(id);
    if (run !== undefined) world.pollRuns.respond(run, ada, 1, { option: 1 });
    const { poll } = await tested.data(whatCameOfIt, { id });
    expect(poll?.responses?.edges).toMatchObject([{ node: { peerId: null, userId: null, peer: null } }]);
  });
});
