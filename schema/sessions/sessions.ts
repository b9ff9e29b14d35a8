// Session: its fields, its list and its root fields. Source: the vendor's Sessions API.
import { peersOfSession } from '../../resolvers/peers/peers.ts';
import { roomWithId } from '../../resolvers/rooms/rooms.ts';
import {
  durationOfSession,
  endOfSession,
  isActive,
  appOfSession,
  customerOfSession,
  lastChangeOfSession,
  sessionById,
  sessionsConnection,
  startOfSession,
} from '../../resolvers/sessions/sessions.ts';
import { reads } from '../access.ts';
import { bothWaysArgs, forwardArgs } from '../args.ts';
import { builder } from '../builder.ts';
import { implementConnection } from '../connections.ts';
import { batched, calls, includedList, pages } from '../prices.ts';
import {
  PeerConnection,
  PeerFilter,
  Room,
  Session,
  SessionConnection,
  SessionEdge,
  SessionFilter,
} from '../refs.ts';

builder.node(Session, {
  description:
    'One meeting in a room: from the first person joining until the last has left or the session is ended. Read anew by each operation; where only its id is known (in events, and of peers), fields beyond `id`, `hmsId`, `room` and, in events, `startedAt` cost one REST call.',
  authScopes: (session) => ({ ...reads('sessions'), room: session.room_id }),
  id: { resolve: (session) => session.id },
  loadWithoutCache: (id, context) => sessionById(id, context),
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's own id: 24 hexadecimal digits." }),
    active: t.boolean({
      description: 'Whether the session still runs.',
      resolve: (session, _args, context) => isActive(session, context),
    }),
    customerId: t.string({
      nullable: true,
      description: 'Id of the account at the vendor.',
      resolve: (session, _args, context) => customerOfSession(session, context),
    }),
    appId: t.string({
      nullable: true,
      description: "Id of the workspace; null where the vendor's answer leaves it out.",
      resolve: (session, _args, context) => appOfSession(session, context),
    }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the session began (`created_at` of the REST API).',
      resolve: (session, _args, context) => startOfSession(session, context),
    }),
    endedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'When the session ended; null while it runs. The REST API tells it as the last change of an ended session.',
      resolve: (session, _args, context) => endOfSession(session, context),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the record last changed.',
      resolve: (session, _args, context) => lastChangeOfSession(session, context),
    }),
    duration: t.int({
      nullable: true,
      description: 'Whole seconds from its beginning to its end, or to now while it runs.',
      resolve: (session, _args, context) => durationOfSession(session, context),
    }),
    room: t.field({
      type: Room,
      nullable: true,
      authScopes: reads('rooms'),
      ...batched,
      description: 'The room in which it takes place.',
      resolve: (session, _args, context) => roomWithId(session.room_id, context),
    }),
    peers: t.field({
      type: PeerConnection,
      authScopes: reads('peers'),
      ...includedList,
      description:
        'Everyone who ever joined, in the order of joining; someone who joined twice is two peers. Comes with the session and costs nothing more.',
      args: { ...bothWaysArgs, filter: t.arg({ type: PeerFilter, description: 'Which peers to keep.' }) },
      resolve: (session, args, context) => peersOfSession(session, args, context),
    }),
  }),
});

implementConnection(SessionConnection, SessionEdge, Session, 'sessions');

builder.inputType(SessionFilter, {
  description: 'Which sessions a list keeps; all conditions must hold.',
  fields: (t) => ({
    active: t.boolean({
      description:
        'Only running (true) or ended (false) sessions. Without it the vendor decides, which by its SDK is both.',
    }),
    roomId: t.id({ description: 'Only sessions of this room: its vendor id or global id.' }),
    startedAfter: t.field({ type: 'DateTime', description: 'Begun at or after this instant.' }),
    startedBefore: t.field({ type: 'DateTime', description: 'Begun at or before this instant.' }),
  }),
});

builder.queryFields((t) => ({
  session: t.field({
    type: Session,
    nullable: true,
    authScopes: reads('sessions'),
    ...calls(1),
    description: 'One session, running or ended; null when it does not exist.',
    args: { id: t.arg.id({ required: true, description: 'Vendor id or global id of the session.' }) },
    resolve: (_root, { id }, context) => sessionById(id, context),
  }),
  sessions: t.field({
    type: SessionConnection,
    nullable: true,
    authScopes: (_root, { filter }) => ({ ...reads('sessions'), room: filter?.roomId ?? null }),
    ...pages,
    description:
      'Sessions of the workspace, newest first. Each carries everyone who joined, so large pages are heavy.',
    args: { ...forwardArgs, filter: t.arg({ type: SessionFilter, description: 'Which sessions to keep.' }) },
    resolve: (_root, args, context) => sessionsConnection(args, context),
  }),
}));
