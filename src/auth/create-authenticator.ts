// Creates the authenticator for a configuration. The gateway does not start if the file of API keys has a fault.
import { Authenticator } from './authenticator.ts';
import { openKeyFile, type KeyFileObserver } from './key-file.ts';
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

/** Options of `createAuthenticator`. Those without a default are required. */
export interface AuthenticatorOptions extends ParticipantOptions {
  /** The proxy to the identity provider; default: none. */
  readonly proxy?: ProxySettings | null;
  /** Called when the file of API keys has changed. Default: changes are not reported. */
  readonly keyFileObserver?: KeyFileObserver;
}

/**
 * Reads the file of API keys, and again upon each change until the authenticator is disposed. The keys of the identity provider are
 * read only when the first token arrives.
 * @throws ApiKeyError if the file is missing, unreadable, empty or faulty
 */
export async function createAuthenticator(
  { apiKeysFile, jwt, hmsToken }: AuthenticationSettings,
  options: AuthenticatorOptions,
): Promise<Authenticator> {
  const { clock, keyFileObserver: observer } = options;
  const withObserver = observer === undefined ? {} : { observer };
  return new Authenticator(
    {
      ...(apiKeysFile === null
        ? {}
        : { apiKeys: await openKeyFile({ path: apiKeysFile, clock, ...withObserver }) }),
      ...(jwt === null
        ? {}
        : { jwt: await createJwtVerifier({ ...jwt, clock: options.clock, proxy: options.proxy ?? null }) }),
      ...(hmsToken ? { participants: new ParticipantVerifier(options) } : {}),
    },
    options.clock,
  );
}

async function createJwtVerifier(options: JwtOptions): Promise<JwtVerifier> {
  // Imported only here, because a gateway without an identity provider does not need it.
  const { JwtVerifier } = await import('./jwt.ts');
  return new JwtVerifier(options);
}
