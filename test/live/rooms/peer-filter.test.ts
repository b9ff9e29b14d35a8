// What a watcher with a filter is told.
import { expect, test } from 'vitest';
import type { PeerChange, PeerUpdated } from '../../../src/live/changes.ts';
import { filterChange } from '../../../src/live/rooms/peer-filter.ts';

const told = { cursor: 'c', at: 1, roomId: 'r', sessionId: 's' };
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
  return { kind: 'updated', ...told, peer: { ...ada, role: to }, changed: ['ROLE'], previous };
}

test('a snapshot holds only the peers that match, and is never withheld', () => {
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

test('joins and leaves of others are withheld; with both fields both must match', () => {
  const joined: PeerChange = { kind: 'joined', ...told, peer: bob, cause: 'ROOM' };
  expect(filterChange(joined, { role: 'host' })).toBeNull();
  expect(filterChange(joined, { role: 'guest', userId: 'u1' })).toBeNull();
  expect(filterChange(joined, { role: 'guest', userId: 'u2' })).toBe(joined);
});

test('a peer that begins to match joins by the filter, with the number of its update', () => {
  expect(filterChange(update('guest', 'host'), { role: 'host' })).toEqual({
    kind: 'joined',
    ...told,
    peer: { ...ada, role: 'host' },
    cause: 'FILTER',
  });
});

test('a peer that ceases to match leaves by the filter, without a reason', () => {
  expect(filterChange(update('host', 'guest'), { role: 'host' })).toEqual({
    kind: 'left',
    ...told,
    peer: { ...ada, role: 'guest' },
    cause: 'FILTER',
    leaveReason: null,
  });
});

test('an update within the filter passes as it is, one outside not at all', () => {
  const within = update('host', 'guest');
  expect(filterChange(within, { userId: 'u1' })).toBe(within);
  expect(filterChange(within, { role: 'viewer' })).toBeNull();
});

test('sessions pass every filter', () => {
  const session = { id: 's', room_id: 'r', created_at: '2026-03-12T16:00:00Z' };
  const started: PeerChange = { kind: 'sessionStarted', ...told, session };
  expect(filterChange(started, { role: 'host' })).toBe(started);
});
