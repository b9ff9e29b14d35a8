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
import './roles.ts';
import './destinations.ts';
import './recording-configs.ts';
import './live.ts';
import './room-events.ts';
import { builder } from './builder.ts';

export const schema = builder.toSchema();
