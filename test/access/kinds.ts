// Kinds of rows that several families share.
import type { Scope } from '../../src/auth/scopes.ts';
import { row, type AccessCast, type ReadsBeforeRefusal, type Row, type RowDetails } from './row.ts';

/** The REST operation that runs before a caller bound to another room is refused. */
export const read = (operationId: string): ReadsBeforeRefusal => ({ room: [operationId] });

/** For fields whose argument names the room. */
export const byArgument = { rooms: 'argument' } as const;

export const inRoom = ({ room }: AccessCast): string => `roomId: "${room}"`;

/** Two rows for a list of the workspace: with a room in its filter, which callers bound to rooms need, and without. */
export function listRows(field: string, scope: Scope): Row[] {
  return [
    row(
      `Query.${field}`,
      scope,
      { rooms: 'filter' },
      ({ room }) => `{ ${field}(first: 1, filter: { roomId: "${room}" }) { edges { cursor } } }`,
    ),
    row(
      `Query.${field}`,
      scope,
      { rooms: 'workspace', about: 'without a filter' },
      () => `{ ${field}(first: 1) { edges { cursor } } }`,
    ),
  ];
}

/** A mutation with its input. */
export function mutation(
  field: string,
  scope: Scope,
  details: RowDetails,
  input: (cast: AccessCast) => string,
): Row {
  const document = (cast: AccessCast) => `mutation { ${field}(input: { ${input(cast)} }) { __typename } }`;
  return row(`Mutation.${field}`, scope, details, document);
}

/** A mutation of the whole workspace. `document` runs it. */
export function ofWorkspace(field: string, scope: Scope, document: Row['document']): Row {
  return row(`Mutation.${field}`, scope, { rooms: 'workspace' }, document);
}
