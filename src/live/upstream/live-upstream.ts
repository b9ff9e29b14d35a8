// The interface through which the live core uses the REST API, so that tests can replace it by a fake. Every method rejects when
// the request fails; a failure does not mean that the room is empty.
import type { ActivePeerResource, KnownPeers, TrackResource } from '../../rest/peers/peers.ts';
import type { SessionResource } from '../../rest/sessions/sessions.ts';

/**
 * Sends one poll: the connected peers of a room; null when the REST API answers 404. A `known` peer that the answer has in
 * a form that cannot be read stays as it was.
 */
export type PollPeers = (
  roomId: string,
  signal: AbortSignal,
  known: KnownPeers,
) => Promise<readonly ActivePeerResource[] | null>;

/**
 * Reads the tracks of one peer; null when the REST API answers 404. A `known` track that the answer has in a form that cannot
 * be read stays as it was.
 */
export type ReadTracks = (
  roomId: string,
  peerId: string,
  signal: AbortSignal,
  known: readonly TrackResource[],
) => Promise<readonly TrackResource[] | null>;

/**
 * Reads of the REST API for the live core. Each read begins after its call; `signal` aborts it. Waiting for the gateway's
 * own budget is part of a read and no failure.
 */
export interface LiveUpstream {
  /**
   * Resolves when the budget has room for one poll of peers, with the function that sends it. Which room is polled is
   * decided only then; see PollQueue. Rejects when the upstream has asked for a pause.
   */
  turn(signal: AbortSignal): Promise<PollPeers>;
  /** The same for a read of the tracks of one peer. It is less urgent than every other call, and leaves tokens to these. */
  trackTurn(signal: AbortSignal): Promise<ReadTracks>;
  /**
   * By the name of each role in the room's template, whether its peers may publish anything; null without a template. At most
   * two requests, as urgent as a read of tracks; none where memory suffices, whose values may be 30 s old.
   */
  publishingRoles(roomId: string, signal: AbortSignal): Promise<ReadonlyMap<string, boolean> | null>;
  /** For each of `roomIds` its running session, null when it has no running session, or an Error when unknown. */
  activeSessions(
    roomIds: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, SessionResource | null | Error>>;
  /** All running sessions of the workspace, newest first. */
  allActiveSessions(signal: AbortSignal): Promise<readonly SessionResource[]>;
  /** Whether the workspace has a room of this id, live or not. */
  roomExists(roomId: string, signal: AbortSignal): Promise<boolean>;
  /**
   * Whether these peers of the room, just polled, lack the effect of a mutation of the last 5 s; null when there was no
   * such mutation, or its effect is not known. Makes no request.
   */
  isLagging(roomId: string, peers: readonly ActivePeerResource[]): boolean | null;
  /** Drops the cached copy of a room, so that the next query for it reads the REST API. Makes no request. */
  forgetRoom(roomId: string): void;
}
