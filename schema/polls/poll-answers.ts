// The outcomes of a poll: its runs in sessions, the answers of participants and their scores. Source: the vendor's Polls API.
import { chosenOptions, peerOfAnswer, pollWithId } from '../../resolvers/polls/polls.ts';
import { sessionWithId } from '../../resolvers/sessions/sessions.ts';
import { instantOrNull, textOrNull } from '../../resolvers/values.ts';
import type { PollResponseResource, PollResultResource } from '../../src/rest/polls/polls.ts';
import { builder } from '../builder.ts';
import { calls, onceForAll } from '../prices.ts';
import { implementConnection } from '../connections.ts';
import {
  Peer,
  Poll,
  PollResponse,
  PollResponseConnection,
  PollResponseEdge,
  PollResult,
  PollResultConnection,
  PollResultEdge,
  PollSession,
  PollSessionConnection,
  PollSessionEdge,
  Session,
} from '../refs.ts';

const poll = { type: Poll, nullable: true, ...onceForAll(1) } as const;
const session = { type: Session, nullable: true, ...calls(1) } as const;
const pollPrice = 'Costs one REST call for each different poll in the operation.';
const sessionPrice = 'Costs one REST call for each different session in the operation.';

builder.objectType(PollSession, {
  description:
    'One run of a poll in a session. A poll that is linked to several rooms or sessions has several runs.',
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's id of the run: 24 hexadecimal digits." }),
    poll: t.field({
      ...poll,
      description: `The poll that ran; null if it no longer exists. ${pollPrice}`,
      resolve: (run, _args, context) => pollWithId(run.poll_id, context),
    }),
    session: t.field({
      ...session,
      description: `The session in which the poll ran; null if it no longer exists. ${sessionPrice}`,
      resolve: (run, _args, context) => sessionWithId(run.session_id, context),
    }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The time at which this run of the poll began; null if the vendor omits it.',
      resolve: (run) => instantOrNull(run.started_at),
    }),
    stoppedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The time at which this run of the poll ended; null while it runs.',
      resolve: (run) => instantOrNull(run.stopped_at),
    }),
    totalResponses: t.exposeInt('total_responses', {
      nullable: true,
      description: 'Number of answers given in this run; null if the vendor omits it.',
    }),
    uniqueParticipants: t.exposeInt('unique_participants', {
      nullable: true,
      description: 'Number of different voters who answered in this run; null if the vendor omits it.',
    }),
  }),
});

implementConnection(PollSessionConnection, PollSessionEdge, PollSession, 'runs of a poll');

const Participation = builder
  .interfaceRef<PollResponseResource | PollResultResource>('PollParticipation')
  .implement({
    description:
      'The fields that answers to a poll and their scores have in common: who answered which question in which session.',
    resolveType: (answer) => ('score' in answer ? 'PollResult' : 'PollResponse'),
    fields: (t) => ({
      hmsId: t.exposeID('id', {
        description: "The vendor's id of the answer or score: 24 hexadecimal digits.",
      }),
      question: t.exposeInt('question', {
        description:
          'Position of the question in the poll when it was answered, counted from 1. If an earlier question was deleted since, the position is different now.',
      }),
      duration: t.exposeInt('duration', {
        nullable: true,
        description:
          'Time that the participant took to answer. The vendor documents no unit; its samples look like milliseconds. Null if the vendor omits it.',
      }),
      peerId: t.id({
        nullable: true,
        description: 'Vendor id of the peer who answered: a UUID; null in an anonymous poll.',
        resolve: (answer) => textOrNull(answer.peer_id),
      }),
      userId: t.string({
        nullable: true,
        description: "The app's own id of the user who answered; null in an anonymous poll.",
        resolve: (answer) => textOrNull(answer.user_id),
      }),
      peer: t.field({
        type: Peer,
        nullable: true,
        ...calls(1),
        description: `The peer who answered, from the record of the session; null in an anonymous poll. ${sessionPrice}`,
        resolve: (answer, _args, context) => peerOfAnswer(answer, context),
      }),
      poll: t.field({
        ...poll,
        description: `The poll that was answered; null if it no longer exists. ${pollPrice}`,
        resolve: (answer, _args, context) => pollWithId(answer.poll_id, context),
      }),
      session: t.field({
        ...session,
        description: `The session in which the question was answered; null if it no longer exists. ${sessionPrice}`,
        resolve: (answer, _args, context) => sessionWithId(answer.session_id, context),
      }),
    }),
  });

builder.objectType(PollResponse, {
  description: 'One answer of a participant to one question of a poll.',
  interfaces: [Participation],
  fields: (t) => ({
    skipped: t.boolean({
      description: 'Whether the participant skipped the question.',
      resolve: (response) => response.skipped ?? false,
    }),
    text: t.string({
      nullable: true,
      description: 'Text that the participant wrote; null for questions with options.',
      resolve: (response) => textOrNull(response.text),
    }),
    options: t.intList({
      description:
        'Positions of the options that the participant chose, counted from 1; empty for questions answered by a text.',
      resolve: (response) => [...chosenOptions(response)],
    }),
    isUpdate: t.boolean({
      description: 'Whether this answer replaced an earlier one of the same participant.',
      resolve: (response) => response.update ?? false,
    }),
    originalResponseId: t.id({
      nullable: true,
      description: 'Vendor id of the answer that this one replaced; null if it is the first.',
      resolve: (response) => textOrNull(response.original_response),
    }),
    retries: t.exposeInt('retries', {
      nullable: true,
      description: 'Number of retries. The vendor does not say what it counts. Null if the vendor omits it.',
    }),
    sentAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the participant sent the answer; null if the vendor omits it.',
      resolve: (response) => instantOrNull(response.sent_at),
    }),
  }),
});

implementConnection(PollResponseConnection, PollResponseEdge, PollResponse, 'answers to a poll');

builder.objectType(PollResult, {
  description: 'The score of one answer to one question of a quiz.',
  interfaces: [Participation],
  fields: (t) => ({
    score: t.exposeInt('score', {
      nullable: true,
      description: 'Points that the answer earned; null if the vendor omits them.',
    }),
  }),
});

implementConnection(PollResultConnection, PollResultEdge, PollResult, 'scores of a poll');
