// The enumerations in the events of live rooms, which the gateway derives from polling (src/live).
import { builder } from '../builder.ts';

/** The cause of `PeerJoined` and `PeerLeft`: the room itself, or the filter of the subscription. */
export const ChangeCause = builder.enumType('ChangeCause', {
  description: 'The reasons for which a subscriber is told that a peer joined or left.',
  values: {
    ROOM: { description: 'The peer joined or left the room.' },
    FILTER: {
      description: "The peer is still in the room, and began or ceased to match the subscription's filter.",
    },
  } as const,
});

/** The changed values that `PeerUpdated` lists. */
export const PeerAspect = builder.enumType('PeerAspect', {
  description: 'The values of a peer that can change while it is connected.',
  values: {
    NAME: { description: 'The name that the room shows for the peer, `Peer.name`.' },
    ROLE: { description: 'The role of the peer, `Peer.role`.' },
    METADATA: { description: 'The text that the app has written about the peer, `Peer.metadata`.' },
  } as const,
});

/** The cause of `TracksEnded`. */
export const TracksEndCause = builder.enumType('TracksEndCause', {
  description: 'The reasons for which the tracks of a peer are not told any more.',
  values: {
    LEFT: { description: 'The peer has left the room.' },
    ROLE: { description: "The peer has got a role that may publish nothing by the room's template." },
  } as const,
});

/** The reason of all snapshots: of peers, of tracks and of live rooms. */
export const SnapshotReason = builder.enumType('SnapshotReason', {
  description: 'The reasons for which a subscriber gets the whole state instead of a change.',
  values: {
    SUBSCRIBED: { description: 'The subscription has begun, without `after`.' },
    CURSOR_TOO_OLD: {
      description:
        'The gateway no longer has the changes that follow `after`, because they are too old or it was restarted.',
    },
    SLOW_CONSUMER: {
      description:
        'The subscriber reads too slowly: this snapshot replaces the changes of earlier polls that it has not read.',
    },
    BURST: {
      description:
        'A single poll showed so many changes that this snapshot is smaller than they are. It replaces them, however fast the subscriber reads.',
    },
    STALENESS: {
      description: 'The REST API has stopped answering the polls, or answers again: see `stale`.',
    },
  } as const,
});
