// The polls of the workspace: their definitions. Questions and options have no ids: they are identified by their position,
// counted from 1. Runs and answers are in poll-runs.ts.
import type { Poll, PollInput, PollQuestion, PollQuestionOption } from '../../openapi/types.ts';
import { Ids } from '../ids.ts';
import { PastMap } from '../past.ts';
import type { Workspace } from '../workspace.ts';
import { completeOption, completePoll, completeQuestion, replaced, without } from './poll-parts.ts';

/** Holds the definitions of polls. Methods that take a poll's id throw if it is unknown. */
export class Polls {
  readonly #ids: Ids;
  readonly #polls: Map<string, Poll>;

  constructor(workspace: Workspace) {
    this.#polls = new PastMap(workspace.past);
    this.#ids = new Ids(`polls:${workspace.seed}`);
  }

  /** By id, oldest first. */
  get all(): ReadonlyMap<string, Poll> {
    return this.#polls;
  }

  /** The poll with this id. */
  get(pollId: string): Poll {
    const poll = this.#polls.get(pollId);
    if (poll === undefined) throw new RangeError(`unknown poll ${pollId}`);
    return poll;
  }

  /** Creates a poll, with the documented defaults. */
  create(input: PollInput): Poll {
    return this.#keep(completePoll(this.#ids.objectId(), input));
  }

  /** Replaces the definition as a whole; keys that the input lacks get their defaults. */
  replace(pollId: string, input: PollInput): Poll {
    return this.#keep(completePoll(this.get(pollId).id, input));
  }

  /** Replaces the question at this place (from 1); undefined if the poll has no such question. */
  replaceQuestion(pollId: string, place: number, input: PollQuestion): PollQuestion | undefined {
    const question = completeQuestion(place, input);
    const questions = replaced(this.#questions(pollId), place, question);
    if (questions !== undefined) this.#keep({ ...this.get(pollId), questions });
    return questions && question;
  }

  /** Deletes the question at this place (from 1); false if the poll has no such question. */
  deleteQuestion(pollId: string, place: number): boolean {
    const questions = without(this.#questions(pollId), place);
    if (questions !== undefined) this.#keep({ ...this.get(pollId), questions });
    return questions !== undefined;
  }

  /** Replaces an option; both places count from 1. Undefined if the poll has no such option. */
  replaceOption(
    pollId: string,
    questionPlace: number,
    place: number,
    input: PollQuestionOption,
  ): PollQuestionOption | undefined {
    const question = this.#questions(pollId)[questionPlace - 1];
    const option = completeOption(place, input);
    const options = replaced(question?.options ?? [], place, option);
    if (options !== undefined) this.replaceQuestion(pollId, questionPlace, { ...question, options });
    return options && option;
  }

  /** Deletes an option; both places count from 1. False if the poll has no such option. */
  deleteOption(pollId: string, questionPlace: number, place: number): boolean {
    const question = this.#questions(pollId)[questionPlace - 1];
    const options = without(question?.options ?? [], place);
    if (options !== undefined) this.replaceQuestion(pollId, questionPlace, { ...question, options });
    return options !== undefined;
  }

  #questions(pollId: string): readonly PollQuestion[] {
    return this.get(pollId).questions ?? [];
  }

  #keep(poll: Poll): Poll {
    this.#polls.set(poll.id, poll);
    return poll;
  }
}
