// The authenticator that a configuration asks for. A fault in the file of API keys stops the start.
import { readFile } from 'node:fs/promises';
import { ApiKeys } from './api-keys.ts';
import { Authenticator } from './authenticator.ts';
import { ApiKeyError } from './errors.ts';
import { JwtVerifier, type JwtOptions } from './jwt.ts';
import { ParticipantVerifier, type ParticipantOptions } from './participants.ts';

/** Which methods are accepted; none at all: authentication is off. */
export interface AuthenticationSettings {
  /** Path of the file of API keys; null: they are not accepted. */
  readonly apiKeysFile: string | null;
  /** The identity provider whose tokens are accepted; null: no tokens are. */
  readonly jwt: Pick<JwtOptions, 'jwksUrl' | 'issuer' | 'audience'> | null;
  /** Whether participants may log in with the vendor's auth token. */
  readonly hmsToken: boolean;
}

/**
 * Reads what the accepted methods need. The identity provider is not asked before the first token comes.
 * @throws ApiKeyError where the file is missing, unreadable, empty or faulty
 */
export async function createAuthenticator(
  { apiKeysFile, jwt, hmsToken }: AuthenticationSettings,
  options: ParticipantOptions,
): Promise<Authenticator> {
  return new Authenticator(
    {
      ...(apiKeysFile === null ? {} : { apiKeys: await readApiKeys(apiKeysFile) }),
      ...(jwt === null ? {} : { jwt: new JwtVerifier({ ...jwt, clock: options.clock }) }),
      ...(hmsToken ? { participants: new ParticipantVerifier(options) } : {}),
    },
    options.clock,
  );
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
