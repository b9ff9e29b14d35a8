// Connects everything that instances share besides live rooms: the upstream budget, pauses and breakers, points, webhooks, and
// writes. Each policy has a file in this folder, which explains its rule and why it is correct. src/gateway.ts gets the fleet as
// an argument, so without a fleet this code is not loaded.
import type { Clock } from '../../clock.ts';
import type { ClientNews } from '../../rest/client/client-news.ts';
import type { RestClient } from '../../rest/client/client.ts';
import type { WriteEffect } from '../../rest/catalog/write-effects.ts';
import type { Secret } from '../../secret.ts';
import type { PointBudget, PointWindows } from '../../server/operation/point-budget.ts';
import type { Fleet } from '../fleet.ts';
import { SharedPoints, windowOf } from './shared-points.ts';
import { SharedWebhooks, type WebhookActions } from './shared-webhooks.ts';
import { SharedWrites } from './shared-writes.ts';
import { hearNews, tellNews } from './upstream-news.ts';
import { UpstreamShare, type SharedBudget } from './upstream-share.ts';

/** A host of the REST API: that of most endpoints, and that at which room codes are exchanged. */
export type Host = 'api' | 'auth';

/** What this instance is made of, as far as others have to do with it. */
export interface Parts<Event> extends WebhookActions<Event> {
  readonly clients: Readonly<Record<Host, RestClient>>;
  /** Polls of watched rooms that are due and wait for a turn. */
  readonly waitingPolls: () => number;
  /** The reads of tracks, whose pace is a part of the upstream budget. */
  readonly trackReads: SharedBudget;
  /** Does here what the writes of another instance did there. */
  readonly repeat: (effects: readonly WriteEffect[]) => void;
  /** The points of callers; undefined: they are not counted. */
  readonly points: PointBudget | undefined;
}

/** Everything that is given from the start. */
export interface SharedWorkOptions {
  readonly clock: Clock;
  /** The workspace's secret. */
  readonly secret: Secret;
  /** UPSTREAM_RPS. */
  readonly requestsPerSecond: number;
  /** TRACKS_RPS. */
  readonly trackLooksPerSecond: number;
}

/** What instances share. Before `begin` it tells nothing. */
export class SharedWork<Event> {
  readonly #fleet: Fleet;
  readonly #options: SharedWorkOptions;
  #writes: SharedWrites | null = null;
  #webhooks: SharedWebhooks<Event> | null = null;
  #stops: readonly (() => void)[] = [];

  constructor(fleet: Fleet, options: SharedWorkOptions) {
    this.#fleet = fleet;
    this.#options = options;
  }

  /** For the budget of points. */
  readonly windows: PointWindows = (account) => windowOf(account, this.#options.clock.now());

  /** Takes the news of a client. */
  onNews(host: Host, news: ClientNews): void {
    if ('wrote' in news) this.#writes?.note();
    else tellNews(this.#fleet, host, news);
  }

  /** Takes the effects of this instance's writes. */
  readonly onEffect = (effect: WriteEffect): void => this.#writes?.note(effect);

  /** See `SharedWrites.told`. */
  readonly afterMutation = (): Promise<void> | null => this.#writes?.told() ?? null;

  /** See `SharedWebhooks.receive`. */
  receive(event: Event): void {
    void this.#webhooks?.receive(event);
  }

  /** Joins the parts with the fleet. */
  begin(parts: Parts<Event>): void {
    const { clients, points, repeat, waitingPolls, trackReads } = parts;
    const { clock, secret, requestsPerSecond: whole, trackLooksPerSecond } = this.#options;
    const fleet = this.#fleet;
    const writes = new SharedWrites({ fleet, clock, secret, repeat });
    const webhooks = new SharedWebhooks<Event>(fleet, parts);
    this.#writes = writes;
    this.#webhooks = webhooks;
    const shares = (['api', 'auth'] as const).map((host) => {
      const client = clients[host];
      const budget = {
        get sent() {
          return client.sent;
        },
        get waiting() {
          return client.waiting() + (host === 'api' ? waitingPolls() : 0);
        },
        setPace: (pace: Parameters<RestClient['setPace']>[0]) => client.setPace(pace),
      };
      const stopHearing = hearNews(fleet, host, (news) => client.hear(news));
      const share = new UpstreamShare({ fleet, host, whole, budget });
      return () => {
        share.stop();
        stopHearing();
      };
    });
    const tracks = { host: 'tracks', whole: trackLooksPerSecond, budget: trackReads };
    const tracksShare = new UpstreamShare({ fleet, ...tracks });
    const shared = points === undefined ? undefined : new SharedPoints(fleet, clock, points);
    this.#stops = [
      () => writes.stop(),
      () => webhooks.stop(),
      () => shared?.stop(),
      () => tracksShare.stop(),
      ...shares,
    ];
  }

  /** Ends all timers and listening. */
  stop(): void {
    for (const stop of this.#stops) stop();
  }
}

/** Makes the work of an instance. */
export function shareWork<Event>(fleet: Fleet, options: SharedWorkOptions): SharedWork<Event> {
  return new SharedWork<Event>(fleet, options);
}
