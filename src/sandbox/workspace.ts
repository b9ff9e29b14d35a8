// The customer's workspace without its contents: identity, ids, time and the events of all families.
// Each family keeps its own state (such as templates/templates.ts) and receives the workspace.
import type { Clock } from '../clock.ts';
import { Emitter } from './emitter.ts';
import { Ids } from './ids.ts';
import type { Instant } from './instant.ts';
import type { WorldEvent } from './live/world-events.ts';
import { Past } from './past.ts';

/** Answers that the vendor's documentation leaves open. A client must cope with both values of each. */
export interface WorkspaceOptions {
  /** `GET /active-rooms/{id}/peers` of an idle room: 404, or an empty map. Default `not-found`. */
  idlePeers: 'not-found' | 'empty';
  /** `data` of an empty list. Default `array` (`[]`). */
  emptyData: 'array' | 'null';
  /** The filter `asset_type` of `GET /recording-assets`, which the guides name and the reference lacks. Default `obeyed`. */
  assetType: 'obeyed' | 'ignored';
}

/** Identity, ids, time and events. The seed decides the ids, in the order in which they are drawn. */
export class Workspace {
  /** Every change of a template, room, room code, session, peer or track. */
  readonly events = new Emitter<WorldEvent>();
  /** May be changed at any time; the next request is answered accordingly. */
  readonly options: WorkspaceOptions = {
    idlePeers: 'not-found',
    emptyData: 'array',
    assetType: 'obeyed',
  };
  /** Lets reads lag behind writes. */
  readonly past: Past;
  readonly ids: Ids;
  readonly customerId: string;
  readonly appId: string;
  readonly seed: number;
  readonly clock: Clock;
  #pretendedNow: number | undefined;
  #last: Instant = { ms: Number.NaN, nanos: 0 };

  constructor(seed: number, clock: Clock) {
    this.seed = seed;
    this.clock = clock;
    this.past = new Past(clock);
    this.ids = new Ids(String(seed));
    this.customerId = this.ids.objectId();
    this.appId = this.ids.objectId();
  }

  /** Runs `action` as if the time were `ms` since the epoch, to create data of the past. Ids still grow by creation. */
  at<Result>(ms: number, action: () => Result): Result {
    const outer = this.#pretendedNow;
    this.#pretendedNow = ms;
    try {
      return action();
    } finally {
      this.#pretendedNow = outer;
    }
  }

  /** The workspace's time in milliseconds since the epoch: the clock's, or that of the innermost `at`. */
  now(): number {
    return this.#pretendedNow ?? this.clock.now();
  }

  /**
   * `now` with nanoseconds, which are drawn from the seed. Within a millisecond they grow from call to call, so that people who
   * join one after another have joined in this order.
   */
  instant(): Instant {
    const ms = this.now();
    const drawn = this.ids.nanoseconds();
    const { ms: lastMs, nanos } = this.#last;
    this.#last = { ms, nanos: ms === lastMs ? Math.min(nanos + 1 + (drawn % 100), 999_999) : drawn };
    return this.#last;
  }
}
