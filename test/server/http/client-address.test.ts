// The address by which limits count a client.
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { addressOf } from '../../../src/server/http/client-address.ts';

function requestFrom(remoteAddress: string | undefined): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress });
  const request = new IncomingMessage(socket);
  request.headers['x-forwarded-for'] = '203.0.113.9';
  return request;
}

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
  ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::'],
  ['2001:db8::1', '2001:db8:0:0::'],
  ['fe80::1%eth0', 'fe80:0:0:0::'],
  ['::1', '0:0:0:0::'],
  [undefined, 'in-process'],
])('%s is counted as %s, whatever a header claims', (remoteAddress, counted) => {
  expect(addressOf(requestFrom(remoteAddress))).toBe(counted);
});

it('a request in process has an address too', () => {
  expect(addressOf(undefined)).toBe('in-process');
});
