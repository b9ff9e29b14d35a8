// A mutation of a live room shows in the next query and in an event for subscribers before the next regular poll: these
// rooms are polled once a minute.
import { describe, expect, test } from 'vitest';
import { webSocketClient } from '../support/sockets.ts';
import { followPeers, inShort } from './documents.ts';
import { newcomer, stage } from './stage.ts';

const SELDOM = { pollIntervalMs: 60_000, pollMaxIntervalMs: 60_000, sessionCheckMs: 60_000 };

/** Most milliseconds until a subscriber has the event, if the upstream applies the change at once. */
const PROMPT_MS = 100;

const rename = (roomId: string, peerId: string, name: string) =>
  `mutation { updatePeer(input: { roomId: "${roomId}", peerId: "${peerId}", name: "${name}" }) { __typename } }`;

describe('a mutation of a live room', () => {
  test('is visible to the next query and to subscribers', async () => {
    await using staged = await stage({ config: SELDOM });
    const { url, room, ada } = staged;
    await using client = webSocketClient(url);
    const watching = client.watch(followPeers, { roomId: room.id });
    await watching.next();

    const delays: number[] = [];
    for (let turn = 0; turn < 10; turn += 1) {
      const startedAt = performance.now();
      await staged.data(rename(room.id, ada.id, `Ada ${turn}`));
      expect(inShort((await watching.next()).peerChanges)).toBe(`PeerUpdated Ada ${turn} NAME`);
      delays.push(performance.now() - startedAt);
    }
    // The fastest of ten counts: a busy machine delays some, but the regular poll, a minute away, could not make one of
    // them this fast.
    expect(Math.min(...delays)).toBeLessThan(PROMPT_MS);
    const query = `{ room(id: "${room.id}") { peers { edges { node { name } } } } }`;
    expect(JSON.stringify(await staged.data(query))).toContain('"Ada 9"');
  });

  test('is reported as soon as a poll shows it, if the upstream applies it late', async () => {
    await using staged = await stage({ config: SELDOM });
    const { url, room, ada, world } = staged;
    const grace = world.join(room.id, newcomer('Grace'));
    await using client = webSocketClient(url);
    const watching = client.watch(followPeers, { roomId: room.id });
    await watching.next();

    staged.sandbox.faults.set('*', { kind: 'lag', ms: 100 });
    await staged.data(
      `mutation { removePeer(input: { roomId: "${room.id}", peerId: "${grace.id}" }) { __typename } }`,
    );
    expect(inShort((await watching.next()).peerChanges)).toBe('PeerLeft Grace ROOM');
    expect(world.sessions.active(room.id)?.peers.get(ada.id)?.leftAt).toBeUndefined();
  });
});
