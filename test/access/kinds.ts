// Kinds of rows that many families have.
import type { Scope } from '../../src/auth/scopes.ts';
import { row, type AccessCast, type ReadsBeforeRefusal, type Row, type RowDetails } from './row.ts';

/** What is read before a caller of another room is refused. */
export const read = (operationId: string): ReadsBeforeRefusal => ({ room: [operationId] });

/** For fields whose argument names the room. */
export const byArgument = { rooms: 'argument' } as const;

export const inRoom = ({ room }: AccessCast): string => `roomId: "${room}"`;

/** A list of the workspace: callers bound to rooms must narrow it to one, others need not. */
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

/** A mutation of the whole workspace, with the document of the REST operation that it serves. */
export function ofWorkspace(field: string, scope: Scope, document: Row['document']): Row {
  return row(`Mutation.${field}`, scope, { rooms: 'workspace' }, document);
}
