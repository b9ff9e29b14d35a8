// How external streams are answered: by id, as a list, of a room and of a session.
import { listExternalStreams, type ExternalStreamResource } from '../../src/rest/media/external-streams.ts';
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import { connectionOverPages, hexCursorsOf, type Connection, type ForwardArgs } from '../connection.ts';
import type { Context } from '../context.ts';
import { hmsIdOf } from '../ids.ts';
import { jobListParams, type MediaJobFilter } from './media-jobs.ts';
import type { SessionView } from '../sessions/sessions.ts';
import { externalStreamNode } from './external-stream-node.ts';

type ExternalStreamsArgs = ForwardArgs & { readonly filter?: MediaJobFilter | null | undefined };

const cursors = hexCursorsOf('external-streams');

export function externalStreamById(id: string, context: Context): Promise<ExternalStreamResource | null> {
  return externalStreamNode.loader(context).load(hmsIdOf('ExternalStream', 'id', id));
}

export async function externalStreamsConnection(
  args: ExternalStreamsArgs,
  context: Context,
): Promise<Connection<ExternalStreamResource>> {
  const filter = jobListParams(args.filter);
  return connectionOverPages(args, cursors, (page) =>
    listExternalStreams(context.client, { ...filter, ...page }, context.call),
  );
}

export function externalStreamsOfRoom(
  room: RoomResource,
  args: ExternalStreamsArgs,
  context: Context,
): Promise<Connection<ExternalStreamResource>> {
  return externalStreamsConnection({ ...args, filter: { ...args.filter, roomId: room.id } }, context);
}

export function externalStreamsOfSession(
  session: SessionView,
  args: ExternalStreamsArgs,
  context: Context,
): Promise<Connection<ExternalStreamResource>> {
  return externalStreamsConnection({ ...args, filter: { ...args.filter, sessionId: session.id } }, context);
}

/** The hosts of the targets; the rest of their URLs holds stream keys. */
export function targetHostsOf({ rtmp_urls: urls }: ExternalStreamResource): string[] {
  return (urls ?? []).map((url) => URL.parse(url)?.host ?? '').filter((host) => host !== '');
}
