// What happened in a room, in words: the events of `peerChanges`, and before them what the session's record tells.
import type { WatchRoomSubscription } from '../../generated/graphql.ts';
import { hasHandUp, nameOf, type Person } from './people.ts';

export type RoomEvent = WatchRoomSubscription['peerChanges'];

export type Kind = 'joined' | 'left' | 'hand-up' | 'hand-down' | 'role' | 'name' | 'session' | 'gap';

/** One line of the timeline: who, and what they did. */
export interface Entry {
  readonly key: string;
  /** RFC 3339. */
  readonly at: string;
  readonly kind: Kind;
  /** The person; null: it concerns the room. */
  readonly who: string | null;
  readonly what: string;
  /** What else is known of it; may be empty. */
  readonly more: string;
}

/** The most entries that are kept of a room; the oldest go first. */
const MAX_ENTRIES = 500;

/** The newest first. */
export function withEntries(entries: readonly Entry[], more: readonly Entry[]): readonly Entry[] {
  return more.length === 0 ? entries : [...more.toReversed(), ...entries].slice(0, MAX_ENTRIES);
}

/** What an event adds. `before` are the people as they were before it. */
export function entriesOf(event: RoomEvent, before: readonly Person[], isFirst: boolean): readonly Entry[] {
  const { at, cursor: key } = event;
  const entry = (kind: Kind, who: string | null, what: string, more = ''): Entry => ({
    key: `${key} ${kind}`,
    at,
    kind,
    who,
    what,
    more,
  });
  switch (event.__typename) {
    case 'PeersSnapshot':
      return isFirst ? [] : entriesOfSnapshot(event, before).map((what) => entry('gap', null, what));
    case 'PeerJoined':
      return [entry('joined', nameOf(event.peer), 'joined')];
    case 'PeerLeft': {
      return [entry('left', nameOf(event.peer), 'left', event.leaveReason ?? '')];
    }
    case 'PeerUpdated':
      return updates(event, before).map(([kind, who, what, more]) => entry(kind, who, what, more));
    case 'SessionStarted':
      return [entry('session', null, 'The session started')];
    case 'SessionEnded':
      return [entry('session', null, 'The session ended')];
    default:
      // A newer gateway may have further events.
      return [];
  }
}

/** What changed between the last event that arrived and a snapshot. */
function entriesOfSnapshot(
  { reason, stale, peers }: Extract<RoomEvent, { __typename: 'PeersSnapshot' }>,
  before: readonly Person[],
): readonly string[] {
  if (reason === 'STALENESS') {
    return [stale ? 'The REST API stopped answering' : 'The REST API answers again'];
  }
  const known = new Set(before.map(({ id }) => id));
  const joined = peers.filter(({ id }) => !known.has(id)).length;
  const left = before.length - (peers.length - joined);
  const parts = [joined > 0 ? `${joined} joined` : '', left > 0 ? `${left} left` : ''].filter(
    (part) => part !== '',
  );
  return parts.length === 0 ? [] : [`Meanwhile ${parts.join(', ')}`];
}

type Update = readonly [kind: Kind, who: string, what: string, more?: string];

function updates(
  { peer, previous, changed }: Extract<RoomEvent, { __typename: 'PeerUpdated' }>,
  before: readonly Person[],
): readonly Update[] {
  const who = nameOf(peer);
  const found: Update[] = [];
  const old = before.find(({ id }) => id === peer.id);
  if (changed.includes('METADATA') && old !== undefined && hasHandUp(old) !== hasHandUp(peer)) {
    found.push(hasHandUp(peer) ? ['hand-up', who, 'raised a hand'] : ['hand-down', who, 'lowered the hand']);
  }
  if (changed.includes('ROLE')) {
    const [role, before] = [peer.role, previous.role].map((name) => name ?? 'without a role');
    found.push(['role', who, `became ${role}`, `was ${before}`]);
  }
  if (changed.includes('NAME')) found.push(['name', nameOf({ name: previous.name }), `is now ${who}`]);
  return found;
}

/** A stay of the session's record. */
interface RecordedStay {
  readonly hmsId: string;
  readonly name: string | null;
  readonly joinedAt: string | null;
  readonly leftAt: string | null;
}

/** What the record tells of the time before `until`, the newest first. */
export function entriesOfRecord(stays: readonly RecordedStay[], until: number): readonly Entry[] {
  return stays
    .flatMap((stay) => [recorded(stay, 'joined', stay.joinedAt), recorded(stay, 'left', stay.leftAt)])
    .filter((entry) => entry !== null)
    .filter(({ at }) => Date.parse(at) < until)
    .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
    .slice(0, MAX_ENTRIES);
}

function recorded(stay: RecordedStay, kind: 'joined' | 'left', at: string | null): Entry | null {
  return at === null
    ? null
    : { key: `${stay.hmsId} ${kind}`, at, kind, who: nameOf(stay), what: kind, more: '' };
}
