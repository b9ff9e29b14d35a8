// The tracks in a room as a state: the events between two states, and their form for other instances. Pure.
import { isDeepStrictEqual } from 'node:util';
import type { TrackResource } from '../../rest/peers/peers.ts';
import type { PeerTracks, TracksAwaited, TracksEnd, TracksEnded, TracksUpdated } from '../changes.ts';
import type { Codec } from '../log/shared-log.ts';
import { byJoining, type RoomState } from '../rooms/differences.ts';

/** By peer id: the peers who may publish, in the order in which they came. */
export type TracksState = ReadonlyMap<string, PeerTracks>;

type Unstamped<E> = E extends unknown ? Omit<E, 'cursor' | 'at' | 'roomId'> : never;

/** An event before the channel numbers it. */
export type TrackDifference = Unstamped<TracksAwaited | TracksUpdated | TracksEnded>;

/** How the tracks are written for other instances: one part for each peer. */
export const tracksCodec: Codec<TracksState, TrackDifference> = {
  items: (state) => state,
  head: () => null,
  state(_head, items) {
    // Written by `items` of this codec.
    const all = [...items.values()] as PeerTracks[];
    all.sort((a, b) => byJoining(a.peer, b.peer));
    return new Map(all.map((one) => [one.peer.id, one]));
  },
  encode: (events) => events,
  // Written by `encode` of this codec.
  decode: (value) => value as readonly TrackDifference[],
};

/** The state after a read of the room, and the events that lead to it. The tracks of peers who stay are as before. */
export function withPeers(
  before: TracksState,
  { session, peers }: RoomState,
  mayPublish: (role: string) => boolean,
  asOf: number,
): { readonly after: TracksState; readonly events: readonly TrackDifference[] } {
  const after = new Map<string, PeerTracks>();
  const events: TrackDifference[] = [];
  for (const [id, { peer, sessionId }] of before) {
    const present = peers.get(id);
    if (present !== undefined && mayPublish(present.role)) continue;
    const cause = causeOf(present);
    events.push({ kind: 'ended', peer: present ?? peer, sessionId, cause, asOf });
  }
  for (const [id, peer] of peers) {
    if (session === null || !mayPublish(peer.role)) continue;
    const known = before.get(id);
    if (known === undefined) events.push({ kind: 'awaited', peer, sessionId: session.id, asOf });
    // The same object where nothing has changed, so that it is not written again for other instances.
    after.set(id, known?.peer === peer ? known : withPeer(known, peer, session.id));
  }
  return { after, events };
}

function withPeer(known: PeerTracks | undefined, peer: PeerTracks['peer'], sessionId: string): PeerTracks {
  return { tracks: null, asOf: null, ...known, peer, sessionId };
}

function causeOf(present: object | undefined): TracksEnd {
  return present === undefined ? 'LEFT' : 'ROLE';
}

/** The state after a read of one of its peers, sent at `asOf`, and the event of it; null: the tracks are as before. */
export function withTracks(
  before: TracksState,
  { peer, sessionId, tracks: previous, asOf: previousAsOf }: PeerTracks,
  read: readonly TrackResource[],
  asOf: number,
): { readonly after: TracksState; readonly event: TrackDifference | null } {
  const sorted = [...read].sort((a, b) => (a.id < b.id ? -1 : 1));
  const isSame = isDeepStrictEqual(previous, sorted);
  const tracks = isSame ? previous : sorted;
  const after = new Map(before).set(peer.id, { peer, sessionId, tracks, asOf });
  if (isSame) return { after, event: null };
  return { after, event: { kind: 'tracks', peer, sessionId, tracks: sorted, asOf, previous, previousAsOf } };
}

/** The state after these events and confirmations, for an instance that was told them. */
export function afterTrackEvents(
  before: TracksState,
  events: readonly TrackDifference[],
  confirmed: Readonly<Record<string, number>> = {},
): TracksState {
  const state = new Map(before);
  for (const event of events) {
    const { kind, peer, sessionId } = event;
    if (kind === 'ended') state.delete(peer.id);
    else if (kind === 'awaited') state.set(peer.id, { peer, sessionId, tracks: null, asOf: null });
    else state.set(peer.id, { peer, sessionId, tracks: event.tracks, asOf: event.asOf });
  }
  for (const [id, asOf] of Object.entries(confirmed)) {
    const known = state.get(id);
    if (known !== undefined) state.set(id, { ...known, asOf });
  }
  return state;
}

/** The events between two states, for an instance that has missed some. `present`: the room's peers. */
export function tracksBetween(
  before: TracksState,
  now: TracksState,
  present: RoomState['peers'],
  asOf: number,
): readonly TrackDifference[] {
  const events: TrackDifference[] = [];
  for (const [id, { peer, sessionId }] of before) {
    if (now.has(id)) continue;
    events.push({ kind: 'ended', peer, sessionId, cause: causeOf(present.get(id)), asOf });
  }
  for (const [id, { peer, sessionId, tracks, asOf: readAt }] of now) {
    const known = before.get(id);
    if (known === undefined || (tracks === null && known.tracks !== null)) {
      events.push({ kind: 'awaited', peer, sessionId, asOf });
    }
    if (tracks === null || readAt === null || isDeepStrictEqual(known?.tracks ?? null, tracks)) continue;
    const [previous, previousAsOf] = [known?.tracks ?? null, known?.asOf ?? null];
    events.push({ kind: 'tracks', peer, sessionId, tracks, asOf: readAt, previous, previousAsOf });
  }
  return events;
}
