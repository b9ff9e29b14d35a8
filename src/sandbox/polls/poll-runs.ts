// The runs of polls in sessions, and the answers to them. A poll whose `start` is `auto` starts when a session opens in a
// room that links it. A run ends after the poll's duration, when stopped, or with its session.
import type { Poll } from '../../openapi/types.ts';
import { Ids } from '../ids.ts';
import type { Instant } from '../instant.ts';
import type { PeerRecord } from '../records.ts';
import type { Workspace } from '../workspace.ts';
import { scoreOf, type PollAnswer } from './poll-parts.ts';
import type { Polls } from './polls.ts';

/** Limits for all polls together; beyond them the oldest runs and answers are forgotten. */
const MAX_RUNS = 2000;
const MAX_RESPONSES = 20_000;

/** One run of a poll in a session (`PollSession` in the REST API). */
export interface PollRunRecord {
  readonly id: string;
  readonly pollId: string;
  readonly sessionId: string;
  readonly startedAt: Instant;
  /** When the poll's duration is over; undefined: the poll has no duration. */
  readonly endsAt: Instant | undefined;
  /** When the run was stopped, by `stop` or by the end of its session; undefined before. */
  readonly stoppedAt: Instant | undefined;
}

/** An answer to one question, as recorded. */
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
  /** Id of the answer that this one replaces; undefined for a first answer. */
  readonly original: string | undefined;
  readonly sentAt: Instant;
  /** Undefined in an anonymous poll. */
  readonly peerId: string | undefined;
  readonly userId: string | undefined;
  /** The peer id or the user id, whichever identifies voters in the poll's mode. */
  readonly voter: string;
  /** Undefined unless the poll is a quiz. */
  readonly score: number | undefined;
}

/** Holds at most 2000 runs and 20,000 answers. `start`, `respond` and `hasAnswered` throw if the poll is unknown. */
export class PollRuns {
  readonly #workspace: Workspace;
  readonly #polls: Polls;
  readonly #ids: Ids;
  readonly #runs = new Map<string, PollRunRecord>();
  readonly #responses = new Map<string, PollResponseRecord>();
  /** Ids of answers that a later answer has replaced. */
  readonly #replaced = new Set<string>();
  /** The latest answer, by `answerKey`. */
  readonly #latest = new Map<string, PollResponseRecord>();

  constructor(workspace: Workspace, polls: Polls) {
    this.#workspace = workspace;
    this.#polls = polls;
    this.#ids = new Ids(`poll-runs:${workspace.seed}`);
    workspace.events.on((event) => {
      if (event.type === 'session.opened') {
        for (const pollId of event.room.polls ?? []) {
          if (polls.all.get(pollId)?.start === 'auto') this.start(pollId, event.session.id);
        }
      } else if (event.type === 'session.closed') {
        for (const run of this.runsOfSession(event.session.id)) this.stop(run.id);
      }
    });
  }

  /** Starts a run of the poll in a session, whether or not one is running already. */
  start(pollId: string, sessionId: string): PollRunRecord {
    const { duration = 0 } = this.#polls.get(pollId);
    const startedAt = this.#instant();
    const endsAt = duration > 0 ? { ...startedAt, ms: startedAt.ms + duration * 1000 } : undefined;
    const run = { id: this.#ids.objectId(), pollId, sessionId, startedAt, endsAt, stoppedAt: undefined };
    this.#runs.set(run.id, run);
    forgetOldest(this.#runs, MAX_RUNS);
    return run;
  }

  /** Stops a run. A run that is unknown or already stopped stays as it is. */
  stop(runId: string): void {
    const run = this.#runs.get(runId);
    if (run?.stoppedAt === undefined && run !== undefined) {
      this.#runs.set(runId, { ...run, stoppedAt: this.#instant() });
    }
  }

  /** When the run ended: at its `endsAt` or when it was stopped, whichever was earlier; undefined while it runs. */
  endOf({ endsAt, stoppedAt }: PollRunRecord): Instant | undefined {
    if (endsAt !== undefined && endsAt.ms <= (stoppedAt?.ms ?? this.#workspace.now())) return endsAt;
    return stoppedAt;
  }

  /** The runs of a poll, oldest first. */
  runsOf(pollId: string): PollRunRecord[] {
    return [...this.#runs.values()].filter((run) => run.pollId === pollId);
  }

  /** The runs in a session, oldest first. */
  runsOfSession(sessionId: string): PollRunRecord[] {
    return [...this.#runs.values()].filter((run) => run.sessionId === sessionId);
  }

  /**
   * Records a peer's answer to a question (place from 1). A second answer of the same voter replaces the first. Throws
   * if the run has ended, if the question does not exist, or if the question accepts one answer only (`once`) and has
   * one.
   */
  respond(
    run: PollRunRecord,
    peer: Pick<PeerRecord, 'id' | 'userId'>,
    questionPlace: number,
    answer: PollAnswer,
    durationMs = 5200,
  ): PollResponseRecord {
    const poll = this.#polls.get(run.pollId);
    const question = poll.questions?.[questionPlace - 1];
    if (this.endOf(this.#runs.get(run.id) ?? run) !== undefined) throw new Error('the poll has ended');
    if (question === undefined) throw new RangeError(`the poll has no question ${questionPlace}`);
    const voter = voterOf(poll, peer);
    const before = this.#latest.get(answerKey(run.id, questionPlace, voter));
    if (before !== undefined && question.once === true)
      throw new Error('the question accepts one answer only');
    if (before !== undefined) this.#replaced.add(before.id);
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
    this.#latest.set(answerKey(run.id, questionPlace, voter), response);
    for (const forgotten of forgetOldest(this.#responses, MAX_RESPONSES)) {
      const key = answerKey(forgotten.runId, forgotten.question, forgotten.voter);
      if (!this.#replaced.delete(forgotten.id)) this.#latest.delete(key);
    }
    return response;
  }

  /** Whether the peer, identified according to the poll's mode, has answered the question at this place (from 1). */
  hasAnswered(run: PollRunRecord, peer: Pick<PeerRecord, 'id' | 'userId'>, questionPlace: number): boolean {
    return this.#latest.has(answerKey(run.id, questionPlace, voterOf(this.#polls.get(run.pollId), peer)));
  }

  /** The answers to a poll, oldest first. Replaced answers are left out unless `withReplaced` is true. */
  responsesOf(pollId: string, withReplaced = false): PollResponseRecord[] {
    return [...this.#responses.values()].filter(
      (response) => response.pollId === pollId && (withReplaced || !this.#replaced.has(response.id)),
    );
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

/** Deletes the oldest entries beyond `max` and returns their values. */
function forgetOldest<Value>(map: Map<string, Value>, max: number): Value[] {
  const surplus = map
    .entries()
    .take(Math.max(0, map.size - max))
    .toArray();
  for (const [key] of surplus) map.delete(key);
  return surplus.map(([, value]) => value);
}
