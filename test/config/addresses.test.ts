// Addresses: where the gateway listens, where the REST API and Redis are, which origins and proxies are accepted.
import { expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { faultsOf, testFaults } from './reading.ts';

it('trusted proxies are addresses, CIDR ranges and named ranges', () => {
  expect(readConfig({}).trustedProxies).toEqual([]);
  const GATEWAY_TRUSTED_PROXIES = 'loopback, private,10.0.3.7 ,2001:db8::/32';
  const expected = ['loopback', 'private', '10.0.3.7', '2001:db8::/32'];
  expect(readConfig({ GATEWAY_TRUSTED_PROXIES }).trustedProxies).toEqual(expected);
});

it.each([
  'https://api.100ms.live/v2/',
  'https://proxy.example/100ms/v2',
  'http://127.0.0.1:4100/v2',
  'http://[::1]/v3',
])('the REST API may be at %s', (url) => {
  expect(faultsOf({ HMS_API_URL: url, HMS_AUTH_URL: url })).toEqual([]);
});

testFaults([
  ...[
    'api.100ms.live',
    'ftp://api.100ms.live/v2',
    'http://api.100ms.live/v2',
    'http://10.0.0.1/v2',
    'https://user:CANARY@api.100ms.live/v2',
    'https://user@api.100ms.live/v2',
    'https://api.100ms.live',
    'https://api.100ms.live/v2/rooms',
    'https://api.100ms.live/v2?limit=1',
    'https://api.100ms.live/v2?',
    'https://api.100ms.live/v2#v2',
    'https:///v2',
  ].flatMap((url) =>
    ['HMS_API_URL', 'HMS_AUTH_URL'].map(
      (name) =>
        [
          `${name}=${url}`,
          { [name]: url },
          new RegExp(`^${name} must be an https URL that ends with the API's version, such as [^C]+$`),
        ] as const,
    ),
  ),
  ...['http://0.0.0.0', '0.0.0.0:4000', '[::1]', 'a host', '*'].map(
    (HOST) => [`HOST=${HOST}`, { HOST }, /^HOST must be an IP address .* or the name of a host/] as const,
  ),
  ...[
    'http://x',
    'redis:',
    'redis:///0',
    'redis://host:port',
    'redis://host:99999',
    'redis://host/name',
    'redis://host/1/2',
    'redis://host?db=1',
    'redis://host#1',
    'redis://user:%zz@host',
    'redis+tls://host',
    'host:6379',
  ].map((url) => ['REDIS_URL', { REDIS_URL: url }, /^REDIS_URL must be redis:\/\//] as const),
  [
    'GATEWAY_ALLOWED_ORIGINS',
    { GATEWAY_ALLOWED_ORIGINS: 'https://a.example,app.example.com' },
    /^GATEWAY_ALLOWED_ORIGINS must be a comma list of origins .*; wrong: entry 2$/,
  ],
  ['an origin with a path', { GATEWAY_ALLOWED_ORIGINS: 'https://a.example/' }, /^GATEWAY_ALLOWED_ORIGINS /],
  ['any origin', { GATEWAY_ALLOWED_ORIGINS: '*' }, /^GATEWAY_ALLOWED_ORIGINS /],
  ...[
    '10.0.0.0/33',
    '0.0.0.0/0',
    '::/0',
    'proxy.example',
    '10.0.0.1:80',
    '10.0.0',
    '10.0.0.0/8/8',
    'public',
  ].map(
    (entry) =>
      [
        `the proxy ${entry}`,
        { GATEWAY_TRUSTED_PROXIES: `loopback, ${entry}` },
        /^GATEWAY_TRUSTED_PROXIES must be a comma list of addresses, CIDRs/,
      ] as const,
  ),
]);
