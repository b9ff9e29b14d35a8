// What comes of a poll: its runs, the answers given, the scores reached. Source: the vendor's Polls API.
import { chosenOptions, peerOfAnswer, pollWithId } from '../../resolvers/polls/polls.ts';
import { sessionWithId } from '../../resolvers/sessions/sessions.ts';
import { instantOrNull, textOrNull } from '../../resolvers/values.ts';
import type { PollResponseResource, PollResultResource } from '../../src/rest/polls/polls.ts';
import { builder } from '../builder.ts';
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

const hmsId = { description: "The vendor's own id: 24 hexadecimal digits." } as const;
const poll = {
  type: Poll,
  nullable: true,
  description: 'The poll; null when it is gone. One REST call for each different poll of the operation.',
} as const;
const session = {
  type: Session,
  nullable: true,
  description: 'The session in which it ran; null when it is gone. One REST call for each different session.',
} as const;

builder.objectType(PollSession, {
  description: 'One run of a poll in a session.',
  fields: (t) => ({
    hmsId: t.exposeID('id', hmsId),
    poll: t.field({ ...poll, resolve: (run, _args, context) => pollWithId(run.poll_id, context) }),
    session: t.field({
      ...session,
      resolve: (run, _args, context) => sessionWithId(run.session_id, context),
    }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it began.',
      resolve: (run) => instantOrNull(run.started_at),
    }),
    stoppedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it ended; null while it runs.',
      resolve: (run) => instantOrNull(run.stopped_at),
    }),
    totalResponses: t.exposeInt('total_responses', {
      nullable: true,
      description: 'How many answers were given.',
    }),
    uniqueParticipants: t.exposeInt('unique_participants', {
      nullable: true,
      description: 'How many different voters gave them.',
    }),
  }),
});

implementConnection(PollSessionConnection, PollSessionEdge, PollSession, 'runs of a poll');

const Answer = builder
  .interfaceRef<PollResponseResource | PollResultResource>('PollParticipation')
  .implement({
    description: "What the poll's answers and scores have in common: who, when, to which question.",
    resolveType: (answer) => ('score' in answer ? 'PollResult' : 'PollResponse'),
    fields: (t) => ({
      hmsId: t.exposeID('id', hmsId),
      question: t.exposeInt('question', {
        description: "The question's place at that time, counted from 1; deletions may have moved it since.",
      }),
      duration: t.exposeInt('duration', {
        nullable: true,
        description:
          'How long the answer took; the vendor does not say in which unit, by its samples milliseconds.',
      }),
      peerId: t.id({
        nullable: true,
        description: 'Vendor id of the peer who answered: a UUID; null in an anonymous poll.',
        resolve: (answer) => textOrNull(answer.peer_id),
      }),
      userId: t.string({
        nullable: true,
        description: "The app's own id of the one who answered; null in an anonymous poll.",
        resolve: (answer) => textOrNull(answer.user_id),
      }),
      peer: t.field({
        type: Peer,
        nullable: true,
        description:
          'The one who answered, as the session recorded it; null in an anonymous poll. One REST call for each different session of the operation.',
        resolve: (answer, _args, context) => peerOfAnswer(answer, context),
      }),
      poll: t.field({ ...poll, resolve: (answer, _args, context) => pollWithId(answer.poll_id, context) }),
      session: t.field({
        ...session,
        resolve: (answer, _args, context) => sessionWithId(answer.session_id, context),
      }),
    }),
  });

builder.objectType(PollResponse, {
  description: 'One answer that somebody gave to a question.',
  interfaces: [Answer],
  fields: (t) => ({
    skipped: t.boolean({
      description: 'Whether the question was skipped.',
      resolve: (response) => response.skipped ?? false,
    }),
    text: t.string({
      nullable: true,
      description: 'What was written; null where options are chosen.',
      resolve: (response) => textOrNull(response.text),
    }),
    options: t.intList({
      description: 'Places of the options that were chosen, counted from 1; empty where a text is written.',
      resolve: (response) => [...chosenOptions(response)],
    }),
    isUpdate: t.boolean({
      description: 'Whether it took the place of an earlier answer.',
      resolve: (response) => response.update ?? false,
    }),
    originalResponseId: t.id({
      nullable: true,
      description: 'Vendor id of the answer whose place it took; null when it is the first.',
      resolve: (response) => textOrNull(response.original_response),
    }),
    retries: t.exposeInt('retries', { nullable: true, description: 'How often it was tried again.' }),
    sentAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was sent.',
      resolve: (response) => instantOrNull(response.sent_at),
    }),
  }),
});

implementConnection(PollResponseConnection, PollResponseEdge, PollResponse, 'answers to a poll');

builder.objectType(PollResult, {
  description: 'The score of one answer to a question of a quiz.',
  interfaces: [Answer],
  fields: (t) => ({
    score: t.exposeInt('score', { nullable: true, description: 'Points reached.' }),
  }),
});

implementConnection(PollResultConnection, PollResultEdge, PollResult, 'scores of a poll');
