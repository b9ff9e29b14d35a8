// The interface of a gateway for the fleet: the effects that webhooks and writes of other instances have here, and how the
// gateway joins the fleet.
import type { Services } from '../resolvers/services.ts';
import type { JoinedFleet } from './fleet/join-fleet.ts';
import type { Parts } from './fleet/shared/shared-work.ts';
import type { WebhookActions } from './fleet/shared/shared-webhooks.ts';
import type { WebhookEvent } from './live/webhooks/webhook-event.ts';
import { webhookKeys } from './live/webhooks/webhook-memory.ts';
import type { Logger } from 'pino';
import { systemClock, type Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Secret } from './secret.ts';
import type { Limits } from './server/operation/limits.ts';
import { PointBudget } from './server/operation/point-budget.ts';

/** The fleet of a gateway: what its instances share, the vendor's webhooks among it. */
export type GatewayFleet = JoinedFleet<WebhookEvent>;

/** What a webhook does at one instance. `changed`: see `partsOf`. */
export function webhookActions(
  { absences, live }: Services,
  changed: () => void,
): WebhookActions<WebhookEvent> {
  return {
    keysOf: webhookKeys,
    act(event) {
      const { room_id: roomId, user_id: userId } = event.data;
      changed();
      if (roomId != null && userId != null) absences.forget({ roomId, userId });
      live.receive(event);
    },
  };
}

/** Everything that the fleet needs of a gateway. `changed` is called before an answer may differ from one that is being made. */
export function partsOf(
  services: Services,
  points: PointBudget | undefined,
  changed: () => void,
): Parts<WebhookEvent> {
  const { client, authHost, catalog, live } = services;
  return {
    ...webhookActions(services, changed),
    clients: { api: client, auth: authHost },
    points,
    waitingPolls: () => live.waitingPolls,
    trackReads: live.trackReads,
    // The live core tells the others by itself of mutations in live rooms (`LiveRooms.mutated`).
    repeat(effects) {
      client.hear({ wrote: true });
      for (const effect of effects) catalog.repeat(effect);
      changed();
    },
  };
}

/** The points of callers, counted with other instances; undefined: they are not counted. */
export function pointsOf(
  { windows }: GatewayFleet['work'],
  { pointsPerMinute }: Limits,
  clock: Clock,
): PointBudget | undefined {
  return pointsPerMinute === 0 ? undefined : new PointBudget(pointsPerMinute, clock, windows);
}

/** Joins the other instances over the Redis at `url`. Whoever joins closes `fleet`, after the gateway. */
export async function joinFleetOf(
  { upstream, pollIntervalMs, trackLooksPerSecond, upstreamRequestsPerSecond: requestsPerSecond }: Config,
  url: Secret,
  apiUrl: string,
  log: Logger,
): Promise<GatewayFleet> {
  // Imported here: the only instance of a gateway starts without it.
  const { joinFleet } = await import('./fleet/join-fleet.ts');
  const { accessKey, secret } = upstream;
  const clock = systemClock;
  const paces = { pollIntervalMs, requestsPerSecond, trackLooksPerSecond };
  return joinFleet({ url, accessKey, secret, apiUrl, ...paces, clock, log });
}
