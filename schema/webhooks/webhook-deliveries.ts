// WebhookDelivery and WebhookReplay: the vendor's log of the webhooks that it sent, and sending them again. Source: the vendor's
// Analytics API.
import {
  countsOfReplay,
  dataOfDelivery,
  eventOfDelivery,
  isDelivered,
  loggedEvents,
  OTHER_EVENT,
  replayWebhooks,
  roomOfDelivery,
  statusOfReplay,
  webhookDeliveries,
  webhookReplay,
  type StartedReplay as StartedReplayValue,
} from '../../resolvers/webhooks/webhook-deliveries.ts';
import { eventTypes } from '../../resolvers/webhooks/room-events.ts';
import { instantOrNull, textOrNull } from '../../resolvers/values.ts';
import { InvalidInputError, NotFoundError, RefusedError } from '../../resolvers/outcomes.ts';
import { ofWorkspace, reads, writes } from '../access.ts';
import { forwardArgs } from '../args.ts';
import { builder } from '../builder.ts';
import { implementCountedConnection } from '../connections.ts';
import type { InputFields } from '../inputs.ts';
import { batched, calls, pages } from '../prices.ts';
import {
  Room,
  WebhookDelivery,
  WebhookDeliveryConnection,
  WebhookDeliveryEdge,
  WebhookDeliveryFilter,
  WebhookReplay,
} from '../refs.ts';

/** `peer.join.success` is `PEER_JOIN_SUCCESS` in the graph. */
const enumValues = Object.fromEntries(
  [...loggedEvents, OTHER_EVENT as typeof OTHER_EVENT].map((event) => [
    event.toUpperCase().replaceAll('.', '_'),
    {
      value: event,
      description:
        event === OTHER_EVENT
          ? 'A webhook that this version of the gateway does not know; filters refuse this value.'
          : `\`${event}\`: ${eventTypes.get(event) ?? 'a webhook of the vendor.'}`,
    },
  ]),
);

const WebhookDeliveryEvent = builder.enumType('WebhookDeliveryEvent', {
  description: "The types of webhooks in the vendor's log of deliveries. Other types are not logged.",
  values: enumValues,
});

builder.objectType(WebhookDelivery, {
  access: { ...reads('webhooks'), room: (delivery) => delivery.room_id ?? null },
  description:
    "An entry in the vendor's log of deliveries: a webhook that the vendor delivered or failed to deliver. A single entry cannot be looked up by its id.",
  fields: (t) => ({
    hmsId: t.exposeID('event_id', { description: "The vendor's id of the logged webhook." }),
    event: t.field({
      type: WebhookDeliveryEvent,
      description: 'Which webhook was sent.',
      resolve: eventOfDelivery,
    }),
    delivered: t.boolean({ description: 'Whether the receiver accepted the webhook.', resolve: isDelivered }),
    reason: t.string({
      nullable: true,
      description: 'Why the delivery failed, such as `timeout`; null if the receiver accepted the webhook.',
      resolve: (delivery) => textOrNull(delivery.payload.error_reason),
    }),
    at: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'The time at which the delivery succeeded or failed; null if the vendor gives no valid time.',
      resolve: (delivery) => instantOrNull(delivery.event_timestamp),
    }),
    room: t.field({
      type: Room,
      nullable: true,
      ...batched,
      description:
        'The room that the logged webhook is about; null if the log names none or the room no longer exists. Usually answered from memory or in one REST call for many rooms.',
      resolve: (delivery, _args, context) => roomOfDelivery(delivery, context),
    }),
    data: t.field({
      type: 'JSON',
      nullable: true,
      description:
        "The content of the webhook under the vendor's own keys. Download links, stream URLs, tokens and other secrets are removed, and so is the address of the receiver. Null if the vendor omits the content, or if it is nested more than 64 levels deep.",
      resolve: dataOfDelivery,
    }),
  }),
});

implementCountedConnection(
  WebhookDeliveryConnection,
  WebhookDeliveryEdge,
  WebhookDelivery,
  'webhook deliveries',
);

/** The conditions that the log and a replay share. `what` names the webhooks that they keep. */
const filterFields = (t: InputFields, what: string) => ({
  sentAfter: t.field({
    type: 'DateTime',
    description: `Only ${what} at or after this time, within the last 30 days; by default 24 hours before \`sentBefore\`.`,
  }),
  sentBefore: t.field({
    type: 'DateTime',
    description: `Only ${what} at or before this time, at most 14 days after \`sentAfter\`; by default now.`,
  }),
  roomId: t.id({ description: `Only ${what} about this room: its vendor id or global id.` }),
  events: t.field({
    type: [WebhookDeliveryEvent],
    description: `Only ${what} of these webhook types; \`OTHER\` is refused.`,
  }),
});

builder.inputType(WebhookDeliveryFilter, {
  description: 'Conditions on deliveries of webhooks; a delivery must meet all of them.',
  fields: (t) => ({
    ...filterFields(t, 'deliveries'),
    delivered: t.boolean({
      description: 'Only deliveries that succeeded (true) or that failed (false); by default both.',
    }),
  }),
});

