// The whole graph. Each file is imported because it adds its types to the builder; then the schema is built.
import './language.ts';
import './errors.ts';
import './node-queries.ts';
import './inputs.ts';
import './rooms/rooms.ts';
import './rooms/room-mutations.ts';
import './rooms/room-codes.ts';
import './rooms/room-code-mutations.ts';
import './sessions/sessions.ts';
import './peers/peers.ts';
import './peers/peer-mutations.ts';
import './peers/join-tokens.ts';
import './templates/templates.ts';
import './templates/layouts.ts';
import './templates/template-inputs.ts';
import './templates/destination-inputs.ts';
import './templates/template-mutations.ts';
import './templates/role-inputs.ts';
import './templates/roles.ts';
import './templates/destinations.ts';
import './media/recording-configs.ts';
import './media/media-jobs.ts';
import './media/transcription.ts';
import './media/live-streams.ts';
import './media/live-stream-mutations.ts';
import './media/recordings.ts';
import './media/recording-mutations.ts';
import './media/recording-assets.ts';
import './media/recording-asset-parts.ts';
import './media/external-streams.ts';
import './media/external-stream-mutations.ts';
import './media/storage-location.ts';
import './media/stream-keys.ts';
import './peers/attendance.ts';
import './live/live.ts';
import './live/tracks.ts';
import './webhooks/room-events.ts';
import './webhooks/room-event-types.ts';
import './polls/polls.ts';
import './polls/poll-answers.ts';
import './polls/poll-mutations.ts';
import './analytics/analytics.ts';
import './analytics/analytics-events.ts';
import './analytics/peer-quality.ts';
import './webhooks/webhook-deliveries.ts';
import './telephony/sip.ts';
import {
  getNamedType,
  getNullableType,
  isListType,
  isUnionType,
  specifiedDirectives,
  type GraphQLSchema,
} from 'graphql';
import { builder } from './builder.ts';
import { defer, stream } from './language.ts';
import { tour } from './tour.ts';

/** The schema that the server executes and `npm run codegen` prints. Its types are sorted by name. */
export const schema = describedByTour(
  withMutationResults(
    builder.toSchema({
      directives: [...specifiedDirectives, defer, stream],
    }),
  ),
);

/**
 * Makes each mutation's result nullable and says in its union's description which mutation it belongs to.
 * Nullable: when one mutation of an operation fails, those before it have been made, and an error in a non-null field
 * would replace their results by `data: null`. Pothos has one description for all unions.
 */
function withMutationResults(built: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(built.getMutationType()?.getFields() ?? {})) {
    field.type = getNullableType(field.type);
    const result = getNamedType(field.type);
    if (isUnionType(result)) result.description = descriptionOfResult(field.name, isListType(field.type));
  }
  return built;
}

function descriptionOfResult(mutation: string, isForItem: boolean): string {
  return isForItem
    ? `The result of \`${mutation}\` for one item, or the reason why it changed nothing for this item.`
    : `The result of \`${mutation}\`, or the reason why it changed nothing.`;
}

/** Pothos has no option for the description of the schema itself. */
function describedByTour(built: GraphQLSchema): GraphQLSchema {
  built.description = tour;
  return built;
}
