// Sessions: which fields serve which operations.
import { cover, list, query } from '../row.ts';

cover({
  listSessions: { fields: ['sessions', 'Room.sessions', 'Room.activeSession'], document: list('sessions') },
  getSession: {
    fields: ['session', 'Peer.session'],
    document: query(({ session }) => `session(id: "${session}") { active }`),
  },
});
