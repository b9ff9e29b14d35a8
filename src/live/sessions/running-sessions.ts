// The running sessions of the workspace as a state: the events between two states, and their form for other instances. Pure.
import type { LiveSession, SessionTurn } from '../changes.ts';
import type { Codec } from '../log/shared-log.ts';

/** By session id, oldest first. */
export type Running = ReadonlyMap<string, LiveSession>;

/** The start or end of a session, before the channel numbers it. */
export type Turn = Pick<SessionTurn, 'kind' | 'session'>;

/** How the running sessions are written for other instances. */
export const sessionsCodec: Codec<Running, Turn> = {
  items: (running) => running,
  head: () => null,
  state(_head, items) {
    // Written by `items` of this codec.
    const sessions = [...items.values()] as LiveSession[];
    return new Map(sessions.sort(byStart).map((session) => [session.id, session]));
  },
  encode: (events) => events,
  // Written by `encode` of this codec.
  decode: (value) => value as readonly Turn[],
};

/** The ends and starts that lead from one set of running sessions to another: ends first, starts oldest first. */
export function turnsBetween(before: Running, now: Running): readonly Turn[] {
  const ended = [...before.values()].filter(({ id }) => !now.has(id));
  const started = [...now.values()].filter(({ id }) => !before.has(id)).sort(byStart);
  return [
    ...ended.map((session) => ({ kind: 'sessionEnded', session }) as const),
    ...started.map(({ id, room_id, created_at }) => {
      return { kind: 'sessionStarted', session: { id, room_id, created_at } } as const;
    }),
  ];
}

/** The state after these events. */
export function afterTurns(before: Running, events: readonly Turn[]): Running {
  const running = new Map(before);
  for (const { kind, session } of events) {
    if (kind === 'sessionStarted') running.set(session.id, session);
    else running.delete(session.id);
  }
  return running;
}

function byStart(a: LiveSession, b: LiveSession): number {
  return Date.parse(a.created_at) - Date.parse(b.created_at) || (a.id < b.id ? -1 : 1);
}
