// A row of the table of access: what one field, or a Node of one type, asks of its callers, written down by hand so
// that the schema is held against it. The rows are in rows/, a file or more for each family; table.ts collects them.
import { encodeGlobalId } from '../../resolvers/ids.ts';
import type { NodeTypeName } from '../../resolvers/nodes.ts';
import type { Scope } from '../../src/auth/scopes.ts';
import type { Cast } from '../coverage/row.ts';
import { coverage } from '../coverage/table.ts';

/** Vendor ids of what the documents of the rows are about; all that belongs to a room is of `room`. */
export interface AccessCast extends Omit<Cast, 'idleRoom'> {
  /** A peer of the participant who asks; for other callers just somebody in the room. */
  readonly self: string;
  /** Two more peers beside `peer`, to be removed. */
  readonly second: string;
  readonly third: string;
  /** Another live room that the callers of `room` may see. */
  readonly lockRoom: string;
  /** A template that no room is made from. */
  readonly spareTemplate: string;
}

/**
 * How a caller who is bound to rooms is held to them:
 * - `argument`: by the room that an argument names;
 * - `filter`: by the room in the filter, without which they are refused;
 * - `object`: by the room of the object that is asked for, which has to be read;
 * - `code`: by looking for the code among those of the caller's rooms;
 * - `filtered`: they are shown what is of their rooms alone;
 * - `shared`: what belongs to the workspace and is open to them;
 * - `workspace`: what belongs to the workspace and is closed to them.
 */
export type RoomBinding = 'argument' | 'filter' | 'object' | 'code' | 'filtered' | 'shared' | 'workspace';

/** Which participants of the room may do it: no one, all, each for themselves, or those whose role has the permission. */
export type ParticipantRule = 'closed' | 'open' | 'themselves' | 'changeRole' | 'removeOthers' | 'endRoom';

/** Operations of the REST API that must be asked before it is known that a caller is refused. */
export interface ReadsBeforeRefusal {
  /** Of a caller without the scope. */
  readonly scope?: readonly string[];
  /** Of a caller who is bound to another room. */
  readonly room?: readonly string[];
}

export interface Row {
  /** `Type.field`. */
  readonly field: string;
  /** What tells this row from others of the field; of `node` and `nodes` the type that is asked for. */
  readonly about: string;
  readonly scope: Scope;
  /** Scopes that the way to the field asks besides. */
  readonly way: readonly Scope[];
  readonly rooms: RoomBinding;
  readonly participants: ParticipantRule;
  readonly reads: ReadsBeforeRefusal;
  readonly document: (cast: AccessCast) => string;
  /** Ends what other rows need, so it is run after all of them. */
  readonly isLast?: boolean;
}

/** What a row says beyond its field, scope and document; participants are kept out where nothing is said. */
export interface RowDetails extends Partial<
  Pick<Row, 'about' | 'way' | 'participants' | 'reads' | 'isLast'>
> {
  readonly rooms: RoomBinding;
}

export function row(field: string, scope: Scope, details: RowDetails, document: Row['document']): Row {
  return { field, scope, about: '', way: [], participants: 'closed', reads: {}, document, ...details };
}

/** A row in short, for failures: `Query.node (Room)`. */
export function nameOf({ field, about }: Row): string {
  return about === '' ? field : `${field} (${about})`;
}

/** The document that the table of coverage has for an operation of the REST API. */
export function covered(operationId: string): Row['document'] {
  const known = coverage[operationId];
  if (known === undefined) throw new Error(`${operationId} is no operation of the REST API`);
  return (cast) => known.document({ ...cast, idleRoom: cast.room });
}

/** A type that is a Node: how its ids are made, and how a Node is read, which comes before all refusals. */
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
