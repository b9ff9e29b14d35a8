// What the clients of the random histories (test/live/random-history.ts) receive, in the form in which GraphQL clients get
// it, with the state that each event must lead to.
import * as fc from 'fast-check';
import type {
  LiveSession,
  PeerChange as LivePeerChange,
  SessionChange,
  SessionTurn,
} from '../../src/live/changes.ts';
import type { ActivePeerResource } from '../../src/rest/peers/peers.ts';
import { fuzzRuns } from '../support/fuzz.ts';
import type { Mirror } from '../live/mirror.ts';
import { step, World, type Step } from '../live/random-history.ts';

/** A peer as the clients of these tests select it. */
export interface Person {
  readonly __typename: 'Peer';
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly metadata: string;
}

/** A session as the clients of these tests select it. */
export interface Running {
  readonly __typename: 'Session';
  readonly id: string;
}

interface Stamp {
  readonly cursor: string;
  readonly at: string;
}

interface Freshness {
  readonly reason: 'SUBSCRIBED' | 'CURSOR_TOO_OLD' | 'SLOW_CONSUMER' | 'BURST' | 'STALENESS';
  readonly stale: boolean;
  readonly asOf: string | null;
}

interface Turn extends Stamp {
  readonly __typename: 'SessionStarted' | 'SessionEnded';
  readonly session: Running | null;
}

/** An event of `peerChanges`, typed as code generators type it. */
export type PeerEvent =
  | (Stamp &
      Freshness & {
        readonly __typename: 'PeersSnapshot';
        readonly peers: readonly Person[];
        readonly session: Running | null;
      })
  | (Stamp & { readonly __typename: 'PeerJoined' | 'PeerUpdated'; readonly peer: Person })
  | (Stamp & {
      readonly __typename: 'PeerLeft';
      readonly cause: 'ROOM' | 'FILTER';
      readonly peer: { readonly __typename: 'Peer'; readonly id: string };
    })
  | Turn;

/** An event of `sessionChanges`. */
export type SessionEvent =
  | (Stamp & Freshness & { readonly __typename: 'SessionsSnapshot'; readonly sessions: readonly Running[] })
  | Turn;

/** What a client must know after an event, in no particular order. */
export interface Truth {
  readonly peers: ReadonlyMap<string, Person>;
  readonly sessionId: string | null;
  readonly stale: boolean;
  readonly cursor: string | undefined;
}

/** The history of one client of a room: what it received, over all its connections. */
export interface PeersHistory {
  readonly events: readonly { readonly event: PeerEvent; readonly truth: Truth }[];
  /** What the room shows in the end. */
  readonly present: { readonly peers: readonly Person[]; readonly sessionId: string | null };
}

/** The history of one client of the workspace's sessions. */
export interface SessionsHistory {
  readonly events: readonly SessionEvent[];
  /** The ids of the sessions that run in the end. */
  readonly present: ReadonlySet<string>;
}

/** All that the clients of random histories received. Each world has six clients of rooms, two of them with a filter. */
export async function recordHistories(
  worlds: number,
): Promise<{ readonly rooms: readonly PeersHistory[]; readonly workspaces: readonly SessionsHistory[] }> {
  const rooms: PeersHistory[] = [];
  const workspaces: SessionsHistory[] = [];
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
      using world = new World();
      const heard = world.clients.map(listenTo);
      await world.play(steps);
      await world.calmDown();
      for (const [at, events] of heard.entries()) {
        const { peers, sessionId } = world.presentOf(at);
        rooms.push({ events, present: { peers: peers.map(personOf), sessionId } });
      }
      const events = world.workspace.received.map(sessionEventOf);
      workspaces.push({ events, present: new Set(world.running) });
    }),
    { ...fuzzRuns(worlds), examples: [[slowConsumer]], endOnFailure: true },
  );
  return { rooms, workspaces };
}

/** One client reads nothing while six peers come, one in each poll: chance alone would not always do it. */
const slowConsumer: Step[] = [
  { do: 'connect', client: 0 },
  { do: 'wait', ms: 1100 },
  { do: 'pause', client: 0 },
  ...Array.from({ length: 6 }, (): Step[] => [
    { do: 'join', roomId: 'a', index: 0 },
    { do: 'wait', ms: 20_000 },
  ]).flat(),
  { do: 'resume', client: 0 },
];

function listenTo(mirror: Mirror): PeersHistory['events'] {
  const heard: { readonly event: PeerEvent; readonly truth: Truth }[] = [];
  mirror.applied = (change) => {
    const peers = new Map(mirror.peers.entries().map(([id, peer]) => [id, personOf(peer)]));
    const { session, stale, cursor } = mirror;
    heard.push({
      event: peerEventOf(change),
      truth: { peers, sessionId: session?.id ?? null, stale, cursor },
    });
  };
  return heard;
}

const instant = (ms: number) => new Date(ms).toISOString();
const runningOf = ({ id }: LiveSession): Running => ({ __typename: 'Session', id });

function personOf({ id, name, role, metadata }: ActivePeerResource): Person {
  return { __typename: 'Peer', id, name: name ?? '', role: role ?? '', metadata: metadata ?? '' };
}

function peerEventOf(change: LivePeerChange): PeerEvent {
  const stamp = { cursor: change.cursor, at: instant(change.at) };
  switch (change.kind) {
    case 'snapshot': {
      const { reason, stale, asOf, session } = change;
      return {
        __typename: 'PeersSnapshot',
        ...stamp,
        reason,
        stale,
        asOf: asOf === null ? null : instant(asOf),
        peers: change.peers.map(personOf),
        session: session === null ? null : runningOf(session),
      };
    }
    case 'joined':
      return { __typename: 'PeerJoined', ...stamp, peer: personOf(change.peer) };
    case 'updated':
      return { __typename: 'PeerUpdated', ...stamp, peer: personOf(change.peer) };
    case 'left': {
      const peer = { __typename: 'Peer', id: change.peer.id } as const;
      return { __typename: 'PeerLeft', ...stamp, cause: change.cause, peer };
    }
    default:
      return turnOf(change);
  }
}

function turnOf({ kind, cursor, at, session }: SessionTurn): Turn {
  const __typename = kind === 'sessionStarted' ? 'SessionStarted' : 'SessionEnded';
  return { __typename, cursor, at: instant(at), session: runningOf(session) };
}

function sessionEventOf(change: SessionChange): SessionEvent {
  if (change.kind !== 'sessions') return turnOf(change);
  const { cursor, at, reason, stale, asOf, sessions } = change;
  return {
    __typename: 'SessionsSnapshot',
    cursor,
    at: instant(at),
    reason,
    stale,
    asOf: asOf === null ? null : instant(asOf),
    sessions: sessions.map(runningOf),
  };
}
