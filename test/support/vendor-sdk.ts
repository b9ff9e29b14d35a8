// The vendor's own Node SDK over a sandbox, for the tests of what it lists, creates, updates and reads there.
import { SDK } from '@100mslive/server-sdk';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { CANARY, canaryCredentials } from './canary.ts';
import { ManualClock } from './manual-clock.ts';

/** How the SDK tells a refusal: a plain object, no Error. */
export function notFound(message: string): { code: number; name: string; message: string } {
  return { code: 404, name: 'Not Found', message };
}

/** The SDK has no option for a base URL: its axios instance, private by its types only, is pointed elsewhere. */
export function sdkOver({ url }: Sandbox, secret: string = CANARY): SDK {
  const sdk = new SDK(canaryCredentials.accessKey, secret);
  sdk.setLogLevel('silent');
  // The published types leave this member without a type; it is the instance of axios that makes every request.
  const { defaults } = sdk.api['axios'] as { defaults: { baseURL: string; proxy: false } };
  // A proxy of the machine's would not find what is on loopback.
  Object.assign(defaults, { baseURL: url, proxy: false });
  return sdk;
}

/** A sandbox without data whose time stands still, and the SDK over it. */
export async function startLab(options: SandboxOptions = {}) {
  const clock = new ManualClock(Date.now());
  const sandbox = await startSandbox({ ...canaryCredentials, data: 'empty', clock, ...options });
  const sdk = sdkOver(sandbox);
  // The SDK keeps the token: one of the sandbox's time is good however long the test takes.
  await sdk.auth.getManagementToken({ issuedAt: Math.floor(clock.now() / 1000) });
  const { world, ledger } = sandbox;
  /** The operations asked for since the last look. */
  const asked = () => {
    const ids = ledger.entries.map(({ operationId }) => operationId);
    ledger.clear();
    return ids;
  };
  return { sandbox, world, ledger, clock, sdk, asked, [Symbol.asyncDispose]: () => sandbox.close() };
}

/** The same with two people in a room. */
export async function startLiveLab() {
  const lab = await startLab();
  const room = lab.world.rooms.create({ name: 'live' });
  const ada = lab.world.join(room.id, {
    name: 'Ada',
    role: 'host',
    userId: 'ada',
    publish: ['audio', 'video'],
  });
  const grace = lab.world.join(room.id, { name: 'Grace', role: 'guest', userId: 'grace' });
  return { ...lab, room, ada, grace };
}
