// The bulk mutations of live rooms: one result and one REST call for each item, in the order of the input.
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../../resolvers/ids.ts';
import { removePeers, sendMessages, updatePeers } from './peer-documents.ts';
import {
  eventsOf,
  globalPeerId,
  MISSING,
  namesIn,
  NOBODY,
  NOT_CONNECTED,
  NOT_THERE,
  startScene,
} from '../rooms/room-scene.ts';

describe('changing several peers', () => {
  it('returns one result for each in the order of the input; a failure affects its own result only', async () => {
    await using scene = await startScene();
    const { room, ada, grace, emmy, world } = scene;
    // The first request is answered last.
    scene.sandbox.faults.set('updateActivePeer', { kind: 'latency', ms: 50 }, { times: 1 });
    const { results } = await scene.data(updatePeers, {
      input: {
        roomId: room.id,
        updates: [
          { peerId: emmy.id, name: 'Emmy N.' },
          { peerId: NOBODY, name: 'x' },
          { peerId: globalPeerId(scene, ada), role: 'speaker' },
          { peerId: grace.id },
          { peerId: grace.id, metadata: 'm' },
        ],
      },
    });
    expect(results).toMatchObject([
      { __typename: 'Peer', hmsId: emmy.id, name: 'Emmy N.', role: 'guest' },
      NOT_CONNECTED,
      { __typename: 'Peer', hmsId: ada.id, name: 'Ada', role: 'speaker' },
      { __typename: 'InvalidInputError', issues: [{ path: ['peerId'] }] },
      { __typename: 'Peer', hmsId: grace.id, metadata: 'm' },
    ]);
    const path = (id: string) => `POST /active-rooms/${room.id}/peers/${id}`;
    const posts = scene.sent().filter((line) => line.startsWith('POST'));
    expect(posts.toSorted()).toEqual([path(emmy.id), path(NOBODY), path(ada.id), path(grace.id)].toSorted());
    expect(world.sessions.connectedPeers(room.id)).toMatchObject([
      { role: 'speaker' },
      { metadata: 'm' },
      { name: 'Emmy N.' },
    ]);
  });

  it('returns null and an error at its place for an item that fails unexpectedly', async () => {
    await using scene = await startScene();
    const { room, ada, grace } = scene;
    scene.sandbox.faults.set('updateActivePeer', { kind: 'status', status: 500 }, { times: 1 });
    const answer = await scene.ask(updatePeers, {
      input: {
        roomId: room.id,
        updates: [
          { peerId: ada.id, name: 'Ada L.' },
          { peerId: 'nobody', name: 'x' },
          { peerId: encodeGlobalId('Peer', `${MISSING}:${NOBODY}`), name: 'x' },
          { peerId: grace.id, name: 'Grace H.' },
        ],
      },
    });
    const { results } = answer.data as { readonly results: readonly unknown[] };
    expect(results.slice(1, 3)).toEqual([null, null]);
    // Either of the two requests may have arrived first and met the fault.
    const lost = results[0] === null ? 0 : 3;
    expect(results[3 - lost]).toMatchObject({ __typename: 'Peer' });
    expect(results[lost]).toBeNull();
    const errors = new Map(answer.errors?.map((error) => [error.path?.join('.'), error.extensions['code']]));
    expect(errors).toEqual(
      new Map([
        ['results.1', 'BAD_USER_INPUT'],
        ['results.2', 'BAD_USER_INPUT'],
        [`results.${lost}`, 'UPSTREAM_UNAVAILABLE'],
      ]),
    );
    expect(namesIn(scene)).toEqual(lost === 0 ? ['Ada', 'Grace H.', 'Emmy'] : ['Ada L.', 'Grace', 'Emmy']);
  });
});

