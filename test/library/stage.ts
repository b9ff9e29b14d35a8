// A gateway of the library over a sandbox of the library, behind the server of a host.
import {
  createGateway,
  createSandbox,
  type Gateway,
  type GatewayOptions,
  type Sandbox,
} from '../../src/library.ts';
import type { RoomRecord } from '../../src/sandbox/records.ts';
import { canaryCredentials, canaryLog } from '../support/canary.ts';
import type { HostServer, StartHost } from './hosts.ts';

export interface LibraryStage extends AsyncDisposable, Pick<HostServer, 'url'> {
  readonly gateway: Gateway;
  readonly sandbox: Sandbox;
  /** A room in which Ada is. */
  readonly room: RoomRecord;
}

/** The token of a caller who may do everything. */
export const ADMIN = 'admin-token';

/** By default callers authenticate by `ADMIN`. */
export async function stageIn(
  start: StartHost,
  options: Partial<GatewayOptions> = {},
): Promise<LibraryStage> {
  await using resources = new AsyncDisposableStack();
  const sandbox = resources.use(await createSandbox({ ...canaryCredentials, data: 'empty' }));
  const room = sandbox.world.rooms.create({ name: 'physics' });
  sandbox.world.join(room.id, { name: 'Ada', role: 'guest', userId: 'ada' });
  const gateway = resources.use(
    await createGateway({
      upstream: sandbox,
      authenticate: ({ authorization }) =>
        authorization === `Bearer ${ADMIN}` ? { name: 'admin', scopes: ['*'] } : null,
      pollIntervalMs: 50,
      log: canaryLog(),
      ...options,
    }),
  );
  const host = resources.use(await start(gateway));
  const all = resources.move();
  return { url: host.url, gateway, sandbox, room, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
