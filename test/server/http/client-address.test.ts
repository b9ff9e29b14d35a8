// The address under which limits count a client: that of the socket, or the one that trusted proxies report.
import { IncomingMessage, type IncomingHttpHeaders } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createAddressOf } from '../../../src/server/http/client-address.ts';
import { openRawSocket } from '../../support/raw-socket.ts';
import { sendRaw, upgradeRequest } from '../../support/raw-http.ts';
import { post, startTestServer } from '../../support/server.ts';

function requestFrom(remoteAddress: string | undefined, headers: IncomingHttpHeaders): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress });
  const request = new IncomingMessage(socket);
  Object.assign(request.headers, headers);
  return request;
}

describe('without trusted proxies', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
    ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::'],
    ['2001:db8::1', '2001:db8:0:0::'],
    ['fe80::1%eth0', 'fe80:0:0:0::'],
    ['::1', '0:0:0:0::'],
    [undefined, 'in-process'],
  ])('%s is counted as %s, whatever the headers say', (remoteAddress, counted) => {
    const headers = { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9' };
    expect(createAddressOf([])(requestFrom(remoteAddress, headers))).toBe(counted);
  });

  it('a request within the process has an address too', () => {
    expect(createAddressOf(['loopback'])(undefined)).toBe('in-process');
  });
});

describe('behind trusted proxies', () => {
  const addressOf = createAddressOf(['10.0.0.0/8', '2001:db8:aa::/48', '192.0.2.1', 'loopback']);
  const countedFor = (peer: string, headers: IncomingHttpHeaders) => addressOf(requestFrom(peer, headers));

  it.each([
    ['the entry that the proxy added', '203.0.113.9', '203.0.113.9'],
    ['not what the client wrote itself', '198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['the client of the outer of two proxies', '198.51.100.1, 203.0.113.9, 10.1.2.3', '203.0.113.9'],
    ['a client whose port is given', '203.0.113.9:51234', '203.0.113.9'],
    ['an IPv6 client, by its network', '2001:db8:1:2:3::4', '2001:db8:1:2::'],
    ['an IPv6 client whose port is given', '[2001:db8:1:2:3::4]:443', '2001:db8:1:2::'],
    ['IPv4 mapped into IPv6', '::ffff:203.0.113.9', '203.0.113.9'],
    ['a proxy that is a client itself', '10.9.9.9', '10.9.9.9'],
    ['the proxy, if its entry is not an address', '203.0.113.9, unknown', '10.0.0.1'],
    ['the inner proxy, if the entry of the outer is not an address', 'x, 10.1.2.3', '10.1.2.3'],
    ['the proxy, if the header is empty', '', '10.0.0.1'],
  ])('X-Forwarded-For gives %s', (_which, header, counted) => {
    expect(countedFor('10.0.0.1', { 'x-forwarded-for': header })).toBe(counted);
  });

  it.each([
    ['the entry that the proxy added', 'for=203.0.113.9', '203.0.113.9'],
    ['not what the client wrote itself', 'for=198.51.100.1, for=203.0.113.9;proto=https', '203.0.113.9'],
    ['the client of the outer proxy', 'for=203.0.113.9, For="[2001:db8:aa::5]:8080"', '203.0.113.9'],
    ['an IPv6 client with a port', 'for="[2001:db8:1:2:3::4]:4711";by=10.0.0.1', '2001:db8:1:2::'],
    ['the proxy, if the client is hidden', 'for=203.0.113.9, for=_hidden', '10.0.0.1'],
    ['the proxy, if an element names no client', 'for=203.0.113.9, proto=https', '10.0.0.1'],
    ['the proxy, if the header is not valid', 'for="203.0.113.9', '10.0.0.1'],
  ])('Forwarded gives %s', (_which, forwarded, counted) => {
    expect(countedFor('10.0.0.1', { forwarded })).toBe(counted);
  });

  it.each(['10.0.0.1', '::ffff:10.0.0.1', '192.0.2.1', '127.0.0.1', '::1', '2001:db8:aa::1'])(
    'entries by the proxy %s are believed',
    (peer) => {
      expect(countedFor(peer, { 'x-forwarded-for': '203.0.113.9' })).toBe('203.0.113.9');
    },
  );

  it.each(['192.0.2.2', '11.0.0.1', '172.16.0.1', '::ffff:192.0.2.2'])(
    'entries by another host, %s, are not',
    (peer) => {
      const counted = peer.replace('::ffff:', '');
      expect(countedFor(peer, { 'x-forwarded-for': '203.0.113.9' })).toBe(counted);
    },
  );

  it('`private` includes the addresses of private networks and no others', () => {
    const byPrivate = createAddressOf(['private']);
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    for (const peer of ['10.0.0.1', '172.31.0.1', '192.168.1.1', 'fd00::1']) {
      expect(byPrivate(requestFrom(peer, headers))).toBe('203.0.113.9');
    }
    for (const peer of ['127.0.0.1', '172.32.0.1', '192.0.2.1']) {
      expect(byPrivate(requestFrom(peer, headers))).toBe(peer);
    }
  });

  it('a client that sends a header which its proxy does not write is counted as the proxy', () => {
    const invented = { forwarded: 'for=198.51.100.1', 'x-forwarded-for': '203.0.113.9' };
    expect(countedFor('10.0.0.1', invented)).toBe('10.0.0.1');
    const agreed = { forwarded: 'for=203.0.113.9', 'x-forwarded-for': '203.0.113.9' };
    expect(countedFor('10.0.0.1', agreed)).toBe('203.0.113.9');
  });
});

describe('over real connections, each client behind a trusted proxy', () => {
  const ada = { 'x-forwarded-for': '203.0.113.9' };
  const eve = { 'x-forwarded-for': '198.51.100.1' };

  it('has points of its own', async () => {
    const trustedProxies = ['loopback'];
    await using server = await startTestServer({ trustedProxies, limits: { pointsPerMinute: 1 } });
    const statusOf = async (headers: Readonly<Record<string, string>>) =>
      (await post(server.url, { query: '{ hello }' }, headers)).status;
    expect([await statusOf(ada), await statusOf(ada), await statusOf(eve)]).toEqual([200, 429, 200]);
  });

  it('may open its own number of sockets; all clients together may open those of the gateway', async () => {
    const limits = { socketsPerAddress: 1, sockets: 3 };
    await using server = await startTestServer({ trustedProxies: ['127.0.0.0/8'], limits });
    await using _own = await openRawSocket(server.url);
    const statuses: (string | undefined)[] = [];
    for (const headers of [ada, ada, eve, { forwarded: 'for=192.0.2.9' }]) {
      const { socket, answer } = await sendRaw(server.url, upgradeRequest('/graphql', headers));
      if (!answer.includes(' 101 ')) socket.destroy();
      statuses.push(answer.split(' ')[1]);
    }
    expect(statuses).toEqual(['101', '429', '101', '503']);
  });
});
