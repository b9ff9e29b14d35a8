// Session.attendance: how long each user was in a session. Source: the vendor's Sessions API and its guide to
// attendance.
import { attendanceOfSession } from '../../resolvers/peers/attendance.ts';
import { reads } from '../access.ts';
import { builder } from '../builder.ts';
import { includedListOf } from '../prices.ts';
import { Attendance, Peer, Session } from '../refs.ts';

builder.objectType(Attendance, {
  description:
    'How long one user attended a session, with all devices and all stays counted together. Peers without a user id may be different people, so each of them is an attendance of its own.',
  fields: (t) => ({
    userId: t.exposeString('userId', {
      nullable: true,
      description: "The app's own id of the attending user; null for a peer that joined without one.",
    }),
    attendedSeconds: t.exposeInt('attendedSeconds', {
      description:
        'The whole seconds that the user was in the room. A stay without a leaving time ends with the session, or now while it runs. Stays that overlap count once.',
    }),
    joinedAt: t.expose('joinedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the user first joined; null where the record has none.',
    }),
    leftAt: t.expose('leftAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'The time at which the user last left; null while the user is connected, or where the record has none.',
    }),
    connected: t.exposeBoolean('connected', {
      description: 'Whether at least one peer of the user is connected now.',
    }),
    peers: t.field({
      type: [Peer],
      ...includedListOf(2),
      description: 'The peers of the user in this session, in the order of joining.',
      resolve: (attendance) => [...attendance.peers],
    }),
  }),
});

builder.objectField(Session, 'attendance', (t) =>
  t.field({
    type: [Attendance],
    nullable: true,
    access: reads('peers'),
    ...includedListOf(100),
    description:
      "How long each user attended, in the order of their first joining. It is computed from the session's record and costs no REST call of its own.",
    resolve: (session, _args, context) => attendanceOfSession(session, context),
  }),
);
