// The live core's door to the REST API: every call waits behind mutations and queries. None joins a read that began
// earlier: a look that follows a hint, or another look, must not be answered with what was true before.
import type { RestCatalog } from '../../rest/catalog/catalog.ts';
import type { RestClient } from '../../rest/client/client.ts';
import { RestNotFoundError } from '../../rest/errors.ts';
import { listActivePeers } from '../../rest/peers/peers.ts';
import type { RoomResource } from '../../rest/rooms/rooms.ts';
import { Batches } from './batches.ts';
import type { LiveUpstream } from './live-upstream.ts';

export function restUpstream(client: RestClient, catalog: RestCatalog): LiveUpstream {
  const poll = (signal: AbortSignal) => ({ signal, priority: 'poll', fresh: true }) as const;
  const rooms = new Batches<RoomResource | null>((roomIds, signal) => catalog.rooms(roomIds, poll(signal)));
  return {
    async peers(roomId, signal) {
      try {
        return await listActivePeers(client, roomId, poll(signal));
      } catch (error) {
        if (error instanceof RestNotFoundError) return null;
        throw error;
      }
    },
    activeSessions: (roomIds, signal) => catalog.activeSessions(roomIds, poll(signal)),
    allActiveSessions: (signal) => catalog.allActiveSessions(poll(signal)),
    roomExists: async (roomId, signal) => (await rooms.ask(roomId, signal)) !== null,
    forgetRoom: (roomId) => catalog.forgetRoom(roomId),
  };
}