describe('removing several peers', () => {
  it('returns one result for each, at one REST call each, in the order of the input', async () => {
    await using scene = await startScene();
    const { room, ada, emmy } = scene;
    const events = eventsOf(scene);
    const { results } = await scene.data(removePeers, {
      input: { roomId: room.id, peerIds: [emmy.id, ada.id, NOBODY], reason: 'Over' },
    });
    expect(results).toMatchObject([
      { __typename: 'RemovedPeer', hmsId: emmy.id, peerId: globalPeerId(scene, emmy) },
      { __typename: 'RemovedPeer', hmsId: ada.id, peerId: globalPeerId(scene, ada) },
      NOT_THERE,
    ]);
    expect(scene.sent().filter((line) => line.startsWith('POST'))).toEqual(
      Array.from({ length: 3 }, () => `POST /active-rooms/${room.id}/remove-peers`),
    );
    expect(events).toHaveLength(2);
    expect(events).toContainEqual({ left: 'Emmy', reason: 'peer kicked', message: 'Over' });
    expect(namesIn(scene)).toEqual(['Grace']);
  });
});

describe('sending several messages', () => {
  it('returns one result for each in the order of the input; a failure affects its own result only', async () => {
    await using scene = await startScene();
    const { room, ada } = scene;
    const events = eventsOf(scene);
    scene.sandbox.faults.set('sendMessage', { kind: 'latency', ms: 50 }, { times: 1 });
    const { results } = await scene.data(sendMessages, {
      input: {
        roomId: room.id,
        messages: [
          { message: 'to all' },
          { message: 'to nobody', peerId: NOBODY },
          { message: 'to two', peerId: ada.id, role: 'guest' },
          { message: 'to Ada', peerId: ada.id },
        ],
      },
    });
    const sent = { __typename: 'Accepted', said: 'message sent' };
    expect(results).toMatchObject([sent, NOT_THERE, { __typename: 'InvalidInputError' }, sent]);
    expect(scene.sent()).toHaveLength(3);
    expect(events).toHaveLength(2);
    expect(events).toContainEqual(expect.objectContaining({ message: 'to Ada', peerId: ada.id }));
  });
});

const bulkForms = [
  {
    form: 'updatePeers',
    items: 'updates',
    document: updatePeers,
    item: { peerId: NOBODY, name: 'x' },
    result: NOT_CONNECTED,
  },
  { form: 'removePeers', items: 'peerIds', document: removePeers, item: NOBODY, result: NOT_THERE },
  {
    form: 'sendMessages',
    items: 'messages',
    document: sendMessages,
    item: { message: 'x', peerId: NOBODY },
    result: NOT_THERE,
  },
];

describe.each(bulkForms)('$form', ({ items, document, item, result }) => {
  const many = (count: number) => Array.from({ length: count }, () => item);

  it('accepts 100 items, and refuses more before it sends any', async () => {
    await using scene = await startScene();
    const roomId = scene.room.id;
    const answer = await scene.ask(document, { input: { roomId, [items]: many(100) } });
    expect(answer).toEqual({ data: { results: Array.from({ length: 100 }, () => result) } });
    expect(scene.sent()).toHaveLength(100);
    expect(await scene.ask(document, { input: { roomId, [items]: many(101) } })).toMatchObject({
      data: { results: null },
      errors: [
        {
          message: `\`${items}\` takes at most 100 items an operation.`,
          path: ['results'],
          extensions: { code: 'LIMIT_EXCEEDED', limit: items },
        },
      ],
    });
    expect(scene.sent()).toEqual([]);
  });

  it("sends nothing for an empty list, but still checks the room's id", async () => {
    await using scene = await startScene();
    const ask = (roomId: string) => scene.ask(document, { input: { roomId, [items]: [] } });
    expect(await ask(scene.room.id)).toEqual({ data: { results: [] } });
    expect(await ask('nowhere')).toMatchObject({
      data: { results: null },
      errors: [{ path: ['results'], extensions: { code: 'BAD_USER_INPUT' } }],
    });
    expect(scene.sent()).toEqual([]);
  });
});
