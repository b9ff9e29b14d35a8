// Polls by real GraphQL text over the sandbox: the fields of one poll, and the polls of many rooms.
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../../resolvers/ids.ts';
import { graphql } from '../../generated/gql.ts';
import { aPoll, NOWHERE, quiz, startEmpty } from './poll-scene.ts';

const pollsOfRooms = graphql(`
  query PollsOfRooms {
    rooms(first: 10) {
      edges {
        node {
          name
          polls {
            title
          }
        }
      }
    }
  }
`);

describe('a poll', () => {
  it('is read by vendor id, global id and node, with its questions', async () => {
    await using tested = await startEmpty();
    const { id } = tested.sandbox.world.polls.create(quiz);
    const { poll } = await tested.data(aPoll, { id });
    expect(poll).toMatchObject({
      id: encodeGlobalId('Poll', id),
      hmsId: id,
      title: 'Quiz',
      type: 'QUIZ',
      mode: 'USER_ID',
      start: 'AUTO',
      anonymous: false,
      durationSeconds: null,
      questions: [
        {
          index: 1,
          text: 'Prime?',
          type: 'SINGLE_CHOICE',
          skippable: true,
          once: false,
          weight: 1,
          durationSeconds: null,
          answer: { options: [2], text: null, hidden: false },
          options: [
            { index: 1, text: '21', weight: 1 },
            { index: 2, text: '23' },
          ],
        },
        { index: 2, type: 'SHORT_ANSWER', answer: { text: 'Paris', options: [] }, options: [] },
      ],
    });
    expect(await tested.data(aPoll, { id: encodeGlobalId('Poll', id) })).toEqual({ poll });
    const node = `query { node(id: "${encodeGlobalId('Poll', id)}") { ... on Poll { title } } }`;
    expect(await tested.data(node)).toEqual({ node: { title: 'Quiz' } });
    expect(await tested.data(aPoll, { id: NOWHERE })).toEqual({ poll: null });
  });

  it('of a kind that the vendor has added is OTHER', async () => {
    await using tested = await startEmpty();
    const { id } = tested.sandbox.world.polls.create(quiz);
    const shape = (answer: unknown): unknown =>
      Object.assign({}, answer, { type: 'survey', mode: null, questions: [{ type: 'drawing' }] });
    tested.sandbox.faults.set('getPoll', { kind: 'shape', shape });
    expect(await tested.data(aPoll, { id })).toMatchObject({
      poll: { type: 'OTHER', mode: 'OTHER', questions: [{ type: 'OTHER', index: null, options: [] }] },
    });
  });
});

it.each([
  [
    { type: '', url: '' },
    { type: null, url: null },
  ],
  [{ url: 'https://example.com/a.png' }, { type: null, url: 'https://example.com/a.png' }],
  [{ type: 'image/png' }, { type: 'image/png', url: null }],
])('an attachment %j has null for what is empty or missing', async (attachment, shown) => {
  await using tested = await startEmpty();
  const { id } = tested.sandbox.world.polls.create(quiz);
  const shape = (answer: unknown): unknown =>
    Object.assign({}, answer, { questions: [{ text: 'Which picture?', attachment: [attachment] }] });
  tested.sandbox.faults.set('getPoll', { kind: 'shape', shape });
  expect(await tested.data(aPoll, { id })).toMatchObject({
    poll: { questions: [{ attachments: [shown] }] },
  });
});

describe('the polls of rooms', () => {
  it('cost one call for each different poll, and leave out deleted ones', async () => {
    await using tested = await startEmpty();
    const { world } = tested.sandbox;
    const [one, two] = [world.polls.create({ title: 'One' }).id, world.polls.create({ title: 'Two' }).id];
    world.rooms.create({ name: 'a', polls: [one, two] });
    world.rooms.create({ name: 'b', polls: [two, NOWHERE] });
    world.rooms.create({ name: 'c' });
    const { rooms } = await tested.data(pollsOfRooms);
    expect(rooms?.edges.map(({ node }) => node)).toEqual([
      { name: 'c', polls: [] },
      { name: 'b', polls: [{ title: 'Two' }] },
      { name: 'a', polls: [{ title: 'One' }, { title: 'Two' }] },
    ]);
    expect(tested.sandbox.ledger.count()).toBe(4);
  });
});
