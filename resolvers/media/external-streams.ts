// Resolvers of external streams: by id, as a list, of a room and of a session. Source: the vendor's External Streams API.
import { listExternalStreams, type ExternalStreamResource } from '../../src/rest/media/external-streams.ts';
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import { connectionOverPages, idCursorsOf, type Connection, type ForwardArgs } from '../connection.ts';
import type { Context } from '../context.ts';
import { encodeGlobalId, hmsIdOf } from '../ids.ts';
import { jobListParams, type MediaJobFilter } from './media-jobs.ts';
import type { SessionView } from '../sessions/sessions.ts';
import { externalStreamNode } from './external-stream-node.ts';
import { jobsWith } from './written-jobs.ts';

type ExternalStreamsArgs = ForwardArgs & { readonly filter?: MediaJobFilter | null | undefined };

const cursors = idCursorsOf('external-streams');

/**
 * The external stream with this global or vendor id; null when it does not exist. One REST call, at most one an
 * operation. Throws `BAD_USER_INPUT` for a global id of another type.
 */
export function externalStreamById(id: string, context: Context): Promise<ExternalStreamResource | null> {
  return externalStreamNode.loader(context).load(hmsIdOf('ExternalStream', 'id', id));
}

/**
 * The external streams that match the filter, newest first: one REST call for every 100. Throws `BAD_USER_INPUT` when the
 * filter's status is `OTHER`.
 */
export async function externalStreamsConnection(
  args: ExternalStreamsArgs,
  context: Context,
): Promise<Connection<ExternalStreamResource>> {
  const filter = jobListParams(args.filter);
  return connectionOverPages(args, cursors, async (page) =>
    jobsWith(
      context.catalog.written.externalStreams,
      await listExternalStreams(context.client, { ...filter, ...page }, context.call),
    ),
  );
}

/** The external streams of a room. The room replaces any `roomId` of the filter. */
export function externalStreamsOfRoom(
  room: RoomResource,
  args: ExternalStreamsArgs,
  context: Context,
): Promise<Connection<ExternalStreamResource>> {
  return externalStreamsConnection(
    { ...args, filter: { ...args.filter, roomId: encodeGlobalId('Room', room.id) } },
    context,
  );
}

/** The external streams that began in a session. The session replaces any `sessionId` of the filter. */
export function externalStreamsOfSession(
  session: SessionView,
  args: ExternalStreamsArgs,
  context: Context,
): Promise<Connection<ExternalStreamResource>> {
  return externalStreamsConnection(
    { ...args, filter: { ...args.filter, sessionId: encodeGlobalId('Session', session.id) } },
    context,
  );
}

/**
 * The host names of the target URLs. The rest of each URL holds stream keys and is dropped; a URL that cannot be
 * parsed is left out.
 */
export function targetHostsOf({ rtmp_urls: urls }: ExternalStreamResource): string[] {
  return (urls ?? []).map((url) => URL.parse(url)?.host ?? '').filter((host) => host !== '');
}
