// The parts of a Redis URL. test/config/addresses.test.ts has the URLs that are refused.
import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { parseRedisUrl } from '../../src/fleet/redis-url.ts';

const plain = {
  host: 'host',
  port: 6379,
  username: null,
  password: null,
  database: 0,
  isEncrypted: false,
};

it.each([
  ['redis://host', plain],
  ['redis://host/', plain],
  ['rediss://host:6380/3', { ...plain, port: 6380, database: 3, isEncrypted: true }],
  ['redis://user@host', { ...plain, username: 'user' }],
  ['redis://[::1]:7000', { ...plain, host: '::1', port: 7000 }],
])('%s', (url, address) => {
  expect(parseRedisUrl(url)).toEqual(address);
});

it('decodes user and password, and does not show the password', () => {
  const address = parseRedisUrl('redis://a%40b:p%2Fw%3A@host');
  expect(address).toMatchObject({ username: 'a@b' });
  expect(address?.password?.reveal()).toBe('p/w:');
  expect(inspect(address)).not.toContain('p/w');
  expect(parseRedisUrl('redis://:p@host')).toMatchObject({ username: null });
});
