// The list of a room's connected peers: its order, and for how long its views are the same.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectedPeers, joinOrder } from '../../../resolvers/peers/peer-lists.ts';
import type { ActivePeerResource } from '../../../src/rest/peers/peers.ts';
import { fuzzRuns } from '../../support/fuzz.ts';

const ROOM = 'a'.repeat(24);
const SESSION = 'b'.repeat(24);

function peer(id: string, joinedAt: string): ActivePeerResource {
  return { id, name: id, role: 'host', user_id: '', metadata: '', joined_at: joinedAt };
}

const three = [
  peer('p-2', '2026-03-12T16:00:05.5Z'),
  peer('p-1', '2026-03-12T16:00:05Z'),
  peer('p-3', '2026-03-12T16:00:05.25Z'),
];

describe('the connected peers of a room', () => {
  it('are sorted by the same order as their cursors', () => {
    const joined = fc.oneof(
      fc.constantFrom('', '0001-01-01T00:00:00Z', 'no instant'),
      fc.stringMatching(/^2026-03-12T16:00:0[0-3](\.\d{1,3})?Z$/),
      fc.stringMatching(/^2026-03-12T16:00:00\.5\d{0,8}Z$/),
      fc.stringMatching(/^2026-03-12T17:00:0[0-3](\.\d)?\+01:00$/),
    );
    const peers = fc
      .array(joined, { maxLength: 30 })
      .map((times) => times.map((at, index) => peer(`p-${index}`, at)));
    const law = fc.property(peers, (read) => {
      const keys = connectedPeers(ROOM, read, null).map(({ node }) => joinOrder.keyOf(node));
      expect(keys).toEqual(keys.toSorted());
      expect(keys).toHaveLength(read.length);
    });
    fc.assert(law, fuzzRuns(1000));
  });

  it('are not sorted in place', () => {
    const read = Object.freeze(three.map((each) => Object.freeze({ ...each })));
    expect(connectedPeers(ROOM, read, null).map(({ node }) => node.id)).toEqual(['p-1', 'p-3', 'p-2']);
  });

  it('are the same edges and views for the same array, room and session', () => {
    const read = [...three];
    const edges = connectedPeers(ROOM, read, SESSION);
    expect(connectedPeers(ROOM, read, SESSION)).toBe(edges);
    expect(connectedPeers(ROOM, [...three], SESSION)).not.toBe(edges);
  });

  it('name the session that they were asked for', () => {
    const read = [...three];
    const sessionIds = [SESSION, null, SESSION].map(
      (sessionId) => connectedPeers(ROOM, read, sessionId)[0]?.node.sessionId,
    );
    expect(sessionIds).toEqual([SESSION, null, SESSION]);
  });
});
