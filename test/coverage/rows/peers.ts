// Live rooms and their peers: which fields serve which operations.
import { cover, inRoom, mutation, query } from '../row.ts';

cover({
  getActiveRoom: {
    fields: ['Room.peerCount'],
    document: query(({ room }) => `room(id: "${room}") { peerCount }`),
  },
  listActivePeers: {
    fields: ['Room.peers', 'peerChanges'],
    document: query(({ room }) => `room(id: "${room}") { peers { edges { cursor } } }`),
  },
  getActivePeer: {
    fields: ['peer', 'Peer.tracks', 'trackChanges'],
    document: query(({ room, peer }) => `peer(roomId: "${room}", id: "${peer}") { tracks { type } }`),
  },
  updateActivePeer: {
    fields: ['updatePeer', 'updatePeers'],
    document: mutation('updatePeer', (cast) => `${inRoom(cast)}, peerId: "${cast.peer}", name: "Renamed"`),
  },
  sendMessage: {
    fields: ['sendMessage', 'sendMessages'],
    document: mutation('sendMessage', (cast) => `${inRoom(cast)}, message: "Hello"`),
  },
  removePeers: {
    isLast: true,
    fields: ['removePeer', 'removePeers', 'removePeersByRole'],
    document: mutation('removePeer', (cast) => `${inRoom(cast)}, peerId: "${cast.peer}"`),
  },
  endActiveRoom: { isLast: true, fields: ['endRoom'], document: mutation('endRoom', inRoom) },
});
