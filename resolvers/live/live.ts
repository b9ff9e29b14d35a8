// Resolvers of the subscriptions `peerChanges`, `trackChanges`, `sessionChanges` and `roomEvents`: they return the events of the
// live core (src/live). event-source.ts ends a subscription when its caller loses the right to it.
import { seesRoom } from '../../src/auth/caller.ts';
import type {
  PeerChange,
  PeerLeft,
  PeersSnapshot,
  SessionChange,
  TrackChange,
  TracksEnded,
} from '../../src/live/changes.ts';
import { InvalidCursorError, UnknownRoomError } from '../../src/live/errors.ts';
import type { LiveStream } from '../../src/live/log/live-stream.ts';
import type { Subscriber } from '../../src/live/log/subscriber.ts';
import type { WebhookEvent } from '../../src/live/webhooks/webhook-event.ts';
import { isDocumentedType } from '../../src/live/webhooks/webhook-types.ts';
import type { ActivePeerResource } from '../../src/rest/peers/peers.ts';
import type { Context } from '../context.ts';
import { badUserInput, notFound } from '../errors.ts';
import { hmsIdOf } from '../ids.ts';
import { type PeerFilter } from '../peers/peers.ts';
import { connectedPeer, departedPeer, type PeerView } from '../peers/peer-views.ts';
import { EventSource } from './event-source.ts';
import { roomNode } from '../rooms/room-node.ts';
import { OTHER_EVENT } from '../webhooks/room-events.ts';

interface PeerChangesArgs {
  readonly roomId: string;
  readonly filter?: PeerFilter | null | undefined;
  readonly after?: string | null | undefined;
}

/** The events of a room. `after` is checked here; null properties of the filter count as omitted. */
export function peerChanges(
  { roomId, filter, after }: PeerChangesArgs,
  context: Context,
): Promise<AsyncIterable<PeerChange>> {
  const { role, userId } = filter ?? {};
  const resumeAt = resumeCursor(after, context);
  return subscribe(context, () =>
    context.live.peerChanges(hmsIdOf('Room', 'roomId', roomId), {
      ...(resumeAt === null ? {} : { after: resumeAt }),
      filter: { ...(role == null ? {} : { role }), ...(userId == null ? {} : { userId }) },
    }),
  );
}

/** The events of the tracks in a room. `after` is checked here. */
export function trackChanges(
  { roomId, after }: Omit<PeerChangesArgs, 'filter'>,
  context: Context,
): Promise<AsyncIterable<TrackChange>> {
  const resumeAt = resumeCursor(after, context);
  const room = hmsIdOf('Room', 'roomId', roomId);
  return subscribe(context, () =>
    context.live.trackChanges(room, resumeAt === null ? {} : { after: resumeAt }),
  );
}

/** The starts and ends of the sessions of the workspace, or of the rooms that the caller is bound to. */
export function sessionChanges(
  { after }: { readonly after?: string | null | undefined },
  context: Context,
): Promise<AsyncIterable<SessionChange>> {
  const resumeAt = resumeCursor(after, context);
  return subscribe(
    context,
    () => context.live.sessionChanges(resumeAt === null ? {} : { after: resumeAt }),
    onlyCallersRooms(context),
  );
}

/**
 * A function that leaves out the events and sessions of rooms that the caller has no right to; null if nothing need be left out.
 */
function onlyCallersRooms({ caller }: Context): ((change: SessionChange) => SessionChange | null) | null {
  if (caller.rooms === null) return null;
  return (change) => {
    if (change.kind !== 'sessions') return seesRoom(caller, change.roomId) ? change : null;
    return { ...change, sessions: change.sessions.filter(({ room_id: roomId }) => seesRoom(caller, roomId)) };
  };
}

/**
 * A browser's EventSource reconnects with its first URL, so `Last-Event-ID` is newer than `after`. An empty one names no event:
 * some clients send the header before they have received any.
 */
function resumeCursor(after: string | null | undefined, { lastEventId }: Context): string | null {
  return lastEventId || (after ?? null);
}

interface RoomEventsArgs {
  readonly roomId: string;
  readonly types?: readonly string[] | null | undefined;
}

