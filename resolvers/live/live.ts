// How subscriptions are answered: the live core's events, each resolved with loaders of its own.
import { seesRoom } from '../../src/auth/caller.ts';
import type { PeerChange, PeersSnapshot, SessionChange } from '../../src/live/changes.ts';
import { InvalidCursorError, UnknownRoomError } from '../../src/live/errors.ts';
import type { WebhookEvent } from '../../src/live/webhooks/webhook-event.ts';
import { isDocumentedType } from '../../src/live/webhooks/webhook-types.ts';
import type { ActivePeerResource } from '../../src/rest/peers/peers.ts';
import { renew, type Context } from '../context.ts';
import { badUserInput, notFound } from '../errors.ts';
import { hmsIdOf } from '../ids.ts';
import { hasLeft, notInRoom } from '../participants.ts';
import { connectedPeer, departedPeer, type PeerFilter, type PeerView } from '../peers/peers.ts';
import { roomNode } from '../rooms/room-node.ts';
import { OTHER_EVENT } from '../webhooks/room-events.ts';

interface PeerChangesArgs {
  readonly roomId: string;
  readonly filter?: PeerFilter | null | undefined;
  readonly after?: string | null | undefined;
}

export function peerChanges(
  { roomId, filter, after }: PeerChangesArgs,
  context: Context,
): Promise<AsyncIterable<PeerChange>> {
  const { role, userId } = filter ?? {};
  const resumeAt = placeToResume(after, context);
  return watch(context, () =>
    context.live.peerChanges(hmsIdOf('Room', 'roomId', roomId), {
      ...(resumeAt === null ? {} : { after: resumeAt }),
      filter: { ...(role == null ? {} : { role }), ...(userId == null ? {} : { userId }) },
    }),
  );
}

export function sessionChanges(
  { after }: { readonly after?: string | null | undefined },
  context: Context,
): Promise<AsyncIterable<SessionChange>> {
  const resumeAt = placeToResume(after, context);
  return watch(context, () =>
    ofCallersRooms(context, context.live.sessionChanges(resumeAt === null ? {} : { after: resumeAt })),
  );
}

/** Callers who are bound to rooms are told of these alone. */
function ofCallersRooms(
  { caller }: Context,
  changes: AsyncIterableIterator<SessionChange>,
): AsyncIterableIterator<SessionChange> {
  if (caller.rooms === null) return changes;
  const seen = (change: SessionChange): SessionChange | null => {
    if (change.kind !== 'sessions') return seesRoom(caller, change.roomId) ? change : null;
    return { ...change, sessions: change.sessions.filter(({ room_id: roomId }) => seesRoom(caller, roomId)) };
  };
  return withNext(changes, async () => {
    for (;;) {
      const result = await changes.next();
      if (result.done === true) return result;
      const value = seen(result.value);
      if (value !== null) return { done: false, value };
    }
  });
}

/** A browser's EventSource asks again with the same arguments, and says in the header how far it has come since. */
function placeToResume(after: string | null | undefined, { lastEventId }: Context): string | null {
  return lastEventId ?? after ?? null;
}

interface RoomEventsArgs {
  readonly roomId: string;
  readonly types?: readonly string[] | null | undefined;
}

/** Webhooks of a room. Nothing is told at first, so this does not wait for a first event. */
export async function roomEvents(
  { roomId, types }: RoomEventsArgs,
  context: Context,
): Promise<AsyncIterable<WebhookEvent>> {
  const room = hmsIdOf('Room', 'roomId', roomId);
  if ((await roomNode.loader(context).load(room)) === null) throw notFound('The room does not exist.');
  context.isSubscription = true;
  return eachAfresh(context, context.live.roomEvents(room, wantedTypes(types)));
}

/** Undefined: all. What this gateway does not know by name cannot be asked for by name. */
function wantedTypes(types: readonly string[] | null | undefined): ReadonlySet<string> | undefined {
  if (types == null) return undefined;
  if (types.includes(OTHER_EVENT)) {
    throw badUserInput('`types` cannot name OTHER: leave `types` out to get every event.');
  }
  return new Set(types.filter(isDocumentedType));
}

/**
 * Begins to watch and waits for the first event, so that what cannot be watched is an error of the operation: an
 * error later on would end every subscription on the client's socket.
 */
async function watch<T extends { readonly cursor: string }>(
  context: Context,
  begin: () => AsyncIterableIterator<T>,
): Promise<AsyncIterable<T>> {
  context.isSubscription = true;
  try {
    const events = begin();
    return eachAfresh(context, startingWith(await firstOf(events, context.call.signal), events));
  } catch (error) {
    if (error instanceof InvalidCursorError) {
      throw badUserInput('`after` must be a cursor as answered by this same subscription.');
    }
    if (error instanceof UnknownRoomError) throw notFound('The room does not exist.');
    throw error;
  }
}

/** The first event. A client that goes away while it is awaited ends the watching: nobody else would. */
async function firstOf<T>(
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
 * Before each event what was loaded for the last one is forgotten, the context learns the event's cursor, and the
 * caller's right to it is looked at: who has lost it gets an error in its place, and nothing after it.
 */
function eachAfresh<T extends object>(
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
      // An error among the values is thrown by GraphQL where the value's field is answered.
      return { done: false, value: notInRoom() as unknown as T };
    }
    context.eventCursor =
      result.done !== true && 'cursor' in result.value ? String(result.value.cursor) : null;
    return result;
  });
}

/** The same events by another `next`. Their end is not awaited behind a pending one: a client's goodbye must not wait. */
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

/** Instants of the gateway's own as the graph shows them. */
export function instantOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

interface EventOfPeer {
  readonly roomId: string;
  readonly peer: ActivePeerResource;
  readonly sessionId: string;
}

export function presentPeer({ roomId, peer, sessionId }: EventOfPeer): PeerView {
  return connectedPeer(roomId, peer, sessionId);
}

/** A peer that merely ceased to match a filter is still there. */
export function leavingPeer(event: EventOfPeer & { readonly cause: 'ROOM' | 'FILTER' }): PeerView {
  return event.cause === 'FILTER'
    ? presentPeer(event)
    : departedPeer(event.roomId, event.peer, event.sessionId);
}

export function snapshotPeers({ roomId, peers, session }: PeersSnapshot): PeerView[] {
  return peers.map((peer) => connectedPeer(roomId, peer, session?.id ?? null));
}
