// The set-up of the catalog's tests: a catalog over a sandbox, and the objects in the sandbox.
import { RestCatalog } from '../../../src/rest/catalog/catalog.ts';
import type { RestClientOptions } from '../../../src/rest/client/client-options.ts';
import { RestError } from '../../../src/rest/errors.ts';
import type { World } from '../../../src/sandbox/live/world.ts';
import { sandboxedRest } from '../sandboxed.ts';

export async function setUpCatalog(options: Partial<RestClientOptions> = {}) {
  const rest = await sandboxedRest(options);
  const catalog = new RestCatalog(rest.client, { clock: rest.clock });
  return { ...rest, catalog, world: rest.sandbox.world };
}

export const createRooms = (world: World, count: number): string[] =>
  Array.from({ length: count }, () => world.rooms.create().id);

export function goLive(world: World, roomId: string): string {
  world.join(roomId, { name: 'Ada', role: 'host', userId: 'ada' });
  return world.sessions.active(roomId)?.id ?? '';
}

/** The ids of the objects that were found. */
export function idsIn(
  found: ReadonlyMap<string, { id: string } | null | RestError>,
): Record<string, string | null> {
  return Object.fromEntries(
    [...found].map(([key, value]) => [key, value instanceof RestError ? value.name : (value?.id ?? null)]),
  );
}
