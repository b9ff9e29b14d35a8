// A REST client over the sandbox. Both use one clock, which only a test advances.
import { onTestFinished } from 'vitest';
import type { RestClientOptions } from '../../src/rest/client/client-options.ts';
import { RestClient } from '../../src/rest/client/client.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { canaryCredentials, gatewayCredentials } from '../support/canary.ts';
import { ManualClock } from '../support/manual-clock.ts';

export interface SandboxedRest {
  readonly sandbox: Sandbox;
  readonly client: RestClient;
  readonly clock: ManualClock;
  /** The received requests, one line each. */
  readonly lines: () => string[];
}

/** Closed when the test ends. */
export async function sandboxedRest(options: Partial<RestClientOptions> = {}): Promise<SandboxedRest> {
  const clock = new ManualClock();
  const sandbox = await startSandbox({ ...canaryCredentials, data: 'empty', clock });
  const client = new RestClient({
    apiUrl: sandbox.url,
    ...gatewayCredentials,
    clock,
    requestsPerSecond: 1000,
    random: () => 0,
    ...options,
  });
  onTestFinished(async () => {
    await client.close();
    await sandbox.close();
  });
  return { sandbox, client, clock, lines: () => sandbox.ledger.lines() };
}
