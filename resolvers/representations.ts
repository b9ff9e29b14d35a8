// Entities of Apollo Federation: the fields by which other subgraphs name an object of this graph (`@key`), and the id of the
// object that such a representation names. All Node types are entities, so a new one is an entity by its declaration in nodes.ts.
import type { NodeId } from './access.ts';
import { badUserInput, quoted } from './errors.ts';
import { decodeGlobalId, isNodeTypeName } from './ids.ts';
import { HEX_24 } from './local-ids.ts';
import { nodes, type NodeTypeName } from './nodes.ts';

/** The names of all entities. */
export const entityNames = Object.keys(nodes).filter(isNodeTypeName);

/**
 * The keys of an entity, each as the `fields` of an `@key`: the global id and, where objects can be read by it, the vendor's
 * id. The vendor finds a peer only within its room, so that key of a peer has the room's id too.
 */
export function keysOf(typename: NodeTypeName): readonly string[] {
  if (typename === 'Peer') return ['id', 'hmsId room { hmsId }'];
  return nodes[typename].localId.kind === 'hex' ? ['id', 'hmsId'] : ['id'];
}

/** The type that a representation names in `__typename`; null if that is not an entity. */
export function typenameOf(representation: unknown): NodeTypeName | null {
  const typename = read(representation, '__typename');
  return typeof typename === 'string' && isNodeTypeName(typename) ? typename : null;
}

/**
 * The object that a representation names: its `__typename`, and the fields of one of the keys. If both ids are given, `id` is
 * used.
 * @throws GraphQLError `BAD_USER_INPUT` when it names no object that can exist.
 */
export function nodeIdOf(representation: unknown): NodeId {
  const typename = typenameOf(representation);
  if (typename === null) {
    throw badUserInput(
      `\`__typename\` must be one of ${entityNames.join(', ')}; it is ${quoted(read(representation, '__typename'))}.`,
    );
  }
  const globalId = read(representation, 'id');
  if (globalId !== null) return nodeIdByGlobalId(typename, globalId);
  const id = localIdIn(representation, typename);
  if (id !== null && nodes[typename].localId.matches(id)) return { typename, id };
  const keys = keysOf(typename).map((key) => `\`${key}\``);
  throw badUserInput(
    `A representation of a ${typename} must have the fields of a key: ${keys.join(' or ')}.`,
  );
}

function nodeIdByGlobalId(typename: NodeTypeName, globalId: unknown): NodeId {
  const nodeId = decodeGlobalId(String(globalId));
  if (nodeId.typename === typename) return nodeId;
  throw badUserInput(
    `\`id\` must be what \`${typename}.id\` answers; ${quoted(globalId)} is the id of a ${nodeId.typename}.`,
  );
}

/** The local id of an object by its key with `hmsId`; null: the representation lacks that key, or the type has none. */
function localIdIn(representation: unknown, typename: NodeTypeName): string | null {
  const hmsId = read(representation, 'hmsId');
  if (typeof hmsId !== 'string') return null;
  if (nodes[typename].localId.kind === 'hex') return inLowerCase(hmsId);
  const roomId = read(read(representation, 'room'), 'hmsId');
  return typename === 'Peer' && typeof roomId === 'string' ? `${inLowerCase(roomId)}:${hmsId}` : null;
}

/** An id of 24 hexadecimal digits is a number, so upper and lower case are equal. */
function inLowerCase(hmsId: string): string {
  return HEX_24.test(hmsId) ? hmsId.toLowerCase() : hmsId;
}

/** A property of the object that a router has sent; null if the object does not have it, or is not an object. */
function read(object: unknown, name: string): unknown {
  if (typeof object !== 'object' || object === null || !Object.hasOwn(object, name)) return null;
  return Reflect.get(object, name);
}
