// The vendor's log of the webhooks that it sent, and their replay. Source: the vendor's Analytics API.
import {
  countsOfReplay,
  dataOfDelivery,
  eventOfDelivery,
  isDelivered,
  loggedEvents,
  OTHER_EVENT,
  replayWebhooksOf,
  roomOfDelivery,
  statusOfReplay,
  webhookDeliveries,
  webhookReplay,
  type StartedReplay as StartedReplayValue,
} from '../../resolvers/webhooks/webhook-deliveries.ts';
import { instantOrNull, textOrNull } from '../../resolvers/values.ts';
import { ofWorkspace, reads, writes } from '../access.ts';
import { forwardArgs } from '../args.ts';
import { builder } from '../builder.ts';
import { implementCountedConnection } from '../connections.ts';
import type { InputFields } from '../inputs.ts';
import { calls, pages } from '../prices.ts';
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
          ? 'One that the vendor has added since; cannot be asked for by name.'
          : `\`${event}\` of the vendor's webhooks.`,
    },
  ]),
);

const WebhookDeliveryEvent = builder.enumType('WebhookDeliveryEvent', {
  description: "The webhooks that the vendor's log knows.",
  values: enumValues,
});

builder.objectType(WebhookDelivery, {
  authScopes: (delivery) => ({ ...reads('webhooks'), room: delivery.room_id ?? null }),
  description:
    "A record of the vendor's log: a webhook that it delivered, or failed to. Not to be fetched again by an id.",
  fields: (t) => ({
    hmsId: t.exposeID('event_id', { description: "The vendor's own id of the event." }),
    event: t.field({ type: WebhookDeliveryEvent, description: 'What was told.', resolve: eventOfDelivery }),
    delivered: t.boolean({ description: 'Whether the receiver took it.', resolve: isDelivered }),
    reason: t.string({
      nullable: true,
      description: 'Why it was not taken, such as `timeout`; null when it was.',
      resolve: (delivery) => textOrNull(delivery.payload.error_reason),
    }),
    at: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was delivered, or failed.',
      resolve: (delivery) => instantOrNull(delivery.event_timestamp),
    }),
    room: t.field({
      type: Room,
      nullable: true,
      description: 'The room that it is about; null where the log names none.',
      resolve: (delivery, _args, context) => roomOfDelivery(delivery, context),
    }),
    data: t.field({
      type: 'JSON',
      nullable: true,
      description:
        "What was told, by the vendor's keys; without links to files, stream URLs and other keys that open something. The URL that it was sent to is not shown either: it may hold a secret.",
      resolve: dataOfDelivery,
    }),
  }),
});

implementCountedConnection(
  WebhookDeliveryConnection,
  WebhookDeliveryEdge,
  WebhookDelivery,
  'deliveries of webhooks',
);

const filterFields = (t: InputFields) => ({
  after: t.field({
    type: 'DateTime',
    description: 'At or after this instant, within the last 30 days; without it a day before `before`.',
  }),
  before: t.field({
    type: 'DateTime',
    description: 'At or before this instant, at most 14 days behind `after`; without it now.',
  }),
  roomId: t.id({ description: 'Only about this room: its vendor id or global id.' }),
  events: t.field({ type: [WebhookDeliveryEvent], description: 'Only these events.' }),
});

builder.inputType(WebhookDeliveryFilter, {
  description: 'Which deliveries a list keeps; all conditions must hold.',
  fields: (t) => ({
    ...filterFields(t),
    delivered: t.boolean({ description: 'Only those that were taken (true) or were not (false).' }),
  }),
});

const ReplayStatus = builder.enumType('WebhookReplayStatus', {
  description: 'How far a replay is.',
  values: {
    RUNNING: { description: 'It is sending.' },
    COMPLETED: { description: 'All were taken.' },
    COMPLETED_WITH_FAILURES: { description: 'Some were not taken.' },
    FAILED: { description: 'It failed.' },
    CANCELED: { description: 'It was canceled.' },
    TERMINATED: { description: 'It was ended from outside.' },
    OTHER: { description: 'Something that this gateway does not know yet.' },
  } as const,
});

