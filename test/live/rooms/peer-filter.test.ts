// The events that a subscriber with a filter gets.
import { expect, test } from 'vitest';
import type { PeerChange, PeerUpdated } from '../../../src/live/changes.ts';
import { filterChange } from '../../../src/live/rooms/peer-filter.ts';

const stamp = { cursor: 'c', at: 1, roomId: 'r', sessionId: 's' };
const ada = {
  id: 'a',
  name: 'Ada',
  user_id: 'u1',
  metadata: '',
  role: 'host',
  joined_at: '2026-03-12T16:00:05Z',
};
const bob = { ...ada, id: 'b', user_id: 'u2', role: 'guest' };

function update(from: string, to: string): PeerUpdated {
  const previous = { name: 'Ada', role: from, metadata: '' };
  return { kind: 'updated', ...stamp, peer: { ...ada, role: to }, changed: ['ROLE'], previous };
}

test('a snapshot holds the matching peers, and is sent even if no peer matches', () => {
  const snapshot: PeerChange = {
    kind: 'snapshot',
    cursor: 'c',
    at: 1,
    roomId: 'r',
    peers: [ada, bob],
    session: null,
    reason: 'SUBSCRIBED',
    stale: false,
    asOf: 1,
  };
  expect(filterChange(snapshot, { role: 'host' })).toMatchObject({ peers: [ada] });
  expect(filterChange(snapshot, { userId: 'nobody' })).toMatchObject({ peers: [] });
});

test('joins and leaves of other peers are left out; with both properties both must match', () => {
  const joined: PeerChange = { kind: 'joined', ...stamp, peer: bob, cause: 'ROOM' };
  expect(filterChange(joined, { role: 'host' })).toBeNull();
  expect(filterChange(joined, { role: 'guest', userId: 'u1' })).toBeNull();
  expect(filterChange(joined, { role: 'guest', userId: 'u2' })).toBe(joined);
});

test('a peer that begins to match is joined with the cause FILTER and the cursor of its update', () => {
  expect(filterChange(update('guest', 'host'), { role: 'host' })).toEqual({
    kind: 'joined',
    ...stamp,
    peer: { ...ada, role: 'host' },
    cause: 'FILTER',
  });
});

test('a peer that ceases to match is left with the cause FILTER, without a reason', () => {
  expect(filterChange(update('host', 'guest'), { role: 'host' })).toEqual({
    kind: 'left',
    ...stamp,
    peer: { ...ada, role: 'guest' },
    cause: 'FILTER',
    leaveReason: null,
    departure: null,
  });
});

test('an update of a matching peer passes unchanged, one of another peer is left out', () => {
  const within = update('host', 'guest');
  expect(filterChange(within, { userId: 'u1' })).toBe(within);
  expect(filterChange(within, { role: 'viewer' })).toBeNull();
});

test('events of sessions pass every filter', () => {
  const session = { id: 's', room_id: 'r', created_at: '2026-03-12T16:00:00Z' };
  const started: PeerChange = { kind: 'sessionStarted', ...stamp, session };
  expect(filterChange(started, { role: 'host' })).toBe(started);
});
