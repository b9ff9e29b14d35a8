// The kinds of callers: which credential each sends, and which rows of the table each may run.
import { scopeFamilies, type Scope } from '../../src/auth/scopes.ts';
import { strangersToken } from './credentials.ts';
import type { Row } from './row.ts';
import { participants, type AccessStage, type ParticipantName } from './stage.ts';

export type Outcome = 'allowed' | 'FORBIDDEN' | 'UNAUTHENTICATED';

export interface CallerKind {
  readonly name: string;
  /** The credential that the caller sends for a row; null: none. */
  readonly credential: (row: Row, stage: AccessStage) => Promise<string | null> | string | null;
  readonly expected: (row: Row) => Outcome;
  /** Operations of the REST API that the gateway may call before it refuses the caller. */
  readonly reads: (row: Row) => readonly string[];
  /** Whether the caller may see anything of the row's room; true by default. */
  readonly seesRoom?: boolean;
  /** Whether the gateway does not know the caller and refuses all that it sends. */
  readonly isStranger?: true;
  /** Which participant of the stage the caller is. */
  readonly self?: ParticipantName;
}

const allowed = (): Outcome => 'allowed';
const nothing = (): readonly string[] => [];
const ALL = ['*'];

function stranger(name: string, credential: CallerKind['credential']): CallerKind {
  return { name, credential, expected: () => 'UNAUTHENTICATED', reads: nothing, isStranger: true };
}

const strangers: readonly CallerKind[] = [
  stranger('nobody', () => null),
  stranger('an unknown key', () => `hgk_${'A'.repeat(43)}`),
  stranger('a token that a stranger signed', (_row, { clock }) => strangersToken(clock)),
  stranger('an expired key', (_row, { doorkeeper }) =>
    doorkeeper.key({ scopes: ALL, expires: '2026-01-01' }),
  ),
  stranger('an expired token', (_row, { doorkeeper, clock }) =>
    doorkeeper.token({ scopes: ALL, exp: Math.floor(clock.now() / 1000) - 61 }),
  ),
  stranger("a participant's expired token", (_row, { joiningToken, cast }) =>
    joiningToken('changeRole', cast.room, -61),
  ),
];

/**
 * All scopes except one. A scope to write includes reading, so without a `read` scope the family's `write` scope is
 * left out too.
 */
function allBut(scope: Scope): string[] {
  const [family, verb] = scope.split(':');
  const others = scopeFamilies.filter((name) => name !== family).map((name) => `${name}:*`);
  return verb === 'write' ? [...others, `${family}:read`] : others;
}

const scoped: readonly CallerKind[] = [
  {
    name: 'a key with every scope but the one that is needed',
    credential: ({ scope }, { doorkeeper }) => doorkeeper.key({ scopes: allBut(scope) }),
    expected: () => 'FORBIDDEN',
    reads: ({ reads }) => reads.scope ?? [],
  },
  {
    name: 'a key with only the scope that is needed',
    credential: ({ scope, way }, { doorkeeper }) => doorkeeper.key({ scopes: [scope, ...way] }),
    expected: allowed,
    reads: nothing,
  },
  {
    name: 'a key with all scopes',
    credential: (_row, { doorkeeper }) => doorkeeper.key({ scopes: ALL }),
    expected: allowed,
    reads: nothing,
  },
  {
    name: 'a token with all scopes',
    credential: (_row, { doorkeeper }) => doorkeeper.token({ scope: '*' }),
    expected: allowed,
    reads: nothing,
  },
];

const ofOurRoom = ({ rooms }: Row): Outcome => (rooms === 'workspace' ? 'FORBIDDEN' : 'allowed');
const ofOtherRoom = ({ rooms }: Row): Outcome =>
  rooms === 'filtered' || rooms === 'shared' ? 'allowed' : 'FORBIDDEN';
const readsOfRoom = ({ reads }: Row) => reads.room ?? [];

const bound: readonly CallerKind[] = [
  {
    name: "a key bound to the row's room",
    credential: (_row, { doorkeeper, cast: { room, lockRoom } }) =>
      doorkeeper.key({ scopes: ALL, rooms: [room, lockRoom] }),
    expected: ofOurRoom,
    reads: readsOfRoom,
  },
  {
    name: "a token bound to the row's room",
    credential: (_row, { doorkeeper, cast: { room, lockRoom } }) =>
      doorkeeper.token({ scope: '*', rooms: [room, lockRoom] }),
    expected: ofOurRoom,
    reads: readsOfRoom,
  },
  {
    name: 'a key bound to another room',
    credential: (_row, { doorkeeper, other }) => doorkeeper.key({ scopes: ALL, rooms: [other.room] }),
    expected: ofOtherRoom,
    reads: readsOfRoom,
    seesRoom: false,
  },
  {
    name: 'a token bound to no room at all',
    credential: (_row, { doorkeeper }) => doorkeeper.token({ scope: '*', rooms: [] }),
    expected: ofOtherRoom,
    reads: readsOfRoom,
    seesRoom: false,
  },
];

/** The reads that find out whether a participant is in the room, in which role, and what that role may do. */
const PRESENCE = ['listActivePeers', 'getRoom', 'getTemplate', 'listTemplates'];

const inRoom = participants.map((name): CallerKind => ({
  name: `a participant whose role allows ${name === 'plain' ? 'nothing' : name}`,
  self: name,
  credential: (_row, { joiningToken }) => joiningToken(name),
  expected: ({ participants: rule }) =>
    rule === 'open' || rule === 'themselves' || rule === name ? 'allowed' : 'FORBIDDEN',
  reads: ({ participants: rule, field }) => (rule === 'closed' && !isPartlyOpen(field) ? [] : PRESENCE),
}));

/** Participants may call these mutations, but not with every input. */
const isPartlyOpen = (field: string): boolean => /^Mutation\.(updatePeers?|endRoom)$/.test(field);

const notInRoom: readonly CallerKind[] = [
  {
    name: 'a participant who has left',
    credential: (_row, { joiningToken }) => joiningToken('gone'),
    expected: () => 'FORBIDDEN',
    reads: ({ participants: rule, field }) =>
      rule === 'closed' && !isPartlyOpen(field) ? [] : ['listActivePeers'],
  },
  {
    name: 'a participant of another room',
    credential: (_row, { joiningToken, other }) => joiningToken('elsewhere', other.room),
    expected: () => 'FORBIDDEN',
    reads: ({ participants: rule, field }) =>
      rule === 'closed' && !isPartlyOpen(field) ? [] : ['listActivePeers'],
  },
];

export const callerKinds: readonly CallerKind[] = [
  ...strangers,
  ...scoped,
  ...bound,
  ...inRoom,
  ...notInRoom,
];
