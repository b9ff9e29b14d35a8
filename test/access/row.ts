// A row of the table of access: what one field, or a Node of one type, asks of its callers, written down by hand so
// that the schema is held against it. The rows themselves are beside this file; `table.ts` joins them.
import type { Scope } from '../../src/auth/scopes.ts';
import { coverage, type Cast } from '../coverage/table.ts';

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

/** Which participants of the room may: none, all, none but for themselves, or whoever's role has the permission. */
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
}

/** What a row says beyond its field, scope and document; participants are kept out where nothing is said. */
export interface RowDetails extends Partial<Pick<Row, 'about' | 'way' | 'participants' | 'reads'>> {
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
