// The work of the instance that leads the tracks of a room: it derives conclusions from the room's feed, the roles and the reads,
// and writes them one after another. Everything that arrives while one is being written goes into the next one.
import { msBetween, type Clock, type Moment } from '../../clock.ts';
import type { TrackResource } from '../../rest/peers/peers.ts';
import type { Conclusion } from '../log/shared-log.ts';
import type { LiveObserver } from '../observer.ts';
import type { RoomFeed } from '../rooms/room-feed.ts';
import type { TracksPollerOptions, TracksOutcome, TracksShown } from './tracks-poller.ts';
import { PublishingRoles, type PublishingRolesOptions } from './publishing-roles.ts';
import { TracksPollers } from './tracks-pollers.ts';
import { withPeers, withTracks, type TrackDifference, type TracksState } from './track-state.ts';

/** What one conclusion says of the tracks in a room. */
export type TracksConclusion = Omit<Conclusion<TracksState, TrackDifference>, 'before'>;

/** The feed whose tracks are read. */
export interface LedTracks {
  /** The tracks as they are told to subscribers. */
  readonly known: Pick<TracksConclusion, 'after' | 'asOf' | 'stale'>;
  /** The room by its own feed; null: that has not told anything yet. */
  readonly room: RoomFeed['known'] | null;
  /** See FeedState. */
  commit(conclusion: TracksConclusion): true | Promise<boolean>;
}

/** Everything that the lead of one room's tracks needs. */
export interface TrackLeadOptions
  extends Omit<PublishingRolesOptions, 'onRead'>, Pick<TracksPollerOptions, 'queue' | 'pace'> {
  readonly clock: Clock;
  readonly observer: LiveObserver | undefined;
}

/** Failed reads in a row, of any peers of the room, that make the tracks stale: a single failure passes unnoticed. */
const FAILURES_UNTIL_STALE = 2;

/** A read that was answered, until it is concluded. */
interface Answered {
  readonly peerId: string;
  readonly tracks: readonly TrackResource[];
  readonly asOf: number;
  readonly sentAt: Moment;
  readonly done: (outcome: TracksOutcome) => void;
}

/** Leads from `start` until `stop`. */
export class TrackLead {
  readonly #options: TrackLeadOptions;
  readonly #feed: LedTracks;
  readonly #roles: PublishingRoles;
  #pollers: TracksPollers | null = null;
  #answered: Answered[] = [];
  #isRoomDue = false;
  #isWriting = false;
  #failures = 0;

  constructor(options: TrackLeadOptions, feed: LedTracks) {
    this.#options = options;
    this.#feed = feed;
    this.#roles = new PublishingRoles({ ...options, onRead: () => this.roomChanged() });
  }

  /** The pollers of the peers; null while no reads are made. */
  get pollers(): Pick<TracksPollers, 'size' | 'oldestAgeMs'> | null {
    return this.#pollers;
  }

  start(): void {
    this.stop();
    this.#failures = 0;
    this.#pollers = new TracksPollers({
      ...this.#options,
      knownOf: (peerId) => this.#feed.known.after.get(peerId)?.tracks ?? [],
      take: (...read) => this.#take(...read),
    });
    this.#roles.start();
    this.roomChanged();
  }

  /** Aborts the reads in progress, and makes no more. */
  stop(): void {
    this.#pollers?.stop();
    this.#pollers = null;
    this.#roles.stop();
    this.#answered = [];
  }

  /** Reads the tracks of this peer soon, or of all peers. Does nothing while no reads are made. */
  hint(peerId?: string): void {
    this.#pollers?.hint(peerId);
  }

  /** Call when the room's feed has told something. Does nothing while no reads are made. */
  roomChanged(): void {
    this.#isRoomDue = true;
    this.#advance();
  }

  get #isStale(): boolean {
    return this.#failures >= FAILURES_UNTIL_STALE || this.#feed.room?.stale === true;
  }

  async #take(peerId: string, shown: TracksShown, asOf: number, sentAt: Moment): Promise<TracksOutcome> {
    this.#failures = shown === 'failed' ? this.#failures + 1 : 0;
    const outcome =
      typeof shown === 'string'
        ? shown
        : await new Promise<TracksOutcome>((done) => {
            this.#answered.push({ peerId, tracks: shown, asOf, sentAt, done });
            this.#advance();
          });
    if (this.#isStale !== this.#feed.known.stale) this.roomChanged();
    if (outcome !== 'lost') this.#options.observer?.onTrackRead?.(outcome);
    return outcome;
  }

  /** Concludes what is known, unless a conclusion is being written. */
  #advance(): void {
    if (this.#pollers === null || this.#isWriting) return;
    const isRead = this.#feed.room !== null && this.#roles.isTried;
    if (!isRead && !this.#isStale) return;
    if (!this.#isRoomDue && this.#answered.length === 0) return;
    const answered = this.#answered.splice(0);
    const conclusion = this.#conclusion(answered, isRead);
    this.#isRoomDue = false;
    const written = this.#feed.commit(conclusion);
    if (written === true) this.#written(conclusion, answered);
    else void this.#afterWrite(written, conclusion, answered);
  }

  async #afterWrite(
    writing: Promise<boolean>,
    conclusion: TracksConclusion,
    answered: readonly Answered[],
  ): Promise<void> {
    this.#isWriting = true;
    const isWritten = await writing;
    this.#isWriting = false;
    if (isWritten) this.#written(conclusion, answered);
    else for (const { done } of answered) done('lost');
    this.#advance();
  }

  #written(conclusion: TracksConclusion, answered: readonly Answered[]): void {
    this.#pollers?.follow(conclusion.after);
    const changed = new Set(conclusion.events.map(({ peer }) => peer.id));
    for (const { peerId, done } of answered) done(changed.has(peerId) ? 'changed' : 'quiet');
  }

  /** `isRead`: whether the room and the roles are known. */
  #conclusion(answered: readonly Answered[], isRead: boolean): TracksConclusion {
    const { clock } = this.#options;
    const { after: before, asOf: knownAsOf } = this.#feed.known;
    const { room } = this.#feed;
    let after = before;
    const events: TrackDifference[] = [];
    if (this.#isRoomDue && isRead && room !== null && room.asOf !== null) {
      const peers = withPeers(before, room.after, this.#roles.mayPublish, room.asOf);
      after = peers.after;
      events.push(...peers.events);
    }
    const confirmed: Record<string, number> = {};
    for (const { peerId, tracks, asOf } of answered) {
      const known = after.get(peerId);
      // It has left, or got another role, while the read was in flight.
      if (known === undefined) continue;
      const read = withTracks(after, known, tracks, asOf);
      after = read.after;
      confirmed[peerId] = asOf;
      if (read.event !== null) events.push(read.event);
    }
    // Without a read nothing would show that the upstream answers again.
    if (after.size === 0) this.#failures = 0;
    const now = clock.moment();
    const readAgeMs = Math.max(0, ...answered.map(({ sentAt }) => msBetween(sentAt, now)));
    const isConfirmed = answered.length > 0 || (isRead && room?.asOf !== null);
    const asOf = isConfirmed ? clock.now() : knownAsOf;
    return { after, events, asOf, readAgeMs, stale: this.#isStale, shownMutation: null, confirmed };
  }
}