builder.objectType(WebhookReplay, {
  description: 'A job of the vendor that sends webhooks again, ten a second, each marked `is_replay`.',
  fields: (t) => ({
    workflowId: t.exposeID('workflow_id', { description: "The vendor's own id of the job." }),
    status: t.field({ type: ReplayStatus, description: 'How far it is.', resolve: statusOfReplay }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it began.',
      resolve: (replay) => instantOrNull(replay.started_at),
    }),
    completedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it ended; null while it runs.',
      resolve: (replay) => instantOrNull(replay.completed_at),
    }),
    total: t.int({
      nullable: true,
      description: 'How many webhooks it sends; null when not known yet.',
      resolve: (replay) => countsOfReplay(replay)?.total,
    }),
    completed: t.int({
      nullable: true,
      description: 'How many were taken so far.',
      resolve: (replay) => countsOfReplay(replay)?.completed,
    }),
    failed: t.int({
      nullable: true,
      description: 'How many were not taken so far.',
      resolve: (replay) => countsOfReplay(replay)?.failed,
    }),
    failedEventIds: t.idList({
      description: 'Vendor ids of the events that were not taken; empty while it runs.',
      resolve: (replay) => countsOfReplay(replay)?.failed_events ?? [],
    }),
  }),
});

const StartedReplay = builder.objectRef<StartedReplayValue>('StartedWebhookReplay').implement({
  description: 'A replay that was asked for.',
  fields: (t) => ({
    workflowId: t.exposeID('workflowId', {
      description: "The vendor's own id of the job, for `webhookReplay`; the same for the same filters.",
    }),
    alreadyRunning: t.exposeBoolean('alreadyRunning', {
      description: 'Whether it ran already, and nothing new was started.',
    }),
    replay: t.field({
      type: WebhookReplay,
      nullable: true,
      description: 'How far it is. One REST call.',
      resolve: ({ workflowId }, _args, context) => webhookReplay(workflowId, context),
    }),
  }),
});

const ReplayInput = builder.inputType('ReplayWebhooksInput', {
  description: 'Which webhooks to send again; all conditions must hold.',
  fields: (t) => ({
    ...filterFields(t),
    delivered: t.boolean({
      description: 'Those that were taken (true), or were not (false, and without it).',
    }),
    limit: t.int({ description: 'The most to send; 50,000 without it, which is also the most allowed.' }),
    offset: t.int({ description: 'How many to pass over at first; 0 without it.' }),
  }),
});

builder.queryFields((t) => ({
  webhookDeliveries: t.field({
    type: WebhookDeliveryConnection,
    nullable: true,
    authScopes: (_root, { filter }) => ({ ...reads('webhooks'), room: filter?.roomId ?? null }),
    ...pages,
    description:
      "The vendor's log of the webhooks that it sent, of the last 24 hours unless the filter says otherwise. A list keeps the end that it had when it began: what is logged later is not in it. The vendor limits these calls; `UPSTREAM_RATE_LIMITED` tells how long to wait.",
    args: {
      ...forwardArgs,
      filter: t.arg({ type: WebhookDeliveryFilter, description: 'Which deliveries to keep.' }),
    },
    resolve: (_root, args, context) => webhookDeliveries(args, context),
  }),
  webhookReplay: t.field({
    type: WebhookReplay,
    nullable: true,
    authScopes: { ...reads('webhooks'), ...ofWorkspace },
    ...calls(1),
    description: 'How far a replay is; null when it does not exist. One REST call.',
    args: {
      workflowId: t.arg.id({ required: true, description: 'What `replayWebhooks` answered.' }),
    },
    resolve: (_root, { workflowId }, context) => webhookReplay(workflowId, context),
  }),
}));

builder.mutationField('replayWebhooks', (t) =>
  t.field({
    type: StartedReplay,
    errors: {},
    authScopes: { ...writes('webhooks'), ...ofWorkspace },
    ...calls(1),
    description:
      'Has the vendor send webhooks again that were not taken, or others by the filter. Receivers see them once more, marked `is_replay`. One REST call.',
    args: { input: t.arg({ type: ReplayInput, required: true, description: 'Which webhooks.' }) },
    resolve: (_root, { input }, context) => replayWebhooksOf(input, context),
  }),
);
