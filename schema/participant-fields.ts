// The fields open to a participant: a caller whose credential is the token with which they joined a room. They may read the
// room's name, its running session and its connected peers, and do what their role's permissions allow. Every other field is
// closed to them. The room and the permissions are checked by the `access` of each field.
import type { OpenFields } from '../resolvers/participants.ts';

/** The open fields by type; `*` opens all fields of a type. resolvers/participants.ts refuses operations with others. */
export const participantFields: OpenFields = {
  Query: ['room'],
  Mutation: ['updatePeer', 'updatePeers', 'removePeer', 'removePeers', 'removePeersByRole', 'endRoom'],
  Subscription: ['peerChanges'],
  Node: '*',
  Room: ['id', 'hmsId', 'name', 'activeSession', 'peers', 'peerCount'],
  Session: ['id', 'hmsId', 'active', 'startedAt', 'duration', 'room'],
  Peer: [
    'id',
    'hmsId',
    'name',
    'userId',
    'role',
    'metadata',
    'metadataJson',
    'joinedAt',
    'duration',
    'connected',
    'session',
    'room',
  ],
  PeerConnection: '*',
  PeerEdge: '*',
  PageInfo: '*',
  PeerChange: '*',
  PeersSnapshot: '*',
  PeerJoined: '*',
  PeerLeft: '*',
  PeerUpdated: '*',
  PreviousPeer: '*',
  SessionStarted: '*',
  SessionEnded: '*',
  Accepted: '*',
  RemovedPeer: '*',
  Error: '*',
  NotFoundError: '*',
  InvalidInputError: '*',
  InputIssue: '*',
  ConflictError: '*',
  RefusedError: '*',
};
