// The Node `Peer`. Its local id is a pair, room id and peer id: the vendor finds peers only within a room.
import { pairId, VENDOR_ID } from '../local-ids.ts';
import type { NodeDeclaration } from '../node.ts';

/** How `node(id)` checks a peer's local id. Peers have no loader by this id: `peerByNodeId` searches for them. */
export const peerNode = { localId: pairId((peerId) => VENDOR_ID.test(peerId)) } satisfies NodeDeclaration;
