// The Node `Session`, and the loader of a room's running session.
import { getSession, type SessionResource } from '../../src/rest/sessions/sessions.ts';
import { plannedLoader, resourceLoader } from '../loaders.ts';
import { roomOwnedNode } from '../node.ts';

export const sessionNode = roomOwnedNode(resourceLoader(getSession));

/** The running session of a room, by room id; null where the room is not live. */
export const activeSessionLoader = plannedLoader<SessionResource>((ids, { catalog, call }) =>
  catalog.activeSessions(ids, call),
);
