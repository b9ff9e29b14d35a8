// Resolvers of recordings: by id, as a list, of a room and of a session. Source: the vendor's Recordings API.
import { listRecordings, type RecordingResource } from '../../src/rest/media/recordings.ts';
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import { connectionOverPages, idCursorsOf, type Connection, type ForwardArgs } from '../connection.ts';
import type { Context } from '../context.ts';
import { encodeGlobalId, hmsIdOf } from '../ids.ts';
import { jobListParams, type MediaJobFilter } from './media-jobs.ts';
import type { SessionView } from '../sessions/sessions.ts';
import { recordingNode } from './recording-node.ts';
import { jobsWith } from './written-jobs.ts';

type RecordingsArgs = ForwardArgs & { readonly filter?: MediaJobFilter | null | undefined };

const cursors = idCursorsOf('recordings');

/**
 * The recording with this global or vendor id; null when it does not exist. One REST call, at most one an operation.
 * Throws `BAD_USER_INPUT` for a global id of another type.
 */
export function recordingById(id: string, context: Context): Promise<RecordingResource | null> {
  return recordingNode.loader(context).load(hmsIdOf('Recording', 'id', id));
}

/**
 * The recordings that match the filter, newest first: one REST call for every 100. Throws `BAD_USER_INPUT` when the filter's
 * status is `OTHER`.
 */
export async function recordingsConnection(
  args: RecordingsArgs,
  context: Context,
): Promise<Connection<RecordingResource>> {
  const filter = jobListParams(args.filter);
  return connectionOverPages(args, cursors, async (page) =>
    jobsWith(
      context.catalog.written.recordings,
      await listRecordings(context.client, { ...filter, ...page }, context.call),
    ),
  );
}

/** The recordings of a room. The room replaces any `roomId` of the filter. */
export function recordingsOfRoom(
  room: RoomResource,
  args: RecordingsArgs,
  context: Context,
): Promise<Connection<RecordingResource>> {
  return recordingsConnection(
    { ...args, filter: { ...args.filter, roomId: encodeGlobalId('Room', room.id) } },
    context,
  );
}

/** The recordings that began in a session. The session replaces any `sessionId` of the filter. */
export function recordingsOfSession(
  session: SessionView,
  args: RecordingsArgs,
  context: Context,
): Promise<Connection<RecordingResource>> {
  return recordingsConnection(
    { ...args, filter: { ...args.filter, sessionId: encodeGlobalId('Session', session.id) } },
    context,
  );
}
