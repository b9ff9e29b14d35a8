// The rows of the access table for sessions: the scopes that their fields need.
import { listRows, read } from '../kinds.ts';
import { access, covered, row } from '../row.ts';
import { linkRows, open, PAGE, roomWay, sessionWay } from '../ways.ts';

access({
  nodes: [
    {
      name: 'Session',
      scope: 'sessions:read',
      rooms: 'object',
      localId: ({ session }) => session,
      reads: ['getSession'],
    },
  ],
  rows: [
    row(
      'Query.session',
      'sessions:read',
      { rooms: 'object', reads: read('getSession') },
      covered('getSession'),
    ),
    ...listRows('sessions', 'sessions:read'),
    ...linkRows(roomWay, [
      ['activeSession', 'sessions:read', '{ active }', open],
      ['sessions', 'sessions:read', PAGE],
    ]),
    ...linkRows(sessionWay, [
      ['room', 'rooms:read', '{ name }', open],
      ['peers', 'peers:read', PAGE],
      ['attendance', 'peers:read', '{ userId }'],
    ]),
    row(
      'Subscription.sessionChanges',
      'sessions:read',
      { rooms: 'filtered' },
      () => 'subscription { sessionChanges { __typename ... on SessionsSnapshot { sessions { hmsId } } } }',
    ),
  ],
});
