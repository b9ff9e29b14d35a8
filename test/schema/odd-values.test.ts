// Values that the REST API leaves out or sends as null, although its documents say that they are always there.
import { describe, expect, it } from 'vitest';
import { startTestGateway } from '../support/gateway.ts';
import { addPeers, addRooms } from '../support/worlds.ts';

const questions = [{ text: 'Why?', type: 'single-choice' as const, options: [{ text: 'A' }, { text: 'B' }] }];

describe('a delivery of a webhook', () => {
  it.each([
    [null, true],
    [undefined, true],
    ['', true],
    ['webhook.failed', false],
  ])('with %j for its name is told as delivered: %s', async (name, delivered) => {
    await using lab = await startTestGateway();
    lab.sandbox.faults.set('listWebhookDeliveries', {
      kind: 'shape',
      shape: (body) => {
        const page = Object(body);
        const [first] = page.events;
        const payload = { ...first.payload, error_reason: '' };
        return { ...page, events: [{ ...first, payload, event_name: name }] };
      },
    });
    const answer = await lab.ask('{ webhookDeliveries(first: 1) { edges { node { delivered } } } }');
    expect(answer).toEqual({ data: { webhookDeliveries: { edges: [{ node: { delivered } }] } } });
  });
});

describe('a poll whose questions are null', () => {
  it.each([
    'deletePollQuestion(input: { pollId: $id, question: 1 })',
    'deletePollOption(input: { pollId: $id, question: 1, option: 1 })',
  ])('does not make a done deletion fail: %s', async (field) => {
    await using lab = await startTestGateway({ sandbox: { data: 'empty' } });
    const { world, faults, ledger } = lab.sandbox;
    const { id } = world.polls.create({ title: 'Odd', questions });
    faults.set('getPoll', { kind: 'shape', shape: (body) => ({ ...Object(body), questions: null }) });
    const answer = await lab.ask(`mutation ($id: ID!) { done: ${field} { __typename } }`, { id });
    expect(answer.errors).toBeUndefined();
    expect(answer).toMatchObject({ data: { done: { __typename: expect.stringMatching(/^Deleted/) } } });
    expect(ledger.entries.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  });
});

describe('polls of a room of which one cannot be read', () => {
  it.each([
    ['its answer is odd', { kind: 'shape', shape: () => ({ title: 'without an id' }) }],
    ['the REST API refuses it', { kind: 'status', status: 400 }],
  ] as const)('are answered without that one, which has an error: %s', async (_what, fault) => {
    await using lab = await startTestGateway({ sandbox: { data: 'empty' } });
    const { world, faults } = lab.sandbox;
    const [room] = addRooms(world, 1);
    const polls = ['A', 'B', 'C'].map((title) => world.polls.create({ title, questions }).id);
    world.rooms.update(room?.id ?? '', { polls });
    faults.set('getPoll', fault, { times: 1 });
    const answer = await lab.ask('query ($id: ID!) { room(id: $id) { polls { title } } }', { id: room?.id });
    const titles = (answer.data as { room: { polls: ({ title: string } | null)[] } }).room.polls.map(
      (poll) => poll?.title ?? null,
    );
    const at = titles.indexOf(null);
    expect(titles.toSpliced(at, 1)).toEqual(['A', 'B', 'C'].toSpliced(at, 1));
    expect(answer.errors).toMatchObject([{ path: ['room', 'polls', at] }]);
  });
});

describe('a change of the role of a peer', () => {
  it.each([
    ['updatePeer(input: { roomId: $room, peerId: $peer, role: "host" })', 50],
    ['updatePeer(input: { roomId: $room, peerId: $peer, name: "Ada" })', 10],
    ['updatePeers(input: { roomId: $room, updates: [{ peerId: $peer, role: "host" }] })', 51],
    [
      'updatePeers(input: { roomId: $room, updates: [{ peerId: $peer, metadata: "\\"role\\":\\"x\\"" }] })',
      11,
    ],
  ])('is priced with the look-up of the role: %s', async (field, requested) => {
    await using lab = await startTestGateway({
      sandbox: { data: 'empty' },
      limits: { pointsPerMinute: 1000 },
    });
    const { world, ledger } = lab.sandbox;
    const [room] = addRooms(world, 1);
    const [peer] = addPeers(world, room?.id ?? '', 1);
    const answer = await lab.ask(`mutation ($room: ID!, $peer: ID!) { ${field} { __typename } }`, {
      room: room?.id,
      peer: peer?.id,
    });
    expect(answer.extensions?.['cost']).toMatchObject({ requested });
    expect(ledger.count() * 10).toBeLessThanOrEqual(requested);
  });
});

describe('a done write whose answer has an object with keys of JavaScript', () => {
  it.each(['toString', 'valueOf', 'constructor', '__proto__'])('is not told as failed: %s', async (key) => {
    await using lab = await startTestGateway({ sandbox: { data: 'empty' } });
    const { world, faults } = lab.sandbox;
    const [room] = addRooms(world, 1);
    faults.set('updateRoom', {
      kind: 'text',
      text: (json) =>
        JSON.stringify({ ...JSON.parse(json), recording: '@' }).replace('"@"', `{"${key}":null}`),
    });
    const answer = await lab.ask(
      'mutation ($id: ID!) { disableRoom(input: { id: $id }) { ... on Room { enabled } } }',
      { id: room?.id },
    );
    expect(answer).toEqual({ data: { disableRoom: { enabled: false } } });
  });
});
