// The list of a room's connected peers: its order, and for how long its views are the same.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isKeptConnection } from '../../../resolvers/connection.ts';
import { pageOf } from '../../../resolvers/connections/whole-list.ts';
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
      const keys = connectedPeers(ROOM, read, null).edges.map(({ node }) => joinOrder.keyOf(node));
      expect(keys).toEqual(keys.toSorted());
      expect(keys).toHaveLength(read.length);
    });
    fc.assert(law, fuzzRuns(1000));
  });

  it('are sorted across days, months and years', () => {
    const joined = fc.stringMatching(
      /^20(00|26|99)-(02|03|11)-(0[19]|28)T(00|09|23):(00|59):(00|59)(\.5)?Z$/,
    );
    const law = fc.property(fc.array(joined, { maxLength: 30 }), (times) => {
      const read = times.map((at, index) => peer(`p-${index}`, at));
      const sorted = connectedPeers(ROOM, read, null).edges.map(({ node }) => node.joinedAt);
      expect(sorted.map((at) => Date.parse(at ?? ''))).toEqual(
        times.map(Date.parse).toSorted((a, b) => a - b),
      );
    });
    fc.assert(law, fuzzRuns(1000));
  });

  it('are sorted where the times are too late for the sorting by numbers', () => {
    const read = Array.from({ length: 30_000 }, (_, index) => {
      const second = String((index * 7) % 60).padStart(2, '0');
      return peer(`p-${index}`, `9999-12-31T23:59:${second}Z`);
    });
    const keys = connectedPeers(ROOM, read, null).edges.map(({ node }) => joinOrder.keyOf(node));
    expect(keys).toEqual([...new Set(keys)].toSorted());
    expect(keys).toHaveLength(read.length);
  });

  it('are not sorted in place', () => {
    const read = Object.freeze(three.map((each) => Object.freeze({ ...each })));
    expect(connectedPeers(ROOM, read, null).edges.map(({ node }) => node.id)).toEqual(['p-1', 'p-3', 'p-2']);
  });

  it('are the same page and views for the same array, room and session', () => {
    const read = [...three];
    const page = connectedPeers(ROOM, read, SESSION);
    expect(connectedPeers(ROOM, read, SESSION)).toBe(page);
    expect(connectedPeers(ROOM, [...three], SESSION)).not.toBe(page);
  });

  it('are met again as the same page by those who ask for all of them, and by nobody else', () => {
    const page = connectedPeers(ROOM, [...three], SESSION);
    const [first] = page.edges;
    expect(isKeptConnection(page)).toBe(true);
    for (const args of [{}, { first: 3 }, { last: 3 }, { first: 500, last: 3 }]) {
      expect(pageOf(page, args, joinOrder)).toBe(page);
    }
    for (const args of [{ first: 2 }, { last: 1 }, { after: first?.cursor }, { before: first?.cursor }]) {
      expect(isKeptConnection(pageOf(page, args, joinOrder))).toBe(false);
    }
  });

  it('name the session that they were asked for', () => {
    const read = [...three];
    const sessionIds = [SESSION, null, SESSION].map(
      (sessionId) => connectedPeers(ROOM, read, sessionId).edges[0]?.node.sessionId,
    );
    expect(sessionIds).toEqual([SESSION, null, SESSION]);
  });
});
