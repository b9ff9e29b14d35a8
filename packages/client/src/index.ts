// The core of the package, which does not depend on any GraphQL client: the reducers, resuming, results of mutations, and facts
// about the schema.
export type { Identified, PeerChange, PeerOf, SessionChange, SessionOf, SnapshotReason } from './changes.ts';
export { peerChangesText, sessionChangesText, type Selections } from './documents.ts';
export { withNodes, withPeers, withSessions } from './lists.ts';
export { noPeers, reducePeers, type PeersState, type PeersStateOf } from './peers.ts';
export { errorTypes, possibleTypes } from './possible-types.ts';
export { cursorIn, resume, resuming, type Resume } from './resume.ts';
export {
  noTracks,
  reduceTracks,
  type PeerTracks,
  type TrackChange,
  type TracksState,
  type TracksStateOf,
} from './tracks.ts';
export { noSessions, reduceSessions, type SessionsState, type SessionsStateOf } from './sessions.ts';
export { isFailure, ResultError, unwrap, type ErrorTypename, type Failure, type Success } from './unwrap.ts';
