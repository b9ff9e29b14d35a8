// Session: its fields, its list and its root fields. Source: the vendor's Sessions API.
import { sessionNode } from '../../resolvers/sessions/session-node.ts';
import { peersOfSession } from '../../resolvers/peers/peers.ts';
import { roomWithId } from '../../resolvers/rooms/rooms.ts';
import {
  durationOfSession,
  endOfSession,
  isActive,
  isRecord,
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
import { calls, includedList, onceForAll, pages } from '../prices.ts';
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
    'One meeting in a room. It begins when the first peer joins, and ends when the last peer has left or somebody ends it. Each operation reads sessions again. For a session in an event or of a peer, only `id`, `hmsId`, `room` and (in events) `startedAt` are known; its other fields cost one REST call together.',
  access: { ...reads('sessions'), room: (session) => session.room_id },
  id: { resolve: (session) => session.id },
  loadWithoutCache: (id, context) => sessionNode.loader(context).load(id),
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's id of the session: 24 hexadecimal digits." }),
    active: t.boolean({
      pure: isRecord,
      description: 'Whether the session is still running.',
      resolve: (session, _args, context) => isActive(session, context),
    }),
    customerId: t.id({
      nullable: true,
      pure: isRecord,
      description:
        "The id of the account at the vendor that owns the session's room; null if the vendor omits it.",
      resolve: (session, _args, context) => customerOfSession(session, context),
    }),
    appId: t.id({
      nullable: true,
      pure: isRecord,
      description: 'The id of the workspace in which the session takes place; null if the vendor omits it.',
      resolve: (session, _args, context) => appOfSession(session, context),
    }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      pure: isRecord,
      description:
        'The time at which the session began, `created_at` in the REST API; null if the vendor omits it.',
      resolve: (session, _args, context) => startOfSession(session, context),
    }),
    endedAt: t.field({
      type: 'DateTime',
      nullable: true,
      pure: isRecord,
      description:
        'The time at which the session ended; null while it runs. The REST API has no such field: this is the time of the last change of an ended session.',
      resolve: (session, _args, context) => endOfSession(session, context),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      nullable: true,
      pure: isRecord,
      description: 'The time at which the record of the session last changed; null if the vendor omits it.',
      resolve: (session, _args, context) => lastChangeOfSession(session, context),
    }),
    duration: t.int({
      nullable: true,
      description:
        'Whole seconds from the beginning of the session to its end, or to now while it runs; null if its beginning is not known.',
      resolve: (session, _args, context) => durationOfSession(session, context),
    }),
    room: t.field({
      type: Room,
      nullable: true,
      access: reads('rooms'),
      ...onceForAll(1),
      description: 'The room in which the session takes place.',
      resolve: (session, _args, context) => roomWithId(session.room_id, context),
    }),
    peers: t.field({
      type: PeerConnection,
      nullable: true,
      access: reads('peers'),
      ...includedList,
      description:
        'All peers who ever joined the session, in the order of joining; a person who joined twice is two peers. They are part of the record of the session, so they cost no further REST call. Null, with an error that states the size, if the record is too large to be read: in a list of sessions from some thousand peers on, otherwise above 10 MB.',
      args: {
        ...bothWaysArgs,
        filter: t.arg({
          type: PeerFilter,
          description: 'Conditions on the peers of the session; by default all are listed.',
        }),
      },
      resolve: (session, args, context) => peersOfSession(session, args, context),
    }),
  }),
});

implementConnection(SessionConnection, SessionEdge, Session, 'sessions');

builder.inputType(SessionFilter, {
  description: 'Conditions on the sessions of a list; a session must meet all that are given.',
  fields: (t) => ({
    active: t.boolean({
      description:
        'Only running (true) or only ended (false) sessions. By default the vendor decides; according to its SDK it returns both.',
    }),
    roomId: t.id({ description: 'Only sessions of the room with this vendor id or global id.' }),
    startedAfter: t.field({
      type: 'DateTime',
      description: 'Only sessions that began at this time or later.',
    }),
    startedBefore: t.field({
      type: 'DateTime',
      description: 'Only sessions that began at this time or earlier.',
    }),
  }),
});

builder.queryFields((t) => ({
  session: t.field({
    type: Session,
    nullable: true,
    access: { ...reads('sessions'), roomOf: (_root, { id }) => ({ type: 'Session', id }) },
    ...calls(1),
    description: 'Looks up one session, running or ended; null if it does not exist. Costs one REST call.',
    args: {
      id: t.arg.id({ required: true, description: 'The vendor id or global id of the session to look up.' }),
    },
    resolve: (_root, { id }, context) => sessionById(id, context),
  }),
  sessions: t.field({
    type: SessionConnection,
    nullable: true,
    access: { ...reads('sessions'), room: (_root, { filter }) => filter?.roomId ?? null },
    ...pages,
    description:
      'The sessions of the workspace, newest first. Each contains a record of everyone who joined, so large pages are slow. Costs one REST call for every 100 elements.',
    args: {
      ...forwardArgs,
      filter: t.arg({
        type: SessionFilter,
        description: 'Conditions on the sessions to list; by default running and ended sessions are listed.',
      }),
    },
    resolve: (_root, args, context) => sessionsConnection(args, context),
  }),
}));
