// How a Node type is declared, in `<family>/<noun>-node.ts`: the form of its local ids, its loader, and how to find the room that
// owns an object. nodes.ts lists all declarations; ids, loaders and access checks are derived from them.
import type { LoaderContext, MaybePromise, OperationLoader } from './loaders.ts';
import { hexId, type LocalId } from './local-ids.ts';

/** A Node type. */
export interface NodeDeclaration {
  readonly localId: LocalId;
}

/** A Node type that is loaded by the vendor's id. */
export interface HexNode<Resource> extends NodeDeclaration {
  readonly localId: typeof hexId;
  /** Loads by the vendor's id. */
  readonly loader: OperationLoader<string, Resource | null>;
  /** Finds an object by the vendor's id: in memory if it is there, else with the loader. */
  readonly find: (id: string, context: LoaderContext) => MaybePromise<Resource | null>;
}

/** A Node type whose objects belong to a room, but whose ids do not contain the room. */
export interface RoomOwnedNode<Resource> extends HexNode<Resource> {
  /** The vendor id of the object's room; null when the object does not exist. Costs what loading the object costs. */
  readonly roomIdOf: (id: string, context: LoaderContext) => Promise<string | null>;
}

/**
 * Declares a Node type by how its objects are loaded. `known` returns the object from memory, null if it must be loaded; default:
 * all must be loaded.
 */
export function hexNode<Resource>(
  loader: OperationLoader<string, Resource | null>,
  known: (id: string, context: LoaderContext) => Resource | null = () => null,
): HexNode<Resource> {
  return { localId: hexId, loader, find: (id, context) => known(id, context) ?? loader(context).load(id) };
}

/** Declares a Node type whose objects name their room in `room_id`. */
export function roomOwnedNode<Resource extends { readonly room_id: string }>(
  loader: OperationLoader<string, Resource | null>,
): RoomOwnedNode<Resource> {
  return {
    ...hexNode(loader),
    roomIdOf: async (id, context) => (await loader(context).load(id))?.room_id ?? null,
  };
}
