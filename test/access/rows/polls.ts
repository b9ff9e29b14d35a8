// The rows of the access table for polls: the scopes that their fields need.
import { ofWorkspace } from '../kinds.ts';
import { access, covered, row } from '../row.ts';
import { linkRows, roomWay } from '../ways.ts';

access({
  nodes: [
    {
      name: 'Poll',
      scope: 'polls:read',
      rooms: 'workspace',
      localId: ({ poll }) => poll,
      reads: ['getPoll'],
    },
  ],
  rows: [
    row('Query.poll', 'polls:read', { rooms: 'workspace' }, covered('getPoll')),
    ...linkRows(roomWay, [
      [
        'polls',
        'polls:read',
        '{ title }',
        { rooms: 'workspace', reads: { scope: ['getRoom'], room: ['getRoom'] } },
      ],
    ]),
    ofWorkspace('createPoll', 'polls:write', covered('createPoll')),
    ofWorkspace('updatePoll', 'polls:write', covered('updatePoll')),
    ofWorkspace('setPollQuestion', 'polls:write', covered('updatePollQuestion')),
    ofWorkspace('setPollOption', 'polls:write', covered('updatePollOption')),
    ofWorkspace('deletePollOption', 'polls:write', covered('deletePollOption')),
    ofWorkspace('deletePollQuestion', 'polls:write', covered('deletePollQuestion')),
  ],
});
