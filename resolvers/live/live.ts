// Resolvers of the subscriptions `peerChanges`, `sessionChanges` and `roomEvents`: they pass on the live core's events,
// with new loaders for each event, and end when the caller loses the right to them.
import { seesRoom } from '../../src/auth/caller.ts';
import type { PeerChange, PeerLeft, PeersSnapshot, SessionChange } from '../../src/live/changes.ts';
import { InvalidCursorError, UnknownRoomError } from '../../src/live/errors.ts';
import type { WebhookEvent } from '../../src/live/webhooks/webhook-event.ts';
import { isDocumentedType } from '../../src/live/webhooks/webhook-types.ts';
import type { ActivePeerResource } from '../../src/rest/peers/peers.ts';
import { renew, type Context } from '../context.ts';
import { badUserInput, notFound } from '../errors.ts';
import { hmsIdOf } from '../ids.ts';
import { hasLeft, notInRoom } from '../participants.ts';
import { type PeerFilter } from '../peers/peers.ts';
import { connectedPeer, departedPeer, type PeerView } from '../peers/peer-views.ts';
import { roomNode } from '../rooms/room-node.ts';
import { OTHER_EVENT } from '../webhooks/room-events.ts';

interface PeerChangesArgs {
  readonly roomId: string;
  readonly filter?: PeerFilter | null | undefined;
  readonly after?: string | null | undefined;
}

/** The events of a room. `after` is checked here; the filter's null properties count as left out. */
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

/** The starts and ends of the sessions of the workspace, or of the rooms that the caller is bound to. */
export function sessionChanges(
  { after }: { readonly after?: string | null | undefined },
  context: Context,
): Promise<AsyncIterable<SessionChange>> {
  const resumeAt = resumeCursor(after, context);
  return subscribe(context, () =>
    onlyCallersRooms(context, context.live.sessionChanges(resumeAt === null ? {} : { after: resumeAt })),
  );
}

/** Leaves out the events and sessions of rooms that the caller has no right to. */
function onlyCallersRooms(
  { caller }: Context,
  changes: AsyncIterableIterator<SessionChange>,
): AsyncIterableIterator<SessionChange> {
  if (caller.rooms === null) return changes;
  const permitted = (change: SessionChange): SessionChange | null => {
    if (change.kind !== 'sessions') return seesRoom(caller, change.roomId) ? change : null;
    return { ...change, sessions: change.sessions.filter(({ room_id: roomId }) => seesRoom(caller, roomId)) };
  };
  return withNext(changes, async () => {
    for (;;) {
      const result = await changes.next();
      if (result.done === true) return result;
      const value = permitted(result.value);
      if (value !== null) return { done: false, value };
    }
  });
}

/** A browser's EventSource reconnects with its first URL, so `Last-Event-ID` is newer than `after`. */
function resumeCursor(after: string | null | undefined, { lastEventId }: Context): string | null {
  return lastEventId ?? after ?? null;
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
  return withFreshContext(context, context.live.roomEvents(room, requestedTypes(types)));
}

/** Undefined: all types. OTHER is refused, because it stands for types whose names the gateway does not know. */
function requestedTypes(types: readonly string[] | null | undefined): ReadonlySet<string> | undefined {
  if (types == null) return undefined;
  if (types.includes(OTHER_EVENT)) {
    throw badUserInput('`types` cannot name OTHER: leave `types` out to get every event.');
  }
  return new Set(types.filter(isDocumentedType));
}

/**
 * Subscribes and waits for the first event. So an unknown room becomes an error of this operation alone: if the iterator
 * rejected later, graphql-ws would close the client's socket with all its subscriptions.
 */
async function subscribe<T extends { readonly cursor: string }>(
  context: Context,
  begin: () => AsyncIterableIterator<T>,
): Promise<AsyncIterable<T>> {
  context.isSubscription = true;
  try {
    const events = begin();
    return withFreshContext(context, startingWith(await awaitFirst(events, context.call.signal), events));
  } catch (error) {
    if (error instanceof InvalidCursorError) {
      throw badUserInput('`after` must be the cursor of an event of this same subscription.');
    }
    if (error instanceof UnknownRoomError) throw notFound('The room does not exist.');
    throw error;
  }
}

/** The first event. While it is awaited GraphQL has no iterator to end yet, so an aborted request ends it here. */
async function awaitFirst<T>(
  events: AsyncIterableIterator<T>,
  signal: AbortSignal | undefined,
): Promise<IteratorResult<T>> {
  const leave = () => void events.return?.();
  signal?.addEventListener('abort', leave, { once: true });
  if (signal?.aborted === true) leave();
  try {
    return await events.next();
  } finally {
    signal?.removeEventListener('abort', leave);
  }
}

function startingWith<T>(first: IteratorResult<T>, rest: AsyncIterableIterator<T>): AsyncIterableIterator<T> {
  let pending: IteratorResult<T> | null = first;
  return withNext(rest, () => {
    const result = pending;
    pending = null;
    return result === null ? rest.next() : Promise.resolve(result);
  });
}

/**
 * Before each event: replaces the context's loaders, sets its `eventCursor`, and checks that a participant is still in
 * the room. A participant who has left gets an error in place of the event, and the subscription ends.
 */
function withFreshContext<T extends object>(
  context: Context,
  events: AsyncIterableIterator<T>,
): AsyncIterableIterator<T> {
  let isOver = false;
  return withNext(events, async () => {
    if (isOver) return { done: true, value: undefined };
    const result = await events.next();
    renew(context);
    if (result.done !== true && (await hasLeft(context))) {
      isOver = true;
      void events.return?.();
      // GraphQL reports an Error among the values as the error of the subscription's field.
      return { done: false, value: notInRoom() as unknown as T };
    }
    context.eventCursor =
      result.done !== true && 'cursor' in result.value ? String(result.value.cursor) : null;
    return result;
  });
}

/** An iterator with another `next`. Its `return` does not wait for a pending `next`, so a client can leave at any time. */
function withNext<T>(
  events: AsyncIterableIterator<T>,
  next: () => Promise<IteratorResult<T>>,
): AsyncIterableIterator<T> {
  return {
    next,
    return: (value) => events.return?.(value) ?? Promise.resolve({ done: true, value }),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
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

/** The peer of a `left` event: departed, but connected when it only ceased to match the filter. */
export function leavingPeer(event: PeerEvent & Pick<PeerLeft, 'departure'>): PeerView {
  return event.departure === null
    ? presentPeer(event)
    : departedPeer(event.roomId, event.peer, event.departure);
}

/** The connected peers of a snapshot. */
export function snapshotPeers({ roomId, peers, session }: PeersSnapshot): PeerView[] {
  return peers.map((peer) => connectedPeer(roomId, peer, session?.id ?? null));
}
