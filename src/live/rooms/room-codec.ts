// Serializes the state of a room and its events for other instances. Each peer is a separate item, so that a change in a large
// room is a small write.
import type { ActivePeerResource } from '../../rest/peers/peers.ts';
import type { Departure, LiveSession } from '../changes.ts';
import type { Codec } from '../log/shared-log.ts';
import { byJoining, type Difference, type RoomState } from './differences.ts';

type Left = Extract<Difference, { kind: 'left' }>;
type WrittenLeft = Omit<Left, 'departure'>;
type Written = Exclude<Difference, Left> | WrittenLeft;

/** Reads what another instance of the same version has written; the version is a part of every key. */
export const roomCodec: Codec<RoomState, Difference> = {
  items: ({ peers }) => peers,
  head: ({ session }) => session,
  state(head, items) {
    // Both were written by `head` and `items` of this codec.
    const session = head as LiveSession | null;
    const peers = [...items.values()] as ActivePeerResource[];
    peers.sort(byJoining);
    return { session, peers: new Map(peers.map((peer) => [peer.id, peer])) };
  },
  // Every event of a departure has the same list of peers: a thousand who leave together would write it a thousand times.
  encode: (events) => events.map((event) => (event.kind === 'left' ? withoutDeparture(event) : event)),
  decode(value) {
    // Written by `encode` of this codec.
    const events = value as Written[];
    const departures = new Map<string, string[]>();
    return events.map((event): Difference => {
      if (event.kind !== 'left') return event;
      const peerIds = departures.get(event.sessionId) ?? [];
      departures.set(event.sessionId, peerIds);
      peerIds.push(event.peer.id);
      return departed(event, { sessionId: event.sessionId, peerIds });
    });
  },
};

function withoutDeparture(event: Left): WrittenLeft {
  const { departure: _, ...written } = event;
  return written;
}

function departed(event: WrittenLeft, departure: Departure): Left {
  return { ...event, departure };
}
