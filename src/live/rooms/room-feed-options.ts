// The options of the feed of one watched room.
import type { FeedCommon } from '../log/feed-state.ts';
import type { SessionPoller } from '../sessions/session-poller.ts';
import type { LiveUpstream } from '../upstream/live-upstream.ts';
import type { PaceOptions } from '../upstream/pace.ts';
import type { PeersQueue } from '../upstream/poll-queue.ts';
import type { FindLeaveReason } from './differences.ts';

/** Everything a feed needs; LiveRooms, which makes the feeds, has the defaults. */
export interface RoomFeedOptions extends FeedCommon {
  readonly roomId: string;
  readonly upstream: LiveUpstream;
  /** Reports whether the room is live, and in which session. */
  readonly sessions: SessionPoller;
  /** Gives the turns for polls, shared by all rooms. */
  readonly polls: PeersQueue;
  /** The bounds of the wait between two reads while the room is live. */
  readonly pace: PaceOptions;
  readonly findLeaveReason: FindLeaveReason;
  /** Called when the last subscriber has left and all polling for the room has stopped. */
  readonly onIdle: () => void;
}
