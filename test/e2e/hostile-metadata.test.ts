// Metadata that one person sets on themselves cannot harm the other subscribers of the room.
import { describe, expect, it } from 'vitest';
import { eventStreamClient, webSocketClient } from '../support/sockets.ts';
import { newcomer, stage } from './stage.ts';

/** JSON of this many levels, arrays and objects alternating. */
function nested(depth: number): string {
  const half = Math.floor(depth / 2);
  const odd = depth % 2 === 1;
  return `${'[{"a":'.repeat(half)}${odd ? '[]' : '1'}${'}]'.repeat(half)}`;
}

const deepest = JSON.parse(nested(64)) as unknown;

describe.each([
  ['a WebSocket', webSocketClient],
  ['an event stream', eventStreamClient],
])('over %s', (_name, clientOf) => {
  it.each([
    ['8,000 arrays', `${'['.repeat(8000)}${']'.repeat(8000)}`, null],
    ['20,000 objects', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`, null],
    ['65 levels', nested(65), null],
    ['64 levels', nested(64), deepest],
    ['many small values', `[${'{"a":[]},'.repeat(500)}1]`, expect.any(Array)],
    ['an escaped lone surrogate', String.raw`{"t":"\ud83d"}`, { t: '\ufffd' }],
    ['an escaped pair', String.raw`["\ud83d\ude00","\\ud83d"]`, ['😀', String.raw`\ud83d`]],
    ['broken JSON', '['.repeat(5000), null],
  ])("a peer's metadata of %s ends no subscription", async (_what, metadata, metadataJson) => {
    await using staged = await stage();
    const { world, room, ada } = staged;
    await using client = clientOf(staged.url);
    const watching = client.watch<{ readonly peerChanges: { readonly peer: unknown } }>(
      `subscription ($id: ID!) { peerChanges(roomId: $id) { ... on PeerUpdated { peer { name metadata metadataJson } } ... on PeerJoined { peer { name } } } }`,
      { id: room.id },
    );
    await watching.next();
    world.updatePeer(room.id, ada.id, { metadata });
    expect(await watching.next()).toEqual({
      peerChanges: { peer: { name: 'Ada', metadata, metadataJson } },
    });
    world.join(room.id, newcomer('Grace'));
    expect(await watching.next()).toEqual({ peerChanges: { peer: { name: 'Grace' } } });
  });
});
