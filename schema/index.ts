// The whole graph: each file is imported for its effect on the builder, then the schema is built.
import './scalars.ts';
import './errors.ts';
import './storage.ts';
import './rooms.ts';
import './room-mutations.ts';
import './room-codes.ts';
import './room-code-mutations.ts';
import './sessions.ts';
import './peers.ts';
import './peer-mutations.ts';
import './templates.ts';
import './template-inputs.ts';
import './destination-inputs.ts';
import './template-mutations.ts';
import './role-inputs.ts';
import './roles.ts';
import './destinations.ts';
import './recording-configs.ts';
import './media-jobs.ts';
import './transcription.ts';
import './live-streams.ts';
import './live-stream-mutations.ts';
import './recordings.ts';
import './recording-mutations.ts';
import './recording-assets.ts';
import './recording-asset-parts.ts';
import './external-streams.ts';
import './external-stream-mutations.ts';
import './stream-keys.ts';
import './attendance.ts';
import './live.ts';
import './room-events.ts';
import './polls.ts';
import './poll-answers.ts';
import './poll-mutations.ts';
import './analytics.ts';
import './analytics-events.ts';
import './peer-quality.ts';
import './webhook-deliveries.ts';
import './sip.ts';
import { getNullableType, type GraphQLSchema } from 'graphql';
import { builder } from './builder.ts';

export const schema = withNullableMutations(builder.toSchema());

/** Mutations have been made when a later one of the same operation fails: it must not hide what they answered. */
function withNullableMutations(built: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(built.getMutationType()?.getFields() ?? {})) {
    field.type = getNullableType(field.type);
  }
  return built;
}
