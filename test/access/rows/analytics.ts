// The rows of the access table for analytics: the scopes that their fields need.
import { read } from '../kinds.ts';
import { access, covered, row } from '../row.ts';
import { linkRows, PAGE, peerWay, roomWay } from '../ways.ts';

access({
  rows: [
    row('Query.analyticsEvents', 'analytics:read', { rooms: 'argument' }, covered('listAnalyticsEvents')),
    row(
      'Query.peerQualityStats',
      'analytics:read',
      { rooms: 'object', reads: read('getSession') },
      covered('getPeerQualityStats'),
    ),
    ...linkRows(roomWay, [['analyticsEvents', 'analytics:read', PAGE]]),
    ...linkRows(peerWay, [['qualityStats', 'analytics:read', '{ __typename }']]),
  ],
});
