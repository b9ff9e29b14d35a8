// How live streams are answered: by id, as a list, of a room and of a session.
import { listLiveStreams, type LiveStreamResource } from '../../src/rest/media/live-streams.ts';
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import { connectionOverPages, hexCursorsOf, type Connection, type ForwardArgs } from '../connection.ts';
import type { Context } from '../context.ts';
import { hmsIdOf } from '../ids.ts';
import { jobListParams, type MediaJobFilter } from './media-jobs.ts';
import type { SessionView } from '../sessions/sessions.ts';
import { liveStreamNode } from './live-stream-node.ts';

type LiveStreamsArgs = ForwardArgs & { readonly filter?: MediaJobFilter | null | undefined };

const cursors = hexCursorsOf('live-streams');

export function liveStreamById(id: string, context: Context): Promise<LiveStreamResource | null> {
  return liveStreamNode.loader(context).load(hmsIdOf('LiveStream', 'id', id));
}

export async function liveStreamsConnection(
  args: LiveStreamsArgs,
  context: Context,
): Promise<Connection<LiveStreamResource>> {
  const filter = jobListParams(args.filter);
  return connectionOverPages(args, cursors, (page) =>
    listLiveStreams(context.client, { ...filter, ...page }, context.call),
  );
}

export function liveStreamsOfRoom(
  room: RoomResource,
  args: LiveStreamsArgs,
  context: Context,
): Promise<Connection<LiveStreamResource>> {
  return liveStreamsConnection({ ...args, filter: { ...args.filter, roomId: room.id } }, context);
}

export function liveStreamsOfSession(
  session: SessionView,
  args: LiveStreamsArgs,
  context: Context,
): Promise<Connection<LiveStreamResource>> {
  return liveStreamsConnection({ ...args, filter: { ...args.filter, sessionId: session.id } }, context);
}
