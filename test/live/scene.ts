// Live rooms over a REST API in memory and a clock that stands still: what most tests of the live core begin with.
import { LiveRooms, type LiveRoomsOptions } from '../../src/live/live-rooms.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { FakeUpstream } from './fake-upstream.ts';
import { Mirror, type MirrorOptions } from './mirror.ts';

/** Polls between 1 s and 10 s, sessions every 5 s, no jitter. */
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

  /** A client of room `r`, connected and served. */
  async client(options: Partial<MirrorOptions> = {}): Promise<Mirror> {
    const mirror = new Mirror(this.live, { roomId: 'r', ...options });
    mirror.connect();
    await this.clock.advance(0);
    return mirror;
  }

  /** What is asked upstream while `run` runs, in order. */
  async callsOf(run: () => Promise<unknown> | void): Promise<readonly string[]> {
    const before = this.upstream.calls.length;
    await run();
    await this.clock.advance(0);
    return this.upstream.calls.slice(before);
  }

  [Symbol.dispose](): void {
    this.live.close();
  }
}

/** What a client was told, in short. */
export function shortly(mirror: Mirror, from = 0): string[] {
  return mirror.told.slice(from).map((change) => {
    if (change.kind === 'snapshot') return `snapshot ${change.reason}${change.stale ? ' stale' : ''}`;
    return 'peer' in change ? `${change.kind} ${change.peer.id}` : change.kind;
  });
}
