// Polls: what causes each outcome of their mutations.
import type { AccessCast } from '../../access/row.ts';
import { by, forbidden, MISSING, outcomes } from '../row.ts';

const of = ({ poll }: AccessCast) => `pollId: "${poll}"`;
const value = 'value: { text: "How?" }';

outcomes({
  createPoll: { InvalidInputError: by(() => 'type: OTHER'), RefusedError: forbidden },
  updatePoll: {
    NotFoundError: by(() => `id: "${MISSING}", title: "New"`),
    InvalidInputError: by(({ poll }) => `id: "${poll}", durationSeconds: -1`),
    RefusedError: forbidden,
  },
  setPollQuestion: {
    NotFoundError: by((cast) => `${of(cast)}, question: 9, ${value}`),
    InvalidInputError: by((cast) => `${of(cast)}, question: 0, ${value}`),
    RefusedError: forbidden,
  },
  deletePollQuestion: {
    NotFoundError: by((cast) => `${of(cast)}, question: 9`),
    InvalidInputError: by((cast) => `${of(cast)}, question: 0`),
    RefusedError: forbidden,
  },
  setPollOption: {
    NotFoundError: by((cast) => `${of(cast)}, question: 1, option: 9, text: "So"`),
    InvalidInputError: by((cast) => `${of(cast)}, question: 1, option: 0, text: "So"`),
    RefusedError: forbidden,
  },
  deletePollOption: {
    NotFoundError: by((cast) => `${of(cast)}, question: 1, option: 9`),
    InvalidInputError: by((cast) => `${of(cast)}, question: 1, option: 0`),
    RefusedError: forbidden,
  },
});
