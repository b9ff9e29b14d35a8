// The demo data's polls: a vote, a quiz, an anonymous opinion. Some rooms link them; people answer in past sessions.
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

/** Adds the polls and answers, by the number of a room, which of them that room links. */
export function addDemoPolls(world: World): (roomIndex: number) => string[] | undefined {
  const [vote, quiz, opinion] = demoPolls.map((input) => world.polls.create(input).id);
  const linked = [vote, quiz, opinion].filter((id) => id !== undefined);
  return (index) => {
    if (index % 3 === 0) return linked.slice(0, 2);
    return index % 7 === 1 ? linked.slice(2) : undefined;
  };
}

/** Those who are in the room answer each poll that runs there, until it has this many answers. */
export function answerDemoPolls(world: World, random: Random, roomId: string, most: number): void {
  const session = world.sessions.active(roomId);
  if (session === undefined) return;
  const peers = world.sessions.connectedPeers(roomId);
  for (const run of world.polls.runsOfSession(session.id)) {
    for (let given = 0; given < most; given += 1) {
      if (!answerNext(world, random, run, peers)) break;
    }
  }
}
