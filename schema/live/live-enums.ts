// The enumerations in the events of live rooms, which the gateway derives from polling (src/live).
import { builder } from '../builder.ts';

/** The cause of `PeerJoined` and `PeerLeft`: the room itself, or the filter of the subscription. */
export const ChangeCause = builder.enumType('ChangeCause', {
  description: 'Why a subscriber got a `PeerJoined` or `PeerLeft` event.',
  values: {
    ROOM: { description: 'The peer joined or left the room.' },
    FILTER: {
      description:
        'The peer is still in the room, but started or stopped matching the filter of the subscription.',
    },
  } as const,
});

/** The changed values that `PeerUpdated` lists. */
export const PeerAspect = builder.enumType('PeerAspect', {
  description: 'The values of a peer that can change while it is connected.',
  values: {
    NAME: { description: 'The name that the room shows for the peer, `Peer.name`.' },
    ROLE: { description: 'The role of the peer, `Peer.role`.' },
    METADATA: { description: 'The text that the app stores for the peer, `Peer.metadata`.' },
  } as const,
});

/** The cause of `TracksEnded`. */
export const TracksEndCause = builder.enumType('TracksEndCause', {
  description: 'Why there are no more events about the tracks of a peer.',
  values: {
    LEFT: { description: 'The peer has left the room.' },
    ROLE: { description: "The peer has got a role that may not publish according to the room's template." },
  } as const,
});

/** The reason of all snapshots: of peers, of tracks and of live rooms. */
export const SnapshotReason = builder.enumType('SnapshotReason', {
  description: 'Why a subscriber gets a snapshot of the whole state.',
  values: {
    SUBSCRIBED: { description: 'The subscription began without `after`.' },
    CURSOR_TOO_OLD: {
      description:
        'The gateway no longer has the changes that follow `after`: they are too old, or the gateway was restarted.',
    },
    SLOW_CONSUMER: {
      description:
        'The subscriber reads too slowly. This snapshot replaces the changes that it has not read yet.',
    },
    BURST: {
      description:
        'One poll found so many changes that this snapshot is smaller than their events. It replaces the events, however fast the subscriber reads.',
    },
    STALENESS: {
      description: 'The REST API has stopped answering the polls, or answers again: see `stale`.',
    },
  } as const,
});
