// The rows of the access table for webhook deliveries: the scopes that their fields need.
import { listRows, ofWorkspace } from '../kinds.ts';
import { access, covered, row } from '../row.ts';

access({
  rows: [
    row('Query.webhookReplay', 'webhooks:read', { rooms: 'workspace' }, covered('getWebhookReplay')),
    ...listRows('webhookDeliveries', 'webhooks:read'),
    ofWorkspace('replayWebhooks', 'webhooks:write', covered('replayWebhooks')),
    row(
      'Subscription.roomEvents',
      'webhooks:read',
      { rooms: 'argument' },
      ({ room }) => `subscription { roomEvents(roomId: "${room}") { __typename } }`,
    ),
  ],
});
