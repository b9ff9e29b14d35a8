// Entities as the router of a supergraph names them, for tests of the gateway as a subgraph.
import { encodeGlobalId } from '../../resolvers/ids.ts';
import { splitPair } from '../../resolvers/local-ids.ts';
import type { NodeTypeName } from '../../resolvers/nodes.ts';

export interface Representation extends Readonly<Record<string, unknown>> {
  readonly __typename: NodeTypeName;
}

/** Types whose objects the vendor finds by no id of their own, so that only the global id names them. */
const WITHOUT_HMS_ID: ReadonlySet<NodeTypeName> = new Set(['Role', 'RoomCode', 'RoomLayout']);

/** The representations of an object by its type and local id: one for each key of the type. */
export function representationsOf(typename: NodeTypeName, localId: string): readonly Representation[] {
  const byId = { __typename: typename, id: encodeGlobalId(typename, localId) };
  if (WITHOUT_HMS_ID.has(typename)) return [byId];
  if (typename !== 'Peer') return [byId, { __typename: typename, hmsId: localId }];
  const [roomId, peerId] = splitPair(localId);
  return [byId, { __typename: typename, hmsId: peerId, room: { hmsId: roomId } }];
}

/** A representation as a literal of a document. */
export function literalOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${name}: ${literalOf(member)}`);
  return `{ ${members.join(', ')} }`;
}
