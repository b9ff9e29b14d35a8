// Environments for tests of the configuration, and a test for each fault in one.
import { expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/config.ts';

/** Environment variables. */
export type Environment = Readonly<Record<string, string>>;

/** An environment with one fault, and the message of the fault. */
export type FaultyEnvironment = readonly [name: string, environment: Environment, fault: RegExp];

/** Access to the vendor's API. */
export const credentials = { HMS_ACCESS_KEY: 'the-key', HMS_SECRET: 'the-secret' };
/** An identity provider, whose JWTs are accepted. */
export const provider = {
  GATEWAY_JWKS_URL: 'https://login.example/keys',
  GATEWAY_JWT_ISSUER: 'https://login.example/',
  GATEWAY_JWT_AUDIENCE: 'rooms',
};
/** As long as a webhook secret must be. */
export const longSecret = 'w'.repeat(32);

/** The faults of an environment; empty: it has none. */
export function faultsOf(environment: Environment): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

/** Declares one test for each environment. */
export function testFaults(faulty: readonly FaultyEnvironment[]): void {
  it.each(faulty)('the fault in %s is the only one reported', (_name, environment, fault) => {
    expect(faultsOf(environment)).toEqual([expect.stringMatching(fault)]);
  });
}
