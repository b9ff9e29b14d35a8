// Simulated answers to polls, for the demo data and for the simulated rooms. They use their own random sequence, so that they do
// not change what live/players.ts does for a given seed.
import type { Clock } from '../../clock.ts';
import type { PollQuestion } from '../../openapi/types.ts';
import type { PollAnswer } from './poll-parts.ts';
import type { PollRunRecord } from './poll-runs.ts';
import { Random } from '../random.ts';
import type { PeerRecord } from '../records.ts';
import type { World } from '../live/world.ts';

const TICK_MS = 1000;
/** The probability that a running poll receives an answer within a tick. */
const ANSWER_CHANCE = 0.2;

const TEXTS = ['More of this, please', 'A little slower', 'Clear and to the point', 'paris', 'All good'];

/** A random answer that fits the question's type. A skippable question is skipped with a probability of 10 %. */
export function randomAnswer(random: Random, question: PollQuestion): PollAnswer {
  const places = (question.options ?? []).map(({ index = 1 }) => index);
  if (question.skippable === true && random.chance(0.1)) return {};
  if (question.type === 'short-answer' || question.type === 'long-answer') {
    return { text: random.pick(TEXTS) };
  }
  if (places.length === 0) return {};
  if (question.type === 'multiple-choice') {
    const chosen = places.filter(() => random.chance(0.4));
    return { options: chosen.length > 0 ? chosen : [random.pick(places)] };
  }
  return { option: random.pick(places) };
}

/** The first peer with an unanswered question answers it; false if every peer has answered every question. */
export function answerNext(
  world: World,
  random: Random,
  run: PollRunRecord,
  peers: readonly PeerRecord[],
): boolean {
  const { polls, pollRuns } = world;
  const { questions = [] } = polls.all.get(run.pollId) ?? {};
  for (const peer of peers) {
    const question = questions.find(({ index = 0 }) => !pollRuns.hasAnswered(run, peer, index));
    if (question?.index === undefined) continue;
    const answer = randomAnswer(random, question);
    pollRuns.respond(run, peer, question.index, answer, random.between(1500, 20_000));
    return true;
  }
  return false;
}

/** Answers the running polls of all active sessions over time, until the returned function is called. */
export function playPolls(world: World, seed: number, clock: Clock): () => void {
  const random = new Random(`voters:${seed}`);
  let cancel = clock.schedule(tick, TICK_MS);
  function tick(): void {
    // Scheduled first, so that the voting continues if a vote throws.
    cancel = clock.schedule(tick, TICK_MS);
    for (const session of world.sessions.all.values()) if (session.active) vote(world, random, session.id);
  }
  return () => cancel();
}

function vote(world: World, random: Random, sessionId: string): void {
  const roomId = world.sessions.all.get(sessionId)?.roomId ?? '';
  const running = world.pollRuns
    .runsOfSession(sessionId)
    .filter((run) => world.pollRuns.endOf(run) === undefined);
  for (const run of running) {
    if (random.chance(ANSWER_CHANCE)) answerNext(world, random, run, world.sessions.connectedPeers(roomId));
  }
}
