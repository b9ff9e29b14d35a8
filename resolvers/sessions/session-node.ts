// The Node `Session`, and the loader of a room's running session.
import { getSession, type SessionResource } from '../../src/rest/sessions/sessions.ts';
import { plannedLoader, resourceLoader } from '../loaders.ts';
import { roomOwnedNode } from '../node.ts';

/** The Node `Session` with its loader: one REST call for each id, shared within the operation. */
export const sessionNode = roomOwnedNode(resourceLoader(getSession));

/** Loads the running session of a room, by room id; null if the room is not live. The rooms share REST calls. */
export const activeSessionLoader = plannedLoader<SessionResource>((ids, { catalog, call }) =>
  catalog.activeSessions(ids, call),
);
