// The log of webhook deliveries: what their fields ask of their callers.
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
