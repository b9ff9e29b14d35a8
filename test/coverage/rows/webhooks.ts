// The log of webhook deliveries: which fields serve which operations.
import { cover, inRoom, list, mutation, query } from '../row.ts';

cover({
  listWebhookDeliveries: { fields: ['webhookDeliveries'], document: list('webhookDeliveries') },
  replayWebhooks: {
    fields: ['replayWebhooks'],
    document: mutation('replayWebhooks', (cast) => inRoom(cast)),
  },
  getWebhookReplay: {
    fields: ['webhookReplay'],
    document: query(({ workflow }) => `webhookReplay(workflowId: "${workflow}") { status }`),
  },
});
