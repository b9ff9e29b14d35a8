// A row of the table of access: which scopes and which room one field, or a Node of one type, requires of a caller.
// Rows are written by hand, so that the schema can be compared with them. They are in rows/, at least one file for each
// family; table.ts collects them.
import { encodeGlobalId } from '../../resolvers/ids.ts';
import type { NodeTypeName } from '../../resolvers/nodes.ts';
import type { Scope } from '../../src/auth/scopes.ts';
import type { Cast } from '../coverage/row.ts';
import { coverage } from '../coverage/table.ts';

/** Vendor ids of the objects that the rows' documents name. Objects that belong to a room belong to `room`. */
export interface AccessCast extends Omit<Cast, 'idleRoom'> {
  /** The peer of the participant who sends the operation; for other callers any peer of the room. */
  readonly self: string;
  /** Two more peers, for the rows that remove one. */
  readonly second: string;
  readonly third: string;
  /** Another live room, which callers bound to `room` may see too. */
  readonly lockRoom: string;
  /** A template that no room uses. */
  readonly spareTemplate: string;
}

/**
 * How the gateway restricts a caller who is bound to rooms:
 * - `argument`: by the room that an argument names;
 * - `filter`: by the room in the filter, which is required;
 * - `object`: by the room of the requested object, which has to be read for this;
 * - `code`: by searching for the code in the lists of the caller's rooms;
 * - `filtered`: the answer has only objects of the caller's rooms;
 * - `shared`: not at all: the object belongs to the workspace and is open to the caller;
 * - `workspace`: the object belongs to the workspace and is closed to the caller.
 */
export type RoomBinding = 'argument' | 'filter' | 'object' | 'code' | 'filtered' | 'shared' | 'workspace';

/**
 * Which participants of the room may run it: none, all, each on their own peers, or those whose role has the
 * permission.
 */
export type ParticipantRule = 'closed' | 'open' | 'themselves' | 'changeRole' | 'removeOthers' | 'endRoom';

/** Operations of the REST API that the gateway must call before it knows that a caller is refused. */
export interface ReadsBeforeRefusal {
  /** For a caller without the scope. */
  readonly scope?: readonly string[];
  /** For a caller bound to another room. */
  readonly room?: readonly string[];
}

export interface Row {
  /** `Type.field`. */
  readonly field: string;
  /** Distinguishes this row from others of the same field; for `node` and `nodes` it is the requested type. */
  readonly about: string;
  readonly scope: Scope;
  /** Scopes of the fields that lead to this one. */
  readonly way: readonly Scope[];
  readonly rooms: RoomBinding;
  readonly participants: ParticipantRule;
  readonly reads: ReadsBeforeRefusal;
  readonly document: (cast: AccessCast) => string;
  /** True if the document ends what other rows need. Such rows run last. */
  readonly isLast?: boolean;
}

/** The rest of a row. By default `participants` is `closed`. */
export interface RowDetails extends Partial<
  Pick<Row, 'about' | 'way' | 'participants' | 'reads' | 'isLast'>
> {
  readonly rooms: RoomBinding;
}

export function row(field: string, scope: Scope, details: RowDetails, document: Row['document']): Row {
  return { field, scope, about: '', way: [], participants: 'closed', reads: {}, document, ...details };
}

/** The name of a row in failures, such as `Query.node (Room)`. */
export function nameOf({ field, about }: Row): string {
  return about === '' ? field : `${field} (${about})`;
}

/** The document of an operation of the REST API in the table of coverage. */
export function covered(operationId: string): Row['document'] {
  const known = coverage[operationId];
  if (known === undefined) throw new Error(`${operationId} is no operation of the REST API`);
  return (cast) => known.document({ ...cast, idleRoom: cast.room });
}

/** A Node type: how its ids are made, and the REST operations that read a Node, which run before any refusal. */
export interface NodeRow {
  readonly name: NodeTypeName;
  readonly scope: Scope;
  readonly rooms: RoomBinding;
  readonly localId: (cast: AccessCast) => string;
  readonly reads: readonly string[];
}

const rows: Row[] = [];
const nodeRows: NodeRow[] = [];

/** Adds the rows of a family, and the rows of `node` and `nodes` for its Node types. */
export function access(family: { readonly nodes?: readonly NodeRow[]; readonly rows: readonly Row[] }): void {
  for (const node of family.nodes ?? []) {
    nodeRows.push(node);
    rows.push(...rowsOfNode(node));
  }
  rows.push(...family.rows);
}

/** All rows and Node types added so far. */
export function addedSoFar(): { readonly rows: readonly Row[]; readonly nodes: readonly NodeRow[] } {
  return { rows, nodes: nodeRows };
}

function rowsOfNode({ name, scope, rooms, localId, reads }: NodeRow): Row[] {
  const id = (cast: AccessCast) => encodeGlobalId(name, localId(cast));
  const details = { about: name, rooms, reads: { scope: reads, room: reads } };
  return [
    row('Query.node', scope, details, (cast) => `{ node(id: "${id(cast)}") { __typename } }`),
    row('Query.nodes', scope, details, (cast) => `{ nodes(ids: ["${id(cast)}"]) { __typename } }`),
  ];
}
