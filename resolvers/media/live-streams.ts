// Resolvers of live streams: by id, as a list, of a room and of a session. Source: the vendor's Live Streams API.
import { listLiveStreams, type LiveStreamResource } from '../../src/rest/media/live-streams.ts';
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import { connectionOverPages, idCursorsOf, type Connection, type ForwardArgs } from '../connection.ts';
import type { Context } from '../context.ts';
import { encodeGlobalId, hmsIdOf } from '../ids.ts';
import { jobListParams, type MediaJobFilter } from './media-jobs.ts';
import type { SessionView } from '../sessions/sessions.ts';
import { liveStreamNode } from './live-stream-node.ts';
import { jobsWith } from './written-jobs.ts';

type LiveStreamsArgs = ForwardArgs & { readonly filter?: MediaJobFilter | null | undefined };

const cursors = idCursorsOf('live-streams');

/**
 * The live stream with this global or vendor id; null when it does not exist. One REST call, at most one an operation.
 * Throws `BAD_USER_INPUT` for a global id of another type.
 */
export function liveStreamById(id: string, context: Context): Promise<LiveStreamResource | null> {
  return liveStreamNode.loader(context).load(hmsIdOf('LiveStream', 'id', id));
}

/**
 * The live streams that match the filter, newest first: one REST call for every 100. Throws `BAD_USER_INPUT` when the filter's
 * status is `OTHER`.
 */
export async function liveStreamsConnection(
  args: LiveStreamsArgs,
  context: Context,
): Promise<Connection<LiveStreamResource>> {
  const filter = jobListParams(args.filter);
  return connectionOverPages(args, cursors, async (page) =>
    jobsWith(
      context.catalog.written.liveStreams,
      await listLiveStreams(context.client, { ...filter, ...page }, context.call),
    ),
  );
}

/** The live streams of a room. The room replaces any `roomId` of the filter. */
export function liveStreamsOfRoom(
  room: RoomResource,
  args: LiveStreamsArgs,
  context: Context,
): Promise<Connection<LiveStreamResource>> {
  return liveStreamsConnection(
    { ...args, filter: { ...args.filter, roomId: encodeGlobalId('Room', room.id) } },
    context,
  );
}

/** The live streams that began in a session. The session replaces any `sessionId` of the filter. */
export function liveStreamsOfSession(
  session: SessionView,
  args: LiveStreamsArgs,
  context: Context,
): Promise<Connection<LiveStreamResource>> {
  return liveStreamsConnection(
    { ...args, filter: { ...args.filter, sessionId: encodeGlobalId('Session', session.id) } },
    context,
  );
}
