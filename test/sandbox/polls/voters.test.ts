// Simulated voters: each answers each question once, as long as the sandbox remembers the answer. The poll's mode decides
// whether a voter is a user or a peer.
import { describe, expect, test } from 'vitest';
import type { PollRunRecord } from '../../../src/sandbox/polls/poll-runs.ts';
import { Random } from '../../../src/sandbox/random.ts';
import { answerNext } from '../../../src/sandbox/polls/voters.ts';
import type { World } from '../../../src/sandbox/live/world.ts';
import { startTestSandbox } from '../../support/sandbox-client.ts';

const question = { text: 'Where to?', options: [{ text: 'Pizza' }, { text: 'Sushi' }] };
const lunch = { questions: [question, { text: 'When?', options: [{ text: '12:00' }, { text: '13:00' }] }] };

const ada = { id: '0b7d51f5-6a4c-4c5e-9a0e-2f1d3a4b5c6d', userId: 'ada' };

/** Ada in a room that links this poll, and the run of the poll. */
function running(world: World, pollId: string): { roomId: string; run: PollRunRecord } {
  const { id: roomId } = world.rooms.create({ polls: [pollId] });
  world.join(roomId, { name: 'Ada', role: 'host', userId: 'ada' });
  const [run] = world.pollRuns.runsOfSession(world.sessions.active(roomId)?.id ?? '');
  if (run === undefined) throw new Error('the poll does not run');
  return { roomId, run };
}

describe('voters', () => {
  test.each(['userid', 'peerid'] as const)('answer each question once, identified by %s', async (mode) => {
    await using lab = await startTestSandbox();
    const { id } = lab.world.polls.create({ ...lunch, mode });
    const { run, roomId } = running(lab.world, id);
    // The same user as a second peer, as from another device.
    lab.world.join(roomId, { name: 'Ada', role: 'host', userId: 'ada' });
    lab.world.join(roomId, { name: 'Bob', role: 'host', userId: 'bob' });
    const peers = lab.world.sessions.connectedPeers(roomId);
    const random = new Random('voters');
    const voters = mode === 'userid' ? 2 : 3;
    for (let vote = 0; vote < voters * 2; vote += 1) {
      expect(answerNext(lab.world, random, run, peers)).toBe(true);
    }
    expect(answerNext(lab.world, random, run, peers)).toBe(false);
    const told = lab.world.pollRuns.responsesOf(id).map(({ voter, question }) => `${voter} ${question}`);
    expect(new Set(told).size).toBe(voters * 2);
  });

  test('may answer again only after their answer has been forgotten', async () => {
    await using lab = await startTestSandbox();
    const { polls, pollRuns } = lab.world;
    const { id } = polls.create({ questions: [{ ...question, once: true }] });
    const { run } = running(lab.world, id);
    const others = (count: number, from: number) => {
      for (let index = from; index < from + count; index += 1) {
        pollRuns.respond(run, { id: `peer-${index}`, userId: `user-${index}` }, 1, { option: 1 });
      }
    };
    const again = () => pollRuns.respond(run, ada, 1, { option: 2 });
    again();
    others(19_999, 0);
    expect(pollRuns.hasAnswered(run, ada, 1)).toBe(true);
    expect(again).toThrow('the question accepts one answer only');
    others(1, 20_000);
    expect(pollRuns.hasAnswered(run, ada, 1)).toBe(false);
    again();
    expect(pollRuns.responsesOf(id)).toHaveLength(20_000);
  });

  test('who have changed their answer count as having answered, also after the first answer has been forgotten', async () => {
    await using lab = await startTestSandbox();
    const { polls, pollRuns } = lab.world;
    const { id } = polls.create(lunch);
    const { run } = running(lab.world, id);
    pollRuns.respond(run, ada, 1, { option: 1 });
    pollRuns.respond(run, ada, 1, { option: 2 });
    for (let index = 0; index < 19_999; index += 1) {
      pollRuns.respond(run, { id: `peer-${index}`, userId: `user-${index}` }, 1, { option: 1 });
    }
    expect(pollRuns.hasAnswered(run, ada, 1)).toBe(true);
    expect(pollRuns.responsesOf(id)[0]).toMatchObject({ userId: 'ada', option: 2 });
  });
});
