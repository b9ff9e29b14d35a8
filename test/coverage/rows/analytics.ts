// Analytics: which fields serve which operations.
import { cover, query } from '../row.ts';

cover({
  listAnalyticsEvents: {
    fields: ['analyticsEvents', 'Room.analyticsEvents'],
    document: query(({ room }) => `analyticsEvents(roomId: "${room}") { edges { cursor } }`),
  },
  getPeerQualityStats: {
    fields: ['peerQualityStats', 'Peer.qualityStats'],
    document: query(
      ({ session, peer }) => `peerQualityStats(sessionId: "${session}", peerId: "${peer}") { __typename }`,
    ),
  },
});
