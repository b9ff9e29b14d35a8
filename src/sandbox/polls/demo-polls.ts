// The polls of the demo data: a vote, a quiz and an anonymous question. Some rooms link them, and peers of past
// sessions have answered them.
import type { PollInput } from '../../openapi/types.ts';
import type { Random } from '../random.ts';
import type { World } from '../live/world.ts';
import { answerNext } from './voters.ts';

const single = { type: 'single-choice' } as const;

function options(...texts: readonly string[]): { text: string }[] {
  return texts.map((text) => ({ text }));
}

const demoPolls: readonly PollInput[] = [
  {
    title: 'How was it?',
    questions: [
      { ...single, text: 'How was the pace?', options: options('Too slow', 'Just right', 'Too fast') },
      {
        type: 'multiple-choice',
        text: 'What shall we do more of?',
        skippable: true,
        options: options('Exercises', 'Examples', 'Discussion', 'Breaks'),
      },
    ],
  },
  {
    title: 'Warm-up quiz',
    type: 'quiz',
    questions: [
      {
        ...single,
        text: 'Which number is prime?',
        once: true,
        weight: 2,
        answer: { hidden: true, options: [2] },
        options: options('21', '23', '27'),
      },
      {
        type: 'short-answer',
        text: 'Capital of France?',
        answer: { hidden: true, text: 'Paris', case: false, trim: true },
        answer_min_len: 1,
        answer_max_len: 40,
      },
    ],
  },
  {
    title: 'Opinion',
    anonymous: true,
    mode: 'peerid',
    questions: [{ type: 'long-answer', text: 'Anything to tell us?', skippable: true }],
  },
];

/** Creates the polls. The returned function gives the ids of the polls that the room with this index links. */
export function addDemoPolls(world: World): (roomIndex: number) => string[] | undefined {
  const [vote, quiz, opinion] = demoPolls.map((input) => world.polls.create(input).id);
  const linked = [vote, quiz, opinion].filter((id) => id !== undefined);
  return (index) => {
    if (index % 3 === 0) return linked.slice(0, 2);
    return index % 7 === 1 ? linked.slice(2) : undefined;
  };
}

/** Connected peers answer each running poll of the room's session, with at most `max` answers per poll. */
export function answerDemoPolls(world: World, random: Random, roomId: string, max: number): void {
  const session = world.sessions.active(roomId);
  if (session === undefined) return;
  const peers = world.sessions.connectedPeers(roomId);
  for (const run of world.pollRuns.runsOfSession(session.id)) {
    for (let count = 0; count < max; count += 1) {
      if (!answerNext(world, random, run, peers)) break;
    }
  }
}
