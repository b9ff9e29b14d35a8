// Session.attendance: who was there for how long. Source: the vendor's Sessions API and its guide to attendance.
import { attendanceOfSession } from '../../resolvers/sessions/attendance.ts';
import { reads } from '../access.ts';
import { builder } from '../builder.ts';
import { Attendance, Peer, Session } from '../refs.ts';

builder.objectType(Attendance, {
  description:
    'How long one user attended a session, on however many devices and in however many stays. Someone who joined without a user id is an attendance of their own each time they joined.',
  fields: (t) => ({
    userId: t.exposeString('userId', {
      nullable: true,
      description: "The app's own id of the person; null for a peer that joined without one.",
    }),
    seconds: t.exposeInt('seconds', {
      description:
        'Whole seconds between joining and leaving, or until now, or until the end of the session. Times of several peers of the user that overlap count once.',
    }),
    joinedAt: t.expose('joinedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the user first joined; null where the record does not tell.',
    }),
    leftAt: t.expose('leftAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the user last left; null while the user is there, or where the record does not tell.',
    }),
    connected: t.exposeBoolean('connected', { description: 'Whether the user is in the room now.' }),
    peers: t.field({
      type: [Peer],
      description: 'The joinings that it is made of, in their order.',
      resolve: (attendance) => [...attendance.peers],
    }),
  }),
});

builder.objectField(Session, 'attendance', (t) =>
  t.field({
    type: [Attendance],
    nullable: true,
    authScopes: reads('peers'),
    description:
      'Who attended for how long, in the order of the first joining. Comes with the session and costs nothing more.',
    resolve: (session, _args, context) => attendanceOfSession(session, context),
  }),
);
