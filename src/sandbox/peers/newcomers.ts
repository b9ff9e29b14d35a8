// Peers at the moment of joining: what a test or the demo data decides about a peer, and the record made of it.
import type { PeerRecord, TrackKind, TrackRecord } from '../records.ts';
import type { Workspace } from '../workspace.ts';

/** A person before they join a room. */
export interface Newcomer {
  readonly name: string;
  /** A role of the room's template. */
  readonly role: string;
  readonly userId: string;
  /** Default `''`. */
  readonly metadata?: string;
  /** `sip` for a telephone. Default `regular`. */
  readonly type?: PeerRecord['type'];
  /** The SDK that a person joins with makes the id of the peer; some make UUIDs in upper case. Default: lower case. */
  readonly hasUpperCaseId?: boolean;
  /** One track of each kind. Default: no track. */
  readonly publish?: readonly TrackKind[];
}

/** The record of a newcomer who joins the session now, unmuted, with new ids for the peer, its streams and tracks. */
export function peerFrom(newcomer: Newcomer, sessionId: string, workspace: Workspace): PeerRecord {
  const id = workspace.ids.uuid();
  return {
    id: newcomer.hasUpperCaseId === true ? id.toUpperCase() : id,
    sessionId,
    name: newcomer.name,
    role: newcomer.role,
    userId: newcomer.userId,
    metadata: newcomer.metadata ?? '',
    type: newcomer.type ?? 'regular',
    joinedAt: workspace.instant(),
    leftAt: undefined,
    tracks: tracksFrom(newcomer.publish ?? [], workspace),
  };
}

function tracksFrom(kinds: readonly TrackKind[], workspace: Workspace): Map<string, TrackRecord> {
  const { ids } = workspace;
  // The camera and the microphone are one stream, the screen is another.
  const [capture, screen] = [ids.uuid(), ids.uuid()];
  const tracks = kinds.map((kind) => ({
    id: ids.uuid(),
    streamId: kind === 'screen' ? screen : capture,
    kind,
    mute: false,
    startedAt: workspace.instant(),
  }));
  return new Map(tracks.map((track) => [track.id, track]));
}
