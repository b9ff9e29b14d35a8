// LiveRooms over a FakeUpstream and a clock that only `advance` moves: the set-up of most tests of the live core.
import type { LiveRoomsOptions } from '../../src/live/live-rooms-options.ts';
import { LiveRooms } from '../../src/live/live-rooms.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { FakeUpstream } from './fake-upstream.ts';
import { Mirror, type MirrorOptions } from './mirror.ts';

/** Polls every 1 s to 10 s, session checks every 5 s, no jitter. */
export class Scene implements Disposable {
  readonly clock = new ManualClock();
  readonly upstream = new FakeUpstream(this.clock);
  readonly live: LiveRooms;

  constructor(options: Partial<LiveRoomsOptions> = {}) {
    this.live = new LiveRooms({
      upstream: this.upstream,
      clock: this.clock,
      pollIntervalMs: 1000,
      pollMaxIntervalMs: 10_000,
      sessionCheckMs: 5000,
      random: () => 0,
      ...options,
    });
  }

  /** A client of room `r` that has received its first events. */
  async client(options: Partial<MirrorOptions> = {}): Promise<Mirror> {
    const mirror = new Mirror(this.live, { roomId: 'r', ...options });
    mirror.connect();
    await this.clock.advance(0);
    return mirror;
  }

  /** A client of a room that has subscribed and has received no event yet. */
  watching(roomId: string): Mirror {
    const mirror = new Mirror(this.live, { roomId });
    mirror.connect();
    return mirror;
  }

  /** The calls of the upstream while `run` runs, in order. */
  async callsDuring(run: () => Promise<unknown> | void): Promise<readonly string[]> {
    const before = this.upstream.calls.length;
    await run();
    await this.clock.advance(0);
    return this.upstream.calls.slice(before);
  }

  [Symbol.dispose](): void {
    this.live.close();
  }
}

/** The received events from index `from`, one short text each. */
export function summary(mirror: Mirror, from = 0): string[] {
  return mirror.received.slice(from).map((change) => {
    if (change.kind === 'snapshot') return `snapshot ${change.reason}${change.stale ? ' stale' : ''}`;
    return 'peer' in change ? `${change.kind} ${change.peer.id}` : change.kind;
  });
}
