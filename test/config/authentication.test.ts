// Who may call the gateway: the methods of authentication, what each of them needs, and where authentication may be off.
import { expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { credentials, faultsOf, provider, testFaults, type Environment } from './reading.ts';

it('GATEWAY_AUTH lists the accepted methods of authentication', () => {
  const authentication = (environment: Environment) =>
    readConfig({ ...credentials, ...environment }).authentication;
  expect(authentication({ GATEWAY_AUTH: 'off' })).toEqual({
    apiKeysFile: null,
    jwt: null,
    hmsToken: false,
  });
  expect(authentication({ GATEWAY_AUTH: 'hms-token, api-key', GATEWAY_API_KEYS: 'keys.txt' })).toEqual({
    apiKeysFile: 'keys.txt',
    jwt: null,
    hmsToken: true,
  });
  expect(authentication({ GATEWAY_AUTH: 'jwt', ...provider, HOST: '0.0.0.0' })).toEqual({
    apiKeysFile: null,
    jwt: { jwksUrl: provider.GATEWAY_JWKS_URL, issuer: 'https://login.example/', audience: 'rooms' },
    hmsToken: false,
  });
});

it.each(['http://localhost:9000/keys', 'http://127.0.0.1/keys', 'http://[::1]:1/keys'])(
  'the keys of an identity provider may be read without TLS from %s',
  (GATEWAY_JWKS_URL) => {
    expect(faultsOf({ GATEWAY_AUTH: 'jwt', ...provider, GATEWAY_JWKS_URL })).toEqual([]);
  },
);

it.each(['127.0.0.1', '127.9.9.9', '::1', 'localhost'])(
  'authentication may be off if the gateway listens on %s',
  (HOST) => {
    expect(faultsOf({ ...credentials, GATEWAY_AUTH: 'off', HOST })).toEqual([]);
  },
);

it('with the sandbox authentication may be off on every address', () => {
  expect(faultsOf({ HOST: '0.0.0.0' })).toEqual([]);
  expect(faultsOf({ HOST: '0.0.0.0', GATEWAY_AUTH: 'off' })).toEqual([]);
});

testFaults([
  ['GATEWAY_AUTH', { GATEWAY_AUTH: 'none' }, /^GATEWAY_AUTH must be `off` or a comma list of /],
  ...[
    'x',
    'ftp://login.example/keys',
    'http://login.example/keys',
    'http://127.0.0.1.example/keys',
    'https://user@login.example/keys',
    'https://:password@login.example/keys',
  ].map(
    (GATEWAY_JWKS_URL) =>
      [
        `GATEWAY_JWKS_URL=${GATEWAY_JWKS_URL}`,
        { GATEWAY_AUTH: 'jwt', ...provider, GATEWAY_JWKS_URL },
        /^GATEWAY_JWKS_URL must be an https URL without a user or password \(http is for loopback addresses alone\)$/,
      ] as const,
  ),
  [
    'API keys without their file',
    { GATEWAY_AUTH: 'jwt,api-key', ...provider },
    /^GATEWAY_API_KEYS is missing: GATEWAY_AUTH names api-key, which needs it$/,
  ],
  ...Object.keys(provider).map(
    (name) =>
      [
        `tokens without ${name}`,
        { GATEWAY_AUTH: 'jwt', ...provider, [name]: '' },
        new RegExp(`^${name} is missing: GATEWAY_AUTH names jwt, which needs it$`),
      ] as const,
  ),
  ...Object.entries(provider).map(
    ([name, value]) =>
      [
        `${name} where no tokens are accepted`,
        { GATEWAY_AUTH: 'hms-token', [name]: value },
        new RegExp(`^${name} is set but GATEWAY_AUTH does not name jwt$`),
      ] as const,
  ),
  [
    'a file of API keys without the method api-key',
    { GATEWAY_API_KEYS: 'keys.txt' },
    /^GATEWAY_API_KEYS is set but GATEWAY_AUTH does not name api-key$/,
  ],
  ['credentials without authentication', credentials, /^GATEWAY_AUTH is missing/],
  [
    'real rooms open to everybody',
    { ...credentials, GATEWAY_AUTH: 'off', HOST: '0.0.0.0' },
    /^GATEWAY_AUTH=off with real credentials needs a loopback HOST, not 0\.0\.0\.0$/,
  ],
]);
