// Makes the authenticator of a configuration. A fault in the file of API keys stops the gateway's start.
import { readFile } from 'node:fs/promises';
import { ApiKeys } from './api-keys.ts';
import { Authenticator } from './authenticator.ts';
import { ApiKeyError } from './errors.ts';
import type { ProxySettings } from '../proxy.ts';
import type { JwtOptions, JwtVerifier } from './jwt.ts';
import { ParticipantVerifier, type ParticipantOptions } from './participants.ts';

/** The accepted methods. Without any, authentication is off. */
export interface AuthenticationSettings {
  /** Path of the file of API keys; null: API keys are not accepted. */
  readonly apiKeysFile: string | null;
  /** The identity provider whose tokens are accepted; null: such tokens are not accepted. */
  readonly jwt: Pick<JwtOptions, 'jwksUrl' | 'issuer' | 'audience'> | null;
  /** Whether participants may authenticate with the vendor's auth token. */
  readonly hmsToken: boolean;
}

/**
 * Reads the file of API keys, once. The identity provider's keys are not read before the first token arrives.
 * @throws ApiKeyError if the file is missing, unreadable, empty or faulty
 */
export async function createAuthenticator(
  { apiKeysFile, jwt, hmsToken }: AuthenticationSettings,
  options: ParticipantOptions & { readonly proxy?: ProxySettings | null },
): Promise<Authenticator> {
  return new Authenticator(
    {
      ...(apiKeysFile === null ? {} : { apiKeys: await readApiKeys(apiKeysFile) }),
      ...(jwt === null
        ? {}
        : { jwt: await createJwtVerifier({ ...jwt, clock: options.clock, proxy: options.proxy ?? null }) }),
      ...(hmsToken ? { participants: new ParticipantVerifier(options) } : {}),
    },
    options.clock,
  );
}

async function createJwtVerifier(options: JwtOptions): Promise<JwtVerifier> {
  // Imported here: a gateway without an identity provider starts without it.
  const { JwtVerifier } = await import('./jwt.ts');
  return new JwtVerifier(options);
}

async function readApiKeys(path: string): Promise<ApiKeys> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException; // readFile rejects with nothing else
    throw new ApiKeyError([`${path} cannot be read (${code})`]);
  }
  return new ApiKeys(text);
}
