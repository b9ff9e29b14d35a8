// The analytics events of each room, which can be queried for 30 days. The first page of a query takes a snapshot of the matching
// events; `next` pages through the snapshot for 24 hours, unaffected by later events.
import { createHash } from 'node:crypto';
import type { AnalyticsEvent } from '../../openapi/types.ts';
import { eventDraftsFrom, recordingDraft, type EventDraft } from './analytics-events.ts';
import { Ids } from '../ids.ts';
import { inNanos } from '../instant.ts';
import { Random } from '../random.ts';
import type { Jobs } from '../media/jobs.ts';
import type { JobSurroundings } from '../media/job-webhooks.ts';
import type { Workspace } from '../workspace.ts';

const DAY_MS = 24 * 3600 * 1000;
const KEPT_MS = 30 * DAY_MS;
const SNAPSHOT_MS = DAY_MS;
/** Events kept per room; beyond this the older half is forgotten. */
const MAX_EVENTS = 2000;
/** Snapshots kept; beyond this the oldest are forgotten. */
const MAX_SNAPSHOTS = 200;

/** Conditions of a query, with the names of its parameters; an event must fulfil all of them. */
export interface EventFilter {
  readonly room_id: string;
  readonly type?: readonly string[];
  readonly session_id?: string;
  readonly peer_id?: string;
  readonly user_id?: string;
  readonly beam_id?: string;
  /** `true`: only failures of clients (`client.*`). */
  readonly error?: boolean;
}

/** A page of a snapshot. */
export interface EventPage {
  /** Events in the snapshot. */
  readonly total: number;
  /** The `start` of the next page; `''` on the last page. */
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

/** Records the events of the world and of media jobs, and answers queries. */
export class Analytics {
  readonly #now: () => number;
  readonly #ids: Ids;
  /** By room id, in order of recording. */
  readonly #events = new Map<string, Kept[]>();
  readonly #snapshots = new Map<string, Snapshot>();

  constructor(world: AnalyticsSource) {
    this.#now = () => world.now();
    this.#ids = new Ids(`analytics:${world.seed}`);
    const random = new Random(`analytics:${world.seed}`);
    world.events.on((event) => {
      for (const draft of eventDraftsFrom(event, random, world.customerId)) this.add(draft);
    });
    world.jobs.events.on((event) => {
      const draft = recordingDraft(event, world, this.#ids.uuid());
      if (draft !== undefined) this.add(draft);
    });
  }

  /** Records an event in the room that its data names. */
  add({ at, content }: EventDraft): void {
    const envelope = { version: '2.0', id: this.#ids.uuid(), timestamp: inNanos(at) };
    const event: AnalyticsEvent = { ...envelope, ...content };
    const events = this.#events.get(content.data.room_id) ?? [];
    events.push({ ms: at.ms, event });
    this.#events.set(
      content.data.room_id,
      events.length > MAX_EVENTS ? events.slice(-MAX_EVENTS / 2) : events,
    );
  }

  /** Takes a snapshot of the events that match now, newest first, and returns its first page. */
  find(filter: EventFilter, limit: number): EventPage {
    const since = this.#now() - KEPT_MS;
    const events = (this.#events.get(filter.room_id) ?? [])
      .filter(({ ms, event }) => ms >= since && matches(event, filter))
      .map(({ event }) => event)
      .toReversed();
    const hash = createHash('sha256').update(JSON.stringify(filter)).digest('base64url');
    const id = `${this.#ids.uuid()}:${hash.slice(0, 7)}`;
    this.#snapshots.set(id, { events, endsMs: this.#now() + SNAPSHOT_MS });
    for (const old of this.#snapshots
      .keys()
      .take(Math.max(0, this.#snapshots.size - MAX_SNAPSHOTS))
      .toArray()) {
      this.#snapshots.delete(old);
    }
    return pageOf(id, events, 0, limit);
  }

  /** The page at `next` of the page before; undefined if its snapshot is unknown or has expired. */
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
