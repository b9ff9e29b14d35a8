// The table of access, whole: every field of the root types, every Node type, and every link that asks more than its
// object. A field without a row, and a row without a field, fail in schema.test.ts.
import { linkRows } from './rows-links.ts';
import { mutationRows } from './rows-mutations.ts';
import { queryRows } from './rows-queries.ts';
import { row, type Row } from './row.ts';

/** Subscriptions: each answers a first event, or is refused before one. */
export const subscriptionRows: readonly Row[] = [
  row(
    'Subscription.peerChanges',
    'peers:read',
    { rooms: 'argument', participants: 'open' },
    ({ room }) => `subscription { peerChanges(roomId: "${room}") { __typename } }`,
  ),
  row(
    'Subscription.sessionChanges',
    'sessions:read',
    { rooms: 'filtered' },
    () => 'subscription { sessionChanges { __typename ... on SessionsSnapshot { sessions { hmsId } } } }',
  ),
  row(
    'Subscription.roomEvents',
    'webhooks:read',
    { rooms: 'argument' },
    ({ room }) => `subscription { roomEvents(roomId: "${room}") { __typename } }`,
  ),
];

/** Queries before mutations, so that one caller can run all in this order. */
export const operationRows: readonly Row[] = [...queryRows, ...linkRows, ...mutationRows];

export const table: readonly Row[] = [...operationRows, ...subscriptionRows];
