// The options of the feed of one watched room.
import type { ChannelCommon } from '../log/channel.ts';
import type { LogEngine } from '../log/shared-log.ts';
import type { SessionPoller } from '../sessions/session-poller.ts';
import type { LiveUpstream } from '../upstream/live-upstream.ts';
import type { PaceOptions } from '../upstream/pace.ts';
import type { PeersQueue } from '../upstream/poll-queue.ts';
import type { FindLeaveReason } from './differences.ts';

/** Everything a feed needs; LiveRooms, which makes the feeds, has the defaults. */
export interface RoomFeedOptions extends ChannelCommon {
  readonly roomId: string;
  /** Makes the feed's log, which says whether this instance looks at the room. */
  readonly logs: LogEngine;
  readonly upstream: LiveUpstream;
  /** Reports whether the room is live, and in which session. */
  readonly sessions: SessionPoller;
  /** Gives the turns for polls, shared by all rooms. */
  readonly polls: PeersQueue;
  /** The bounds of the wait between two looks while the room is live. */
  readonly pace: PaceOptions;
  /** See ChannelOptions. */
  readonly epoch: string;
  readonly findLeaveReason: FindLeaveReason;
  /** Called when the last subscriber has left and all polling for the room has stopped. */
  readonly onIdle: () => void;
}
