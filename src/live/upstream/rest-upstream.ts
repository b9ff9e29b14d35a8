// The live core's requests to the REST API. They have the lowest priorities in the request budget, after mutations and queries,
// and wait for it as long as necessary. At any time at most one turn is requested for polls of peers, and one for reads of tracks
// (PollQueue), and few other requests are in flight (Batches, one session check). The option `fresh` prevents a request from
// sharing one that is already in flight: a poll after a hint must not get an answer from before the hint.
import type { RestCatalog } from '../../rest/catalog/catalog.ts';
import type { CallOptions, RestClient } from '../../rest/client/client.ts';
import { RestNotFoundError } from '../../rest/errors.ts';
import {
  getActivePeer,
  listActivePeers,
  tracksSince,
  type KnownPeers,
  type TrackResource,
} from '../../rest/peers/peers.ts';
import type { RoomResource } from '../../rest/rooms/rooms.ts';
import { unreadIn } from '../../rest/shapes/repair.ts';
import type { TemplateResource } from '../../rest/templates/templates.ts';
import type { PublishParams } from '../../openapi/types.ts';
import { Batches } from './batches.ts';
import type { LiveUpstream } from './live-upstream.ts';

/** Takes turns with the gateway's other own calls, so that a long queue of these does not hold polls back. */
const PEERS_ACCOUNT = ' peers';
const TRACKS = { priority: 'tracks', account: ' tracks' } as const;

type KnownTracks = readonly TrackResource[];

/** The live core's upstream over the gateway's REST client, and the catalog whose cached rooms it can drop. */
export function restUpstream(client: RestClient, catalog: RestCatalog): LiveUpstream {
  const poll = (signal: AbortSignal) => ({ signal, priority: 'poll', fresh: true, isPatient: true }) as const;
  const { peers: written } = catalog.written;
  const rooms = new Batches<RoomResource | null>((roomIds, signal) => catalog.rooms(roomIds, poll(signal)));
  const peersOf = async (roomId: string, options: CallOptions, known: KnownPeers) => {
    try {
      return written.inPoll(roomId, await listActivePeers(client, roomId, options, known));
    } catch (error) {
      if (!(error instanceof RestNotFoundError)) throw error;
      written.inPoll(roomId, []);
      return null;
    }
  };
  const tracksOf = async (roomId: string, peerId: string, known: KnownTracks, options: CallOptions) => {
    try {
      const tracks = tracksSince(known, await getActivePeer(client, roomId, peerId, options));
      if (tracks === null) throw new Error('The tracks of the peer cannot be read.');
      return tracks;
    } catch (error) {
      if (!(error instanceof RestNotFoundError)) throw error;
      return null;
    }
  };
  return {
    async turn(signal) {
      const wait = { signal, priority: 'poll', account: PEERS_ACCOUNT } as const;
      const permit = await client.permit('GET', '/active-rooms/{room_id}/peers', wait);
      return (roomId, pollSignal, known) => peersOf(roomId, { ...poll(pollSignal), permit }, known);
    },
    async trackTurn(signal) {
      const permit = await client.permit('GET', '/active-rooms/{room_id}/peers/{peer_id}', {
        ...TRACKS,
        signal,
      });
      return (roomId, peerId, readSignal, known) =>
        tracksOf(roomId, peerId, known, { ...TRACKS, signal: readSignal, fresh: true, permit });
    },
    async publishingRoles(roomId, signal) {
      const options = { ...TRACKS, signal, isPatient: true };
      const id = (await catalog.room(roomId, options))?.template_id;
      if (!id) return null;
      const template = (await catalog.templates([id], options)).get(id);
      if (template instanceof Error) throw template;
      return template == null ? null : publishingRolesOf(template);
    },
    activeSessions: (roomIds, signal) => catalog.activeSessions(roomIds, poll(signal)),
    allActiveSessions: (signal) => catalog.allActiveSessions(poll(signal)),
    roomExists: async (roomId, signal) => (await rooms.load(roomId, signal)) !== null,
    isLagging: (roomId, peers) => written.isLagging(roomId, peers),
    forgetRoom: (roomId) => catalog.forgetRoom(roomId),
  };
}

/** A role whose `allowed` is missing or empty may publish nothing. One whose parameters could not be read may publish. */
function publishingRolesOf({ roles }: TemplateResource): ReadonlyMap<string, boolean> {
  const all = Object.entries(roles ?? {});
  return new Map(all.map(([name, { publishParams }]) => [name, mayPublish(publishParams)]));
}

function mayPublish(params: PublishParams | null | undefined): boolean {
  if (params == null || unreadIn(params).includes('allowed')) return true;
  return (params.allowed?.length ?? 0) > 0;
}
