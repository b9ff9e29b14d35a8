// The options of the feed of one watched room.
import type { Clock } from '../../clock.ts';
import type { LiveObserver } from '../observer.ts';
import type { SessionPoller } from '../sessions/session-poller.ts';
import type { LiveUpstream } from '../upstream/live-upstream.ts';
import type { PaceOptions } from '../upstream/pace.ts';
import type { PollQueue } from '../upstream/poll-queue.ts';
import type { FindLeaveReason } from './differences.ts';

/** Everything a feed needs; LiveRooms, which makes the feeds, has the defaults. */
export interface RoomFeedOptions {
  readonly roomId: string;
  readonly upstream: LiveUpstream;
  readonly clock: Clock;
  /** Reports whether the room is live, and in which session. */
  readonly sessions: SessionPoller;
  /** Gives the turns for polls, shared by all rooms. */
  readonly polls: PollQueue;
  /** The bounds of the wait between two looks while the room is live. */
  readonly pace: PaceOptions;
  /** See ChannelOptions. */
  readonly epoch: string;
  /** See ChannelOptions. */
  readonly logSize: number;
  /** See ChannelOptions. */
  readonly queueSize: number;
  readonly observer: LiveObserver | undefined;
  readonly findLeaveReason: FindLeaveReason;
  /** Called when the last subscriber has left and all polling for the room has stopped. */
  readonly onIdle: () => void;
}
