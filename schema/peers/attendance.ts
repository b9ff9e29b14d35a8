// Session.attendance: how long each user was in a session. Source: the vendor's Sessions API and its guide to
// attendance.
import { attendanceOfSession } from '../../resolvers/peers/attendance.ts';
import { reads } from '../access.ts';
import { builder } from '../builder.ts';
import { includedListOf } from '../prices.ts';
import { Attendance, Peer, Session } from '../refs.ts';

builder.objectType(Attendance, {
  description:
    'How long one user attended a session: all devices and all stays together. Peers without a `userId` may be different people, so each of them has an entry of its own.',
  fields: (t) => ({
    userId: t.exposeString('userId', {
      nullable: true,
      description: "The app's own id of the attending user; null for a peer that joined without one.",
    }),
    attendedSeconds: t.exposeInt('attendedSeconds', {
      description:
        'How long the user was in the room, in whole seconds. Time in overlapping stays counts once. A stay without a recorded end lasts until the session ended, or until now if it is running.',
    }),
    joinedAt: t.expose('joinedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the user first joined; null if the record has no such time.',
    }),
    leftAt: t.expose('leftAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'The time at which the user last left; null while the user is connected, or if the record has no such time.',
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
      'How long each user attended, in the order in which they first joined. It is computed from the record of the session, so it costs no further REST call.',
    resolve: (session, _args, context) => attendanceOfSession(session, context),
  }),
);