/** The webhooks of a room. NOT_FOUND when the room does not exist; does not wait for a first webhook. */
export async function roomEvents(
  { roomId, types }: RoomEventsArgs,
  context: Context,
): Promise<AsyncIterable<WebhookEvent>> {
  const room = hmsIdOf('Room', 'roomId', roomId);
  if ((await roomNode.loader(context).load(room)) === null) throw notFound('The room does not exist.');
  context.isSubscription = true;
  const { told } = context.live.roomEvents(room, requestedTypes(types));
  return sourceOf(context, new EventSource(told, context));
}

/** Undefined for all types. OTHER is refused, because it means types whose names the gateway does not know. */
function requestedTypes(types: readonly string[] | null | undefined): ReadonlySet<string> | undefined {
  if (types == null) return undefined;
  if (types.includes(OTHER_EVENT)) {
    throw badUserInput('`types` cannot name OTHER: leave `types` out to get every event.');
  }
  return new Set(types.filter(isDocumentedType));
}

/**
 * Subscribes and waits for the first event. In this way a room that does not exist is an error of this operation only: if the
 * iterator rejected later, graphql-ws would close the client's socket with all its subscriptions.
 */
async function subscribe<T extends { readonly cursor: string }>(
  context: Context,
  begin: () => LiveStream<T>,
  permitted: ((event: T) => T | null) | null = null,
): Promise<AsyncIterable<T>> {
  context.isSubscription = true;
  try {
    const { told } = begin();
    const first = await awaitFirst(told, context.call.signal);
    return sourceOf(context, new EventSource(told, context, { first, permitted }));
  } catch (error) {
    if (error instanceof InvalidCursorError) {
      throw badUserInput('`after` must be the cursor of an event of this same subscription.');
    }
    if (error instanceof UnknownRoomError) throw notFound('The room does not exist.');
    throw error;
  }
}

/** Also gives the source to the server, which takes events from it: see src/server/stream/member.ts. */
function sourceOf<T extends object>(context: Context, source: EventSource<T>): EventSource<T> {
  context.source = source;
  return source;
}

/**
 * The first event. The operation's signal costs memory once it has a listener, so no listener is added if the room is already
 * watched. While the event is awaited, GraphQL has no iterator yet that it could end, so an aborted request ends it here.
 */
async function awaitFirst<T extends object>(
  events: Subscriber<T>,
  signal: AbortSignal | undefined,
): Promise<T | undefined> {
  const first = signal?.aborted === true ? undefined : events.take();
  if (first !== undefined) return first;
  const leave = () => void events.return();
  signal?.addEventListener('abort', leave, { once: true });
  if (signal?.aborted === true) leave();
  try {
    const { value } = (await events.next()) as IteratorResult<T, undefined>;
    return value;
  } finally {
    signal?.removeEventListener('abort', leave);
  }
}

/** A time of the gateway's own clock as the graph's DateTime: RFC 3339 in UTC, with milliseconds. */
export function instantOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

interface PeerEvent {
  readonly roomId: string;
  readonly peer: ActivePeerResource;
  readonly sessionId: string;
}

/** The peer of a `joined` or `updated` event: connected. */
export function presentPeer({ roomId, peer, sessionId }: PeerEvent): PeerView {
  return connectedPeer(roomId, peer, sessionId);
}

/** The peer of a `left` event: departed, or still connected if it only stopped matching the filter. */
export function leavingPeer(event: PeerEvent & Pick<PeerLeft, 'departure'>): PeerView {
  return event.departure === null
    ? presentPeer(event)
    : departedPeer(event.roomId, event.peer, event.departure);
}

/** The peer whose tracks have ended: departed, or still connected if it only got another role. */
export function peerWithoutTracks(event: TracksEnded): PeerView {
  const { roomId, peer, sessionId, cause } = event;
  if (cause === 'ROLE') return presentPeer(event);
  return departedPeer(roomId, peer, { sessionId, peerIds: [peer.id] });
}

/** The connected peers of a snapshot. */
export function snapshotPeers({ roomId, peers, session }: PeersSnapshot): PeerView[] {
  return peers.map((peer) => connectedPeer(roomId, peer, session?.id ?? null));
}
