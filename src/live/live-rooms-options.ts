// The options of the live core.
import type { Clock } from '../clock.ts';
import type { ChannelLimits } from './log/channel.ts';
import type { LogEngine } from './log/shared-log.ts';
import type { LiveObserver } from './observer.ts';
import type { CheckShare } from './sessions/check-share.ts';
import type { LiveUpstream } from './upstream/live-upstream.ts';

/** The options of LiveRooms. Values are not checked here: config.ts checks those that operators set. */
export interface LiveRoomsOptions {
  /** Where all polls go. A poll that fails is repeated after a growing wait; see Pace. */
  readonly upstream: LiveUpstream;
  /** The time of events and snapshots, and all timers. */
  readonly clock: Clock;
  /**
   * Milliseconds between two reads of a live room after a change, a hint or a first subscriber: the shortest wait. It
   * is also the age at which a snapshot becomes too old for queries. POLL_INTERVAL_MS in the configuration.
   */
  readonly pollIntervalMs: number;
  /**
   * Milliseconds between two reads of a live room in which nothing changes, or whose reads fail: the longest wait.
   * POLL_MAX_INTERVAL_MS in the configuration.
   */
  readonly pollMaxIntervalMs: number;
  /**
   * Milliseconds between two session checks, so the longest time until a room's start is noticed without a webhook. A
   * failed check is repeated sooner. SESSION_CHECK_MS in the configuration.
   */
  readonly sessionCheckMs: number;
  /**
   * Reads of the tracks of peers a second, over all rooms and, with `shared`, until the fleet gives this instance another share.
   * Default: 10. TRACKS_RPS in the configuration.
   */
  readonly trackLooksPerSecond?: number;
  /** Jitter of the waits between polls: returns a number in [0, 1). Default: Math.random. */
  readonly random?: () => number;
  /**
   * Called for each new log; the text names it in cursors: 1 to 64 letters, digits, `-` or `_`. It must differ between
   * two runs of the gateway, or a cursor of the earlier run would be accepted by this one. Default: a random UUID.
   */
  readonly newEpoch?: () => string;
  /**
   * Bounds of each room's log and of what its subscribers may leave unread. Defaults: a log of 4 MiB and 15 minutes, an
   * unread backlog of 256 KiB of earlier polls, and a burst of 65 changes and 256 KiB in one poll.
   */
  readonly limits?: Partial<ChannelLimits>;
  /** The most bytes of events in all logs together; then the oldest are removed. Default: 64 MiB. */
  readonly totalLogBytes?: number;
  /** Webhooks queued for one subscriber of `roomEvents`; when more arrive, the oldest is dropped. Default: 64. */
  readonly queueSize?: number;
  /** Hooks for metrics. Default: no hooks. */
  readonly observer?: LiveObserver;
  /** What this instance shares with others. Default: it is alone. */
  readonly shared?: { readonly logs: LogEngine; readonly checks: CheckShare };
}
