// The sandbox's odd answers as clients of the graph see them: values are repaired, and errors keep the vendor's words.
import { describe, expect, it } from 'vitest';
import { startScene } from '../schema/rooms/room-scene.ts';

const WORDS = 'the room is under maintenance until noon';

describe('over a sandbox that sends', () => {
  it('odd peers, the others and what can be read of the odd ones are shown', async () => {
    await using scene = await startScene();
    scene.sandbox.faults.set('listActivePeers', { kind: 'odd-peers' });
    const answer = await scene.ask(
      `{ room(id: "${scene.room.id}") { peers { edges { node { name userId metadata } } } } }`,
    );
    expect(answer).toMatchObject({
      data: {
        room: {
          peers: {
            edges: [
              { node: { name: 'Grace', userId: '42' } },
              { node: { name: 'Emmy', userId: 'emmy', metadata: null } },
            ],
          },
        },
      },
    });
    expect(answer.errors).toBeUndefined();
  });

  it('text in place of numbers, they are numbers', async () => {
    await using scene = await startScene();
    scene.world.rooms.update(scene.room.id, { size: 12 });
    scene.sandbox.faults.set('*', { kind: 'text-numbers' });
    expect(
      await scene.data(
        `{ room(id: "${scene.room.id}") { size template { roles { priority } } } rooms(first: 1) { edges { node { size } } } }`,
      ),
    ).toMatchObject({
      room: { size: 12, template: { roles: expect.arrayContaining([{ priority: expect.any(Number) }]) } },
      rooms: { edges: [{ node: { size: 12 } }] },
    });
    const metrics = await (await fetch(`${await scene.gateway.listen()}/metrics`)).text();
    expect(metrics).toContain(
      'hms_upstream_repaired_total{operation="getRoom",key="size",action="converted"} 1',
    );
  });

  it.each(['error', 'plain-text', 'details'] as const)(
    'errors in the form "%s", the message has its words',
    async (form) => {
      await using scene = await startScene();
      scene.sandbox.faults.set('updateRoom', { kind: 'odd-error', status: 422, form, message: WORDS });
      const answer = await scene.data(
        `mutation { updateRoom(input: { id: "${scene.room.id}", size: 7 }) { __typename ... on Error { message } ... on RefusedError { details } } }`,
      );
      expect(JSON.stringify(answer)).toContain(WORDS);
      scene.sandbox.faults.set('getRoom', { kind: 'odd-error', status: 422, form });
      const { errors } = await scene.ask(`{ room(id: "${scene.room.id}") { name } }`);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_ERROR', status: 422 });
    },
  );
});
