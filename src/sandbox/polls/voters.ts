// The people who answer polls: what somebody says to a question, and the living rooms' answers over time.
// Their randomness is their own, so that they change nothing in the histories that the players play.
import type { Clock } from '../../clock.ts';
import type { PollQuestion } from '../../openapi/types.ts';
import type { PollAnswer } from './poll-parts.ts';
import type { PollRunRecord } from './polls.ts';
import { Random } from '../random.ts';
import type { PeerRecord } from '../records.ts';
import type { World } from '../live/world.ts';

const TICK_MS = 1000;
/** How likely somebody in a room with a running poll answers within a tick. */
const ANSWER_CHANCE = 0.2;

const TEXTS = ['More of this, please', 'A little slower', 'Clear and to the point', 'paris', 'All good'];

/** What somebody answers; a question that may be skipped is skipped now and then. */
export function somebodysAnswer(random: Random, question: PollQuestion): PollAnswer {
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

/** One of those peers answers the first question of the run that it has not answered; true if there was one. */
export function answerNext(
  world: World,
  random: Random,
  run: PollRunRecord,
  peers: readonly PeerRecord[],
): boolean {
  const { polls } = world;
  const { questions = [] } = polls.all.get(run.pollId) ?? {};
  for (const peer of peers) {
    const question = questions.find(({ index = 0 }) => !polls.hasAnswered(run, peer, index));
    if (question?.index === undefined) continue;
    const answer = somebodysAnswer(random, question);
    polls.respond(run, peer, question.index, answer, random.between(1500, 20_000));
    return true;
  }
  return false;
}

/** Lets the people of rooms with running polls answer them over time, until the returned function is called. */
export function playPolls(world: World, seed: number, clock: Clock): () => void {
  const random = new Random(`voters:${seed}`);
  let cancel = clock.schedule(tick, TICK_MS);
  function tick(): void {
    for (const session of world.sessions.all.values()) if (session.active) vote(world, random, session.id);
    cancel = clock.schedule(tick, TICK_MS);
  }
  return () => cancel();
}

function vote(world: World, random: Random, sessionId: string): void {
  const roomId = world.sessions.all.get(sessionId)?.roomId ?? '';
  const running = world.polls.runsOfSession(sessionId).filter((run) => world.polls.endOf(run) === undefined);
  for (const run of running) {
    if (random.chance(ANSWER_CHANCE)) answerNext(world, random, run, world.sessions.connectedPeers(roomId));
  }
}
