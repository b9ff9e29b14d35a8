// The live core's requests to the REST API. They have the lowest priority in the request budget, behind mutations and
// queries. `fresh` keeps each one from joining a request in flight: a poll after a hint must not get an answer that was
// true before the hint.
import type { RestCatalog } from '../../rest/catalog/catalog.ts';
import type { RestClient } from '../../rest/client/client.ts';
import { RestNotFoundError } from '../../rest/errors.ts';
import { listActivePeers } from '../../rest/peers/peers.ts';
import type { RoomResource } from '../../rest/rooms/rooms.ts';
import { Batches } from './batches.ts';
import type { LiveUpstream } from './live-upstream.ts';

/** The live core's upstream over the gateway's REST client, and the catalog whose cached rooms it can drop. */
export function restUpstream(client: RestClient, catalog: RestCatalog): LiveUpstream {
  const poll = (signal: AbortSignal) => ({ signal, priority: 'poll', fresh: true }) as const;
  const { peers: written } = catalog.written;
  const rooms = new Batches<RoomResource | null>((roomIds, signal) => catalog.rooms(roomIds, poll(signal)));
  return {
    async peers(roomId, signal) {
      try {
        return written.inPoll(roomId, await listActivePeers(client, roomId, poll(signal)));
      } catch (error) {
        if (!(error instanceof RestNotFoundError)) throw error;
        written.inPoll(roomId, []);
        return null;
      }
    },
    activeSessions: (roomIds, signal) => catalog.activeSessions(roomIds, poll(signal)),
    allActiveSessions: (signal) => catalog.allActiveSessions(poll(signal)),
    roomExists: async (roomId, signal) => (await rooms.load(roomId, signal)) !== null,
    isLagging: (roomId, peers) => written.isLagging(roomId, peers),
    forgetRoom: (roomId) => catalog.forgetRoom(roomId),
  };
}
