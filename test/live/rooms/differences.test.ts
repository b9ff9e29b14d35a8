// The events between two states of a room: their order and their members.
import { describe, expect, test } from 'vitest';
import {
  type Difference,
  differences,
  EMPTY_ROOM,
  type RoomState,
} from '../../../src/live/rooms/differences.ts';
import { joinOrder } from '../../../resolvers/peers/peer-lists.ts';
import { connectedPeer } from '../../../resolvers/peers/peer-views.ts';
import { roomCodec } from '../../../src/live/rooms/room-codec.ts';
import type { ActivePeerResource } from '../../../src/rest/peers/peers.ts';

const none = () => null;
const session = { id: 's1', room_id: 'r', created_at: '2026-03-12T16:00:00Z' };
const later = { id: 's2', room_id: 'r', created_at: '2026-03-12T17:00:00Z' };

function peer(id: string, rest: Partial<ActivePeerResource> = {}): ActivePeerResource {
  return {
    id,
    name: id,
    user_id: id,
    metadata: '',
    role: 'guest',
    joined_at: '2026-03-12T16:00:05Z',
    ...rest,
  };
}

function state(...peers: ActivePeerResource[]): RoomState {
  return { session, peers: new Map(peers.map((each) => [each.id, each])) };
}

const names = (events: readonly Difference[]) =>
  events.map((each) => ('peer' in each ? `${each.kind} ${each.peer.id}` : each.kind));

describe('differences', () => {
  test('lists left, then updated, then joined', () => {
    const before = state(peer('a'), peer('b'), peer('c'));
    const { events } = differences(
      before,
      { session, peers: [peer('d'), peer('c', { role: 'host' }), peer('a')] },
      none,
    );
    expect(names(events)).toEqual(['left b', 'updated c', 'joined d']);
  });

  test('the same list in the same session leads to the same state, and in another session to its events', () => {
    const peers = [peer('a'), peer('b')];
    const first = differences({ session, peers: new Map() }, { session, peers }, none);
    expect(names(first.events)).toEqual(['joined a', 'joined b']);
    const second = differences(first.after, { session, peers }, none);
    expect(second).toEqual({ after: first.after, events: [] });
    expect(second.after).toBe(first.after);
    const third = differences(second.after, { session: later, peers }, none);
    expect(names(third.events)).toEqual([
      'left a',
      'left b',
      'sessionEnded',
      'sessionStarted',
      'joined a',
      'joined b',
    ]);
    const fourth = differences(third.after, { session: later, peers: [peer('b')] }, none);
    expect(names(fourth.events)).toEqual(['left a']);
  });

  test('an update names the changed properties and has all three previous values', () => {
    const { events } = differences(
      state(peer('a')),
      { session, peers: [peer('a', { name: 'B', metadata: '{}' })] },
      none,
    );
    expect(events).toMatchObject([
      {
        changed: ['NAME', 'METADATA'],
        previous: { name: 'a', role: 'guest', metadata: '' },
        sessionId: 's1',
      },
    ]);
  });

  test('lists no event when only the precision of a time differs', () => {
    const now = peer('a', { joined_at: '2026-03-12T16:00:05.000000001Z' });
    const { events, after } = differences(state(peer('a')), { session, peers: [now] }, none);
    expect(events).toEqual([]);
    expect(after.peers.get('a')).toBe(now);
  });

  test('keeps the object of a peer whose values are the same, so that only those who have changed are written', () => {
    const before = state(peer('a'), peer('b'));
    const changed = peer('b', { metadata: 'hand' });
    const { after } = differences(before, { session, peers: [peer('a'), changed] }, none);
    expect(after.peers.get('a')).toBe(before.peers.get('a'));
    expect(after.peers.get('b')).toBe(changed);
  });

  test('orders joins of one millisecond by the other digits, like a query, and so does what another instance reads', () => {
    const at = (digits: string) => ({ joined_at: `2026-03-12T16:00:04.933${digits}Z` });
    const peers = [
      peer('a', at('651299')),
      peer('b', at('')),
      peer('d', at('22')),
      peer('c', at('22')),
      peer('e', at('095181')),
    ];
    const order = ['b', 'e', 'c', 'd', 'a'];
    const { after, events } = differences({ session, peers: new Map() }, { session, peers }, none);
    expect(names(events)).toEqual(order.map((id) => `joined ${id}`));
    expect([...after.peers.keys()]).toEqual(order);
    const read = roomCodec.state(session, new Map(peers.map((each) => [each.id, each])));
    expect([...read.peers.keys()]).toEqual(order);
    const views = peers.map((each) => connectedPeer('r', each, 's1'));
    expect(views.toSorted(joinOrder.compare).map(({ id }) => id)).toEqual(order);
  });

  test('orders joins by time, whatever their order and precision in the answer', () => {
    const peers = [
      peer('z', { joined_at: '2026-03-12T16:00:05.25Z' }),
      peer('y', { joined_at: '2026-03-12T16:00:05.1Z' }),
      peer('b', { joined_at: '2026-03-12T16:00:05Z' }),
      peer('a', { joined_at: '2026-03-12T16:00:05Z' }),
    ];
    const { events, after } = differences(state(), { session, peers }, none);
    expect(names(events)).toEqual(['joined a', 'joined b', 'joined y', 'joined z']);
    expect([...after.peers.keys()]).toEqual(['a', 'b', 'y', 'z']);
  });

  test('an end is one left event for each peer, then sessionEnded', () => {
    const { events, after } = differences(state(peer('a'), peer('b')), { session: null, peers: [] }, none);
    expect(names(events)).toEqual(['left a', 'left b', 'sessionEnded']);
    expect(after).toEqual(EMPTY_ROOM);
  });

  test('a restart is sessionEnded, then sessionStarted', () => {
    const { events } = differences(state(peer('a')), { session: later, peers: [peer('b')] }, none);
    expect(names(events)).toEqual(['left a', 'sessionEnded', 'sessionStarted', 'joined b']);
    expect(events.at(0)).toMatchObject({ sessionId: 's1' });
    expect(events.at(-1)).toMatchObject({ sessionId: 's2' });
  });

  test('another user id under a known peer id is another peer', () => {
    const { events } = differences(state(peer('a')), { session, peers: [peer('a', { user_id: 'x' })] }, none);
    expect(names(events)).toEqual(['left a', 'joined a']);
  });

  test('a left event has the peer as last polled, and the leave reason when known', () => {
    const seen = peer('a', { role: 'host' });
    const { events } = differences(state(seen), { session, peers: [] }, () => 'peer kicked');
    expect(events).toMatchObject([{ kind: 'left', cause: 'ROOM', leaveReason: 'peer kicked' }]);
    expect(events[0]).toHaveProperty('peer', seen);
  });
});
