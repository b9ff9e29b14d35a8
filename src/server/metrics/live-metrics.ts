// The metrics of watched rooms. No label names a room: there may be thousands.
import { Gauge, type Registry } from 'prom-client';
import type { LiveGauges, LiveObserver } from '../../live/observer.ts';
import { CellMap, Counters, Histograms } from './cells.ts';

/** How a gauge is computed from a count of the live core. */
interface GaugeOf {
  readonly key: keyof LiveGauges;
  readonly name: string;
  readonly help: string;
  /** The number of the count's units in one unit of the gauge; default: 1. */
  readonly unit?: number;
}

const gaugesOfLive: readonly GaugeOf[] = [
  { key: 'watchedRooms', name: 'hms_live_watched_rooms', help: 'Rooms with at least one subscriber.' },
  {
    key: 'ledRooms',
    name: 'hms_live_led_rooms',
    help: 'Watched rooms that this instance polls: all of them, or its part where several instances share Redis.',
  },
  { key: 'liveRooms', name: 'hms_live_live_rooms', help: 'Watched rooms with a running session.' },
  {
    key: 'staleRooms',
    name: 'hms_live_stale_rooms',
    help: 'Watched rooms whose state is stale, because polls fail.',
  },
  {
    key: 'waitingPolls',
    name: 'hms_live_waiting_polls',
    help: 'Watched rooms whose poll is due and waits for the budget of REST calls.',
  },
  {
    key: 'pollStretch',
    name: 'hms_live_poll_stretch',
    help: 'Factor by which the intervals between polls exceed those that the rooms want; 1: the budget suffices.',
  },
  {
    key: 'keptRooms',
    name: 'hms_live_kept_rooms',
    help: 'Rooms without subscribers whose log is kept, so that a subscriber can resume.',
  },
  {
    key: 'logBytes',
    name: 'hms_live_log_bytes',
    help: 'Estimated bytes of the events that are kept for subscribers and for clients that resume.',
  },
  {
    key: 'trackedRooms',
    name: 'hms_live_tracked_rooms',
    help: 'Rooms with at least one subscriber of trackChanges.',
  },
  {
    key: 'trackedPeers',
    name: 'hms_live_tracked_peers',
    help: 'Peers whose tracks this instance reads.',
  },
  {
    key: 'waitingTrackReads',
    name: 'hms_live_waiting_track_looks',
    help: 'Peers whose tracks are due to be read, and wait for their turn, for the share of reads or for the budget of REST calls.',
  },
  {
    key: 'oldestTracksAgeMs',
    name: 'hms_live_oldest_tracks_age_seconds',
    help: 'Age of the oldest read of tracks among the peers whose tracks this instance reads.',
    unit: 1000,
  },
  { key: 'subscribers', name: 'hms_live_subscribers', help: 'Running subscriptions to events of rooms.' },
  {
    key: 'oldestAsOfAgeMs',
    name: 'hms_live_oldest_age_seconds',
    help: 'Age of the oldest state of a watched room.',
    unit: 1000,
  },
];

/** Upper bounds of the histogram of event delays, in seconds. */
const DELAY_BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

/** The counters of the live core, all zero, in `registry`. */
export function createLiveMetrics(
  registry: Registry,
): Required<Pick<LiveObserver, 'onRead' | 'onTrackRead' | 'onSessionPoll' | 'onDelivered'>> {
  const polls = new Counters(registry, {
    name: 'hms_live_polls_total',
    help: 'Polls of rooms, by result.',
    labelNames: ['result'],
  });
  const trackReads = new Counters(registry, {
    name: 'hms_live_track_looks_total',
    help: 'Reads of the tracks of peers, by result.',
    labelNames: ['result'],
  });
  const sessionReads = new Counters(registry, {
    name: 'hms_live_session_looks_total',
    help: 'Reads of the sessions of watched rooms, by result.',
    labelNames: ['result'],
  });
  const delay = new Histograms(registry, {
    name: 'hms_live_event_delay_seconds',
    help: 'Time from seeing a change to handing it to a subscriber.',
    bounds: DELAY_BUCKETS,
  }).cell();
  const pollOf = new CellMap((result: string) => polls.cell({ result }));
  const trackReadOf = new CellMap((result: string) => trackReads.cell({ result }));
  const sessionReadOf = new CellMap((result: string) => sessionReads.cell({ result }));
  return {
    onRead: (result) => pollOf.of(result).add(),
    onTrackRead: (result) => trackReadOf.of(result).add(),
    onSessionPoll: (result) => sessionReadOf.of(result).add(),
    onDelivered: (delayMs) => delay.observe(delayMs / 1000),
  };
}

/** Registers the gauges of the live core; `gauges` runs at each scrape, once for each gauge. */
export function watchLive(registry: Registry, gauges: () => LiveGauges): void {
  for (const { key, name, help, unit = 1 } of gaugesOfLive) {
    const collect = (): void => gauge.set(gauges()[key] / unit);
    const gauge: Gauge = new Gauge({ name, help, registers: [registry], collect });
  }
}
