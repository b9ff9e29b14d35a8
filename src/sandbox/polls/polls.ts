// The polls of the sandbox: their definitions, their runs in sessions, the answers given. A poll that starts by
// itself runs from the opening of a session in a room that links it; a run ends with its time or its session.
import type { Poll, PollInput, PollQuestion, PollQuestionOption } from '../../openapi/types.ts';
import { Ids } from '../ids.ts';
import type { Instant } from '../instant.ts';
import {
  completeOption,
  completePoll,
  completeQuestion,
  replaced,
  scoreOf,
  without,
  type PollAnswer,
} from './poll-parts.ts';
import type { PeerRecord } from '../records.ts';
import type { Workspace } from '../workspace.ts';

/** Runs and answers kept of all polls together; the oldest are forgotten beyond. */
const MAX_RUNS = 2000;
const MAX_RESPONSES = 20_000;

export interface PollRunRecord {
  readonly id: string;
  readonly pollId: string;
  readonly sessionId: string;
  readonly startedAt: Instant;
  /** By its own duration; undefined: it has none. */
  readonly endsAt: Instant | undefined;
  /** Undefined while neither its session has ended nor somebody has stopped it. */
  readonly stoppedAt: Instant | undefined;
}

export interface PollResponseRecord extends PollAnswer {
  readonly id: string;
  readonly resultId: string;
  readonly runId: string;
  readonly pollId: string;
  readonly sessionId: string;
  /** The question's place, from 1. */
  readonly question: number;
  readonly durationMs: number;
  readonly skipped: boolean;
  /** The answer that this one takes the place of. */
  readonly original: string | undefined;
  readonly sentAt: Instant;
  /** Undefined in an anonymous poll. */
  readonly peerId: string | undefined;
  readonly userId: string | undefined;
  /** What tells voters apart, by the poll's mode. */
  readonly voter: string;
  /** Undefined unless the poll is a quiz. */
  readonly score: number | undefined;
}

export class Polls {
  readonly #workspace: Workspace;
  readonly #ids: Ids;
  readonly #polls = new Map<string, Poll>();
  readonly #runs = new Map<string, PollRunRecord>();
  readonly #responses = new Map<string, PollResponseRecord>();
  /** Ids of answers that another has taken the place of. */
  readonly #outdated = new Set<string>();
  /** The answer that counts, by `answerKey`. */
  readonly #counting = new Map<string, PollResponseRecord>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#ids = new Ids(`polls:${workspace.seed}`);
    workspace.events.on((event) => {
      if (event.type === 'session.opened') {
        for (const pollId of event.room.polls ?? []) {
          if (this.#polls.get(pollId)?.start === 'auto') this.start(pollId, event.session.id);
        }
      } else if (event.type === 'session.closed') {
        for (const run of this.runsOfSession(event.session.id)) this.stop(run.id);
      }
    });
  }

  /** By id, oldest first. */
  get all(): ReadonlyMap<string, Poll> {
    return this.#polls;
  }

  create(input: PollInput): Poll {
    return this.#keep(completePoll(this.#ids.objectId(), input));
  }

  /** Throws if there is no such poll, as all verbs do. */
  replace(pollId: string, input: PollInput): Poll {
    return this.#keep(completePoll(this.#poll(pollId).id, input));
  }

