// Creates and connects the services that the graph uses: the clients of the REST API, the catalog and the live core. Only
// src/core.ts uses this file.
import type { Logger } from 'pino';
import type { Services } from '../resolvers/services.ts';
import { Absences } from './auth/absences.ts';
import { AuthTokens } from './auth/auth-token.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { LiveRooms } from './live/live-rooms.ts';
import { tellingChanges } from './live/observer.ts';
import { restUpstream } from './live/upstream/rest-upstream.ts';
import { RestCatalog } from './rest/catalog/catalog.ts';
import { RestClient } from './rest/client/client.ts';
import type { RestClientOptions } from './rest/client/client-options.ts';
import type { Metrics } from './server/metrics/metrics.ts';
import type { GatewayFleet } from './sharing.ts';

/** The REST API, and the workspace's credentials for it. */
export interface Upstream extends Pick<RestClientOptions, 'apiUrl' | 'accessKey' | 'secret'> {
  /** The base URL at which room codes are exchanged for tokens; default: `apiUrl`. */
  readonly authUrl?: string;
}

/** Options of `createServices`. Those without a default are required. */
export interface ServicesOptions {
  readonly config: Pick<
    Config,
    | 'upstreamRequestsPerSecond'
    | 'trackLooksPerSecond'
    | 'proxy'
    | 'pollIntervalMs'
    | 'pollMaxIntervalMs'
    | 'sessionCheckMs'
  >;
  readonly upstream: Upstream;
  /** Options of the REST client; they replace its defaults and those of `config`. */
  readonly client?: Partial<RestClientOptions> | undefined;
  /** Gets REST calls (debug). */
  readonly log: Logger;
  /** The other instances; default: this is the only one. */
  readonly joined?: GatewayFleet | undefined;
}

/** Makes no REST call. `changed` is called when something is read that may differ from what it was. */
export function createServices(
  { config, upstream, client: limits, log, joined }: ServicesOptions,
  clock: Clock,
  { liveObserver, budgetObserver, upstream: upstreamMetrics }: Metrics,
  changed: () => void,
): Services {
  const clientOptions: RestClientOptions = {
    clock,
    requestsPerSecond: config.upstreamRequestsPerSecond,
    proxy: config.proxy,
    onResponse(event) {
      upstreamMetrics.onResponse(event);
      log.debug(event, 'upstream');
    },
    onRepair: upstreamMetrics.onRepair,
    budgetObserver,
    faultObserver: {
      ...upstreamMetrics.faultObserver,
      onBreaker(family, state) {
        upstreamMetrics.faultObserver.onBreaker(family, state);
        if (state !== 'open') live.readStaleRooms();
      },
    },
    ...limits,
    ...upstream,
  };
  const client = new RestClient({
    ...clientOptions,
    onNews: joined && ((news) => joined.work.onNews('api', news)),
  });
  const authHost = new RestClient({
    ...clientOptions,
    apiUrl: upstream.authUrl ?? upstream.apiUrl,
    onNews: joined && ((news) => joined.work.onNews('auth', news)),
  });
  const catalog = new RestCatalog(client, {
    clock,
    onLookUp: upstreamMetrics.onLookUp,
    onEffect: joined?.work.onEffect,
  });
  const live = new LiveRooms({
    upstream: restUpstream(client, catalog),
    clock,
    pollIntervalMs: config.pollIntervalMs,
    pollMaxIntervalMs: config.pollMaxIntervalMs,
    sessionCheckMs: config.sessionCheckMs,
    trackLooksPerSecond: config.trackLooksPerSecond,
    observer: tellingChanges(liveObserver, changed),
    ...(joined === undefined ? {} : { shared: joined.live }),
  });
  const authTokens = new AuthTokens({ ...upstream, clock });
  const absences = new Absences(clock);
  return { client, authHost, catalog, live, absences, authTokens, clock };
}