const ReplayStatus = builder.enumType('WebhookReplayStatus', {
  description: 'The state of a replay of webhooks.',
  values: {
    RUNNING: { description: 'The vendor is sending the webhooks.' },
    COMPLETED: { description: 'The replay has ended; the receiver accepted all webhooks.' },
    COMPLETED_WITH_FAILURES: {
      description: 'The replay has ended; the receiver did not accept some webhooks.',
    },
    FAILED: { description: 'The replay itself failed.' },
    CANCELED: { description: 'The replay was canceled.' },
    TERMINATED: { description: 'The vendor ended the replay early.' },
    OTHER: { description: 'A state of a replay that this version of the gateway does not know.' },
  } as const,
});

builder.objectType(WebhookReplay, {
  description:
    'A job of the vendor that sends webhooks again, 10 a second, each marked with `is_replay: true`.',
  fields: (t) => ({
    workflowId: t.exposeID('workflow_id', { description: "The vendor's id of the replay." }),
    status: t.field({
      type: ReplayStatus,
      description: 'The state of the replay, as this operation read it.',
      resolve: statusOfReplay,
    }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the replay began; null if the vendor omits it.',
      resolve: (replay) => instantOrNull(replay.started_at),
    }),
    completedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the replay ended; null while it runs.',
      resolve: (replay) => instantOrNull(replay.completed_at),
    }),
    total: t.int({
      nullable: true,
      description: 'Number of webhooks that the replay sends; null if not known yet.',
      resolve: (replay) => countsOfReplay(replay)?.total,
    }),
    completed: t.int({
      nullable: true,
      description: 'Number of webhooks that the receiver has accepted so far; null if not known yet.',
      resolve: (replay) => countsOfReplay(replay)?.completed,
    }),
    failed: t.int({
      nullable: true,
      description: 'Number of webhooks so far that the receiver did not accept; null if not known yet.',
      resolve: (replay) => countsOfReplay(replay)?.failed,
    }),
    failedEventIds: t.idList({
      description:
        'Vendor ids of the webhooks that the receiver did not accept; empty while the replay runs.',
      resolve: (replay) => countsOfReplay(replay)?.failed_events ?? [],
    }),
  }),
});

const StartedReplay = builder.objectRef<StartedReplayValue>('StartedWebhookReplay').implement({
  description: 'The answer to a request for a replay.',
  fields: (t) => ({
    workflowId: t.exposeID('workflowId', {
      description:
        "The vendor's id of the requested replay, for the query `webhookReplay`. Requests with the same conditions have the same id.",
    }),
    alreadyRunning: t.exposeBoolean('alreadyRunning', {
      description:
        'Whether a replay with the same conditions was already running, so that the request did not start another.',
    }),
    replay: t.field({
      type: WebhookReplay,
      nullable: true,
      ...calls(1),
      description: 'The progress of the requested replay; null if it does not exist. Costs one REST call.',
      resolve: ({ workflowId }, _args, context) => webhookReplay(workflowId, context),
    }),
  }),
});

const ReplayInput = builder.inputType('ReplayWebhooksInput', {
  description: 'Conditions on the webhooks to send again; a webhook must meet all of them.',
  fields: (t) => ({
    ...filterFields(t, 'webhooks that were sent'),
    delivered: t.boolean({
      description:
        'Whether to send the webhooks that the receiver accepted (true) or those that it did not accept (false); false by default.',
    }),
    limit: t.int({
      description: 'Maximum number of webhooks to send; at most 50,000, which is also the default.',
    }),
    offset: t.int({ description: 'Number of matching webhooks to skip first; 0 by default.' }),
  }),
});

builder.queryFields((t) => ({
  webhookDeliveries: t.field({
    type: WebhookDeliveryConnection,
    nullable: true,
    access: { ...reads('webhooks'), room: (_root, { filter }) => filter?.roomId ?? null },
    ...pages,
    description:
      "The vendor's log of the webhooks that it sent in the last 24 hours, or in the time that the filter gives. The list is fixed when its first page is read: later pages do not contain newer deliveries. Costs one REST call for every 100 elements. The vendor limits the rate of these calls; the error `UPSTREAM_RATE_LIMITED` says how long to wait.",
    args: {
      ...forwardArgs,
      filter: t.arg({
        type: WebhookDeliveryFilter,
        description: 'Conditions on the deliveries; by default all of the last 24 hours.',
      }),
    },
    resolve: (_root, args, context) => webhookDeliveries(args, context),
  }),
  webhookReplay: t.field({
    type: WebhookReplay,
    nullable: true,
    access: { ...reads('webhooks'), ...ofWorkspace },
    ...calls(1),
    description: 'The progress of one replay of webhooks; null if it does not exist. Costs one REST call.',
    args: {
      workflowId: t.arg.id({
        required: true,
        description: 'Id of the replay, as `replayWebhooks` returned it.',
      }),
    },
    resolve: (_root, { workflowId }, context) => webhookReplay(workflowId, context),
  }),
}));

builder.mutationField('replayWebhooks', (t) =>
  t.field({
    type: StartedReplay,
    errors: { types: [NotFoundError, InvalidInputError, RefusedError] },
    access: { ...writes('webhooks'), ...ofWorkspace },
    ...calls(1),
    description:
      'Makes the vendor send webhooks again: by default those of the last 24 hours that the receiver did not accept. The receiver gets them marked with `is_replay: true`. Costs one REST call.',
    args: {
      input: t.arg({
        type: ReplayInput,
        required: true,
        description: 'Conditions on the webhooks to send again.',
      }),
    },
    resolve: (_root, { input }, context) => replayWebhooks(input, context),
  }),
);
