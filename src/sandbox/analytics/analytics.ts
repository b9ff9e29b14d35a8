// The analytics of the sandbox: what happened in each room, kept for 30 days, asked for by snapshots. The first page
// of a query takes the snapshot; `next` walks it for 24 hours, whatever happens meanwhile.
import { createHash } from 'node:crypto';
import type { AnalyticsEvent } from '../../openapi/types.ts';
import { happeningsOf, recordingHappening, type Happening } from './analytics-events.ts';
import { Ids } from '../ids.ts';
import { inNanos } from '../instant.ts';
import { Random } from '../random.ts';
import type { Jobs } from '../media/jobs.ts';
import type { JobSurroundings } from '../media/job-webhooks.ts';
import type { Workspace } from '../workspace.ts';

const DAY_MS = 24 * 3600 * 1000;
const KEPT_MS = 30 * DAY_MS;
const SNAPSHOT_MS = DAY_MS;
/** Events kept of a room, and snapshots kept of all; the oldest are forgotten beyond. */
const MAX_EVENTS = 2000;
const MAX_SNAPSHOTS = 200;

/** Which events are wanted; all conditions must hold. */
export interface EventFilter {
  readonly room_id: string;
  readonly type?: readonly string[];
  readonly session_id?: string;
  readonly peer_id?: string;
  readonly user_id?: string;
  readonly beam_id?: string;
  /** true: failures of clients only. */
  readonly error?: boolean;
}

export interface EventPage {
  readonly total: number;
  /** Where the next page starts; empty at the end. */
  readonly next: string;
  readonly events: readonly AnalyticsEvent[];
}

interface Kept {
  readonly ms: number;
  readonly event: AnalyticsEvent;
}

interface Snapshot {
  readonly events: readonly AnalyticsEvent[];
  readonly endsMs: number;
}

/** The parts of the world from which analytics events are made. */
export type AnalyticsSource = Workspace & JobSurroundings & { readonly jobs: Jobs };

export class Analytics {
  readonly #now: () => number;
  readonly #ids: Ids;
  /** By room id, in order of happening. */
  readonly #events = new Map<string, Kept[]>();
  readonly #snapshots = new Map<string, Snapshot>();

  constructor(world: AnalyticsSource) {
    this.#now = () => world.now();
    this.#ids = new Ids(`analytics:${world.seed}`);
    const random = new Random(`analytics:${world.seed}`);
    world.events.on((event) => {
      for (const happening of happeningsOf(event, random, world.customerId)) this.add(happening);
    });
    world.jobs.events.on((event) => {
      const happening = recordingHappening(event, world, this.#ids.uuid());
      if (happening !== undefined) this.add(happening);
    });
  }

  add({ at, content }: Happening): void {
    const envelope = { version: '2.0', id: this.#ids.uuid(), timestamp: inNanos(at) };
    const event: AnalyticsEvent = { ...envelope, ...content };
    const events = this.#events.get(content.data.room_id) ?? [];
    events.push({ ms: at.ms, event });
    this.#events.set(
      content.data.room_id,
      events.length > MAX_EVENTS ? events.slice(-MAX_EVENTS / 2) : events,
    );
  }

  /** The first page of what matches now, newest first. */
  find(filter: EventFilter, limit: number): EventPage {
    const since = this.#now() - KEPT_MS;
    const events = (this.#events.get(filter.room_id) ?? [])
      .filter(({ ms, event }) => ms >= since && matches(event, filter))
      .map(({ event }) => event)
      .toReversed();
    const id = `${this.#ids.uuid()}:${createHash('sha256').update(JSON.stringify(filter)).digest('base64url').slice(0, 7)}`;
    this.#snapshots.set(id, { events, endsMs: this.#now() + SNAPSHOT_MS });
    for (const old of this.#snapshots
      .keys()
      .take(Math.max(0, this.#snapshots.size - MAX_SNAPSHOTS))
      .toArray()) {
      this.#snapshots.delete(old);
    }
    return pageOf(id, events, 0, limit);
  }

  /** The page at a `next` of before; undefined for one that is unknown or has died. */
  resume(start: string, limit: number): EventPage | undefined {
    const [id = '', place = ''] = start.split('~');
    const snapshot = this.#snapshots.get(id);
    if (snapshot === undefined || snapshot.endsMs < this.#now()) return undefined;
    return pageOf(id, snapshot.events, Number.parseInt(place, 36), limit);
  }
}

function pageOf(id: string, events: readonly AnalyticsEvent[], place: number, limit: number): EventPage {
  const end = place + limit;
  return {
    total: events.length,
    next: end < events.length ? `${id}~${end.toString(36)}=` : '',
    events: events.slice(place, end),
  };
}

function matches({ type, data }: AnalyticsEvent, filter: EventFilter): boolean {
  const beamId = 'beam_id' in data ? data.beam_id : undefined;
  const userId = 'user_id' in data ? data.user_id : undefined;
  return (
    (filter.type === undefined || filter.type.includes(type)) &&
    (filter.session_id === undefined || data.session_id === filter.session_id) &&
    (filter.peer_id === undefined || data.peer_id === filter.peer_id) &&
    (filter.user_id === undefined || userId === filter.user_id) &&
    (filter.beam_id === undefined || beamId === filter.beam_id) &&
    (filter.error !== true || type.startsWith('client.'))
  );
}
