// Live rooms and their peers: what causes each outcome of their mutations.
import { inRoom } from '../../access/kinds.ts';
import type { AccessCast } from '../../access/row.ts';
import { by, forbidden, MISSING, outcomes } from '../row.ts';

/** A peer id of no peer. */
const NOBODY = '0b1c2d3e-4f50-4a61-8b72-9c83ad94be05';
const inNoRoom = `roomId: "${MISSING}"`;
const twoReceivers = ({ peer }: AccessCast) => `message: "Hello", peerId: "${peer}", role: "host"`;

outcomes({
  updatePeer: {
    NotFoundError: by((cast) => `${inRoom(cast)}, peerId: "${NOBODY}", name: "I"`),
    InvalidInputError: by((cast) => `${inRoom(cast)}, peerId: "${cast.peer}", role: "king"`),
    RefusedError: forbidden,
  },
  updatePeers: {
    NotFoundError: by((cast) => `${inRoom(cast)}, updates: [{ peerId: "${NOBODY}", name: "I" }]`),
    InvalidInputError: by((cast) => `${inRoom(cast)}, updates: [{ peerId: "${cast.peer}" }]`),
    RefusedError: forbidden,
  },
  removePeer: {
    NotFoundError: by(({ peer }) => `${inNoRoom}, peerId: "${peer}"`),
    RefusedError: forbidden,
  },
  removePeers: {
    NotFoundError: by(({ peer }) => `${inNoRoom}, peerIds: ["${peer}"]`),
    RefusedError: forbidden,
  },
  removePeersByRole: {
    NotFoundError: by(() => `${inNoRoom}, role: "guest"`),
    InvalidInputError: by((cast) => `${inRoom(cast)}, role: ""`),
    RefusedError: forbidden,
  },
  sendMessage: {
    NotFoundError: by(() => `${inNoRoom}, message: "Hello"`),
    InvalidInputError: by((cast) => `${inRoom(cast)}, ${twoReceivers(cast)}`),
    RefusedError: forbidden,
  },
  sendMessages: {
    NotFoundError: by(() => `${inNoRoom}, messages: [{ message: "Hello" }]`),
    InvalidInputError: by((cast) => `${inRoom(cast)}, messages: [{ ${twoReceivers(cast)} }]`),
    RefusedError: forbidden,
  },
  endRoom: { NotFoundError: by(() => inNoRoom), RefusedError: forbidden },
});
