// Polls: which fields serve which operations.
import { cover, mutation, query } from '../row.ts';

cover({
  createPoll: {
    fields: ['createPoll'],
    document: mutation('createPoll', () => 'title: "Made here", questions: [{ text: "Why?" }]'),
  },
  getPoll: { fields: ['poll', 'Room.polls'], document: query(({ poll }) => `poll(id: "${poll}") { title }`) },
  listPollSessions: {
    fields: ['Poll.sessions'],
    document: query(({ poll }) => `poll(id: "${poll}") { sessions { edges { cursor } } }`),
  },
  listPollSessionsForSession: {
    fields: ['Poll.sessions'],
    document: query(
      ({ poll, pollSession }) =>
        `poll(id: "${poll}") { sessions(sessionId: "${pollSession}") { edges { cursor } } }`,
    ),
  },
  listPollResponses: {
    fields: ['Poll.responses'],
    document: query(({ poll }) => `poll(id: "${poll}") { responses { edges { cursor } } }`),
  },
  getPollResponse: {
    fields: ['Poll.response'],
    document: query(
      ({ poll, pollResponse }) => `poll(id: "${poll}") { response(id: "${pollResponse}") { __typename } }`,
    ),
  },
  listPollResults: {
    fields: ['Poll.results'],
    document: query(({ poll }) => `poll(id: "${poll}") { results { edges { cursor } } }`),
  },
  getPollResult: {
    fields: ['Poll.result'],
    document: query(
      ({ poll, pollResult }) => `poll(id: "${poll}") { result(id: "${pollResult}") { __typename } }`,
    ),
  },
  updatePoll: {
    fields: ['updatePoll'],
    document: mutation('updatePoll', ({ poll }) => `id: "${poll}", title: "New"`),
  },
  updatePollQuestion: {
    fields: ['setPollQuestion'],
    document: mutation(
      'setPollQuestion',
      ({ poll }) =>
        `pollId: "${poll}", question: 1, value: { text: "How?", options: [{ text: "A" }, { text: "B" }] }`,
    ),
  },
  updatePollOption: {
    fields: ['setPollOption'],
    document: mutation(
      'setPollOption',
      ({ poll }) => `pollId: "${poll}", question: 1, option: 1, text: "So"`,
    ),
  },
  deletePollOption: {
    fields: ['deletePollOption'],
    document: mutation('deletePollOption', ({ poll }) => `pollId: "${poll}", question: 1, option: 1`),
  },
  deletePollQuestion: {
    fields: ['deletePollQuestion'],
    document: mutation('deletePollQuestion', ({ poll }) => `pollId: "${poll}", question: 1`),
  },
});
