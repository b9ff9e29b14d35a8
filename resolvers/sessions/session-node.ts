// The Node `Session`, and the loader of a room's running session.
import { getSession, type SessionResource } from '../../src/rest/sessions/sessions.ts';
import { plannedLoader, resourceLoader } from '../loaders.ts';
import { roomOwnedNode } from '../node.ts';

/** The Node `Session` with its loader: one REST call for each id, shared within the operation. */
export const sessionNode = roomOwnedNode(resourceLoader(getSession));

/**
 * Loads the running session of a room, by room id; null if the room is not live, or the gateway has ended the session.
 * The rooms share REST calls.
 */
export const activeSessionLoader = plannedLoader<SessionResource>(async (ids, { catalog, call }) => {
  const found = await catalog.activeSessions(ids, call);
  for (const [roomId, session] of found) {
    if (!(session instanceof Error)) found.set(roomId, catalog.written.peers.overSession(roomId, session));
  }
  return found;
});