  /** Undefined if there is no question at this place, from 1. */
  replaceQuestion(pollId: string, place: number, input: PollQuestion): PollQuestion | undefined {
    const question = completeQuestion(place, input);
    const questions = replaced(this.#questions(pollId), place, question);
    if (questions !== undefined) this.#keep({ ...this.#poll(pollId), questions });
    return questions && question;
  }

  /** False if there was no such question. */
  deleteQuestion(pollId: string, place: number): boolean {
    const questions = without(this.#questions(pollId), place);
    if (questions !== undefined) this.#keep({ ...this.#poll(pollId), questions });
    return questions !== undefined;
  }

  /** Undefined if there is no such option; both places from 1. */
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

  /** False if there was no such option. */
  deleteOption(pollId: string, questionPlace: number, place: number): boolean {
    const question = this.#questions(pollId)[questionPlace - 1];
    const options = without(question?.options ?? [], place);
    if (options !== undefined) this.replaceQuestion(pollId, questionPlace, { ...question, options });
    return options !== undefined;
  }

  /** Starts a run in a session. */
  start(pollId: string, sessionId: string): PollRunRecord {
    const { duration = 0 } = this.#poll(pollId);
    const startedAt = this.#instant();
    const endsAt = duration > 0 ? { ...startedAt, ms: startedAt.ms + duration * 1000 } : undefined;
    const run = { id: this.#ids.objectId(), pollId, sessionId, startedAt, endsAt, stoppedAt: undefined };
    this.#runs.set(run.id, run);
    forgetOldest(this.#runs, MAX_RUNS);
    return run;
  }

  stop(runId: string): void {
    const run = this.#runs.get(runId);
    if (run?.stoppedAt === undefined && run !== undefined) {
      this.#runs.set(runId, { ...run, stoppedAt: this.#instant() });
    }
  }

  /** When a run ended: by its time or when it was stopped, whichever came first; undefined while it runs. */
  endOf({ endsAt, stoppedAt }: PollRunRecord): Instant | undefined {
    if (endsAt !== undefined && endsAt.ms <= (stoppedAt?.ms ?? this.#workspace.now())) return endsAt;
    return stoppedAt;
  }

  /** Oldest first. */
  runsOf(pollId: string): PollRunRecord[] {
    return [...this.#runs.values()].filter((run) => run.pollId === pollId);
  }

  runsOfSession(sessionId: string): PollRunRecord[] {
    return [...this.#runs.values()].filter((run) => run.sessionId === sessionId);
  }

  /**
   * A peer answers a question of a run. Throws if the run is over, the question is not there, or it takes one
   * answer only and has it.
   */
  respond(
    run: PollRunRecord,
    peer: Pick<PeerRecord, 'id' | 'userId'>,
    questionPlace: number,
    answer: PollAnswer,
    durationMs = 5200,
  ): PollResponseRecord {
    const poll = this.#poll(run.pollId);
    const question = poll.questions?.[questionPlace - 1];
    if (this.endOf(this.#runs.get(run.id) ?? run) !== undefined) throw new Error('the poll has ended');
    if (question === undefined) throw new RangeError(`no question ${questionPlace}`);
    const voter = voterOf(poll, peer);
    const before = this.#counting.get(answerKey(run.id, questionPlace, voter));
    if (before !== undefined && question.once === true) throw new Error('answered already');
    if (before !== undefined) this.#outdated.add(before.id);
    const response: PollResponseRecord = {
      ...answer,
      id: this.#ids.objectId(),
      resultId: this.#ids.objectId(),
      runId: run.id,
      pollId: run.pollId,
      sessionId: run.sessionId,
      question: questionPlace,
      durationMs,
      skipped: Object.values(answer).every((value) => value === undefined),
      original: before?.id,
      sentAt: this.#instant(),
      peerId: poll.anonymous === true ? undefined : peer.id,
      userId: poll.anonymous === true ? undefined : peer.userId,
      voter,
      score: poll.type === 'quiz' ? scoreOf(question, answer) : undefined,
    };
    this.#responses.set(response.id, response);
    this.#counting.set(answerKey(run.id, questionPlace, voter), response);
    for (const forgotten of forgetOldest(this.#responses, MAX_RESPONSES)) {
      const key = answerKey(forgotten.runId, forgotten.question, forgotten.voter);
      if (!this.#outdated.delete(forgotten.id)) this.#counting.delete(key);
    }
    return response;
  }

  /** Whether a peer, as the poll's mode tells voters apart, has answered the question at this place, from 1. */
  hasAnswered(run: PollRunRecord, peer: Pick<PeerRecord, 'id' | 'userId'>, questionPlace: number): boolean {
    return this.#counting.has(answerKey(run.id, questionPlace, voterOf(this.#poll(run.pollId), peer)));
  }

  /** Oldest first, without those that another has taken the place of unless `outdated` is wanted too. */
  responsesOf(pollId: string, outdated = false): PollResponseRecord[] {
    return [...this.#responses.values()].filter(
      (response) => response.pollId === pollId && (outdated || !this.#outdated.has(response.id)),
    );
  }

  #poll(pollId: string): Poll {
    const poll = this.#polls.get(pollId);
    if (poll === undefined) throw new RangeError(`no poll ${pollId}`);
    return poll;
  }

  #questions(pollId: string): readonly PollQuestion[] {
    return this.#poll(pollId).questions ?? [];
  }

  #keep(poll: Poll): Poll {
    this.#polls.set(poll.id, poll);
    return poll;
  }

  #instant(): Instant {
    return { ms: this.#workspace.now(), nanos: this.#ids.nanoseconds() };
  }
}

function voterOf({ mode }: Poll, peer: Pick<PeerRecord, 'id' | 'userId'>): string {
  return mode === 'peerid' ? peer.id : peer.userId;
}

function answerKey(runId: string, questionPlace: number, voter: string): string {
  return `${runId}/${questionPlace}/${voter}`;
}

/** Drops the first entries of a map beyond `most` and tells their values. */
function forgetOldest<Value>(map: Map<string, Value>, most: number): Value[] {
  const surplus = map
    .entries()
    .take(Math.max(0, map.size - most))
    .toArray();
  for (const [key] of surplus) map.delete(key);
  return surplus.map(([, value]) => value);
}
