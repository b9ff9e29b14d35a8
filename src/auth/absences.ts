// Remembers participants who were not in their room a moment ago. During this time, operations of such a participant are refused
// without a REST call. Otherwise everyone with a token for a room could cause a call with each request.
import { LRUCache } from 'lru-cache';
import { momentAfter, type Clock, type Moment } from '../clock.ts';
import { mapKey } from '../map-key.ts';

/** How long an absence is remembered, in milliseconds. A participant who joins meanwhile may be refused until this time is over. */
const REMEMBERED_MS = 1000;
const MAX_ENTRIES = 10_000;

/** The identity of a participant: a user in a room. */
interface UserInRoom {
  /** The vendor's id of the room. */
  readonly roomId: string;
  /** The app's own id of the user. */
  readonly userId: string;
}

/** The absences of the last second, at most 10,000. Beyond that, the least recently used one is forgotten. */
export class Absences {
  readonly #clock: Clock;
  // Each entry has the size 1, so `maxSize` is a number of entries. With `max` the cache would allocate memory for all of them at
  // once.
  readonly #endsAt = new LRUCache<string, Moment>({ maxSize: MAX_ENTRIES, sizeCalculation: () => 1 });

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether the participant was found absent within the last second. */
  has(participant: UserInRoom): boolean {
    const endsAt = this.#endsAt.get(keyOf(participant));
    return endsAt !== undefined && this.#clock.moment() < endsAt;
  }

  /** Remembers that the participant was not in the room, by an answer that was requested at `askedAt`. */
  remember(participant: UserInRoom, askedAt: Moment): void {
    this.#endsAt.set(keyOf(participant), momentAfter(askedAt, REMEMBERED_MS));
  }

  /** Call when something shows that the participant may have joined. */
  forget(participant: UserInRoom): void {
    this.#endsAt.delete(keyOf(participant));
  }
}

function keyOf({ roomId, userId }: UserInRoom): string {
  return mapKey(JSON.stringify([roomId, userId]));
}
