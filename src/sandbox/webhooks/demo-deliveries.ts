// The delivery log of the demo data, as if a receiver with occasional failures had received the past events.
import { compact } from '../compact.ts';
import { Ids } from '../ids.ts';
import { inSeconds } from '../instant.ts';
import { Random } from '../random.ts';
import { webhookFrom } from './webhook-events.ts';
import type { World } from '../live/world.ts';

const URL = 'https://hooks.example.com/100ms';
const FAILURE_CHANCE = 0.08;

/** Logs a delivery for every event of the world, until the returned function is called. About 8 % have failed. */
export function logDemoDeliveries(world: World, seed: number): () => void {
  const ids = new Ids(`demo-deliveries:${seed}`);
  const random = new Random(`demo-deliveries:${seed}`);
  return world.events.on((worldEvent) => {
    const content = webhookFrom(worldEvent);
    if (content === undefined) return;
    const atMs = world.now();
    const error = random.chance(FAILURE_CHANCE) ? random.pick(['timeout', 'status 503']) : undefined;
    const event = compact({
      version: '2.0',
      id: ids.uuid(),
      account_id: world.customerId,
      app_id: world.appId,
      timestamp: inSeconds({ ms: atMs, nanos: 0 }),
      ...content,
    });
    world.deliveries.add({ event, url: URL, error, atMs });
  });
}
