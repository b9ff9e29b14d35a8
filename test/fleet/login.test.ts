// How a fleet logs in to Redis: user and password, the rights that docs/scaling.md grants, the database, and TLS.
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Script } from '../../src/fleet/fleet.ts';
import { openTestFleet } from '../support/fleet.ts';
import { freePort } from '../support/loopback.ts';
import { memoryLog } from '../support/memory-log.ts';
import { findRedis, redisNotice, RedisServer } from '../support/redis-server.ts';

/** A key and a certificate for 127.0.0.1. */
const PEM = fileURLToPath(new URL('../fixtures/loopback.pem', import.meta.url));
const scaling = readFileSync(new URL('../../docs/scaling.md', import.meta.url), 'utf8');

it('a server that repeats the password in its errors does not bring it into the log', async () => {
  const repeating = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      for (const command of bytes.toString().split(/^\*/m).slice(1)) {
        const words = command.split('\r\n').filter((_, at) => at > 0 && at % 2 === 0);
        const [name = '', ...args] = words.map((word) => `'${word}'`);
        socket.write(`-ERR unknown command ${name}, with args beginning with: ${args.join(' ')}\r\n`);
      }
    });
  });
  repeating.listen(0, '127.0.0.1');
  await once(repeating, 'listening');
  const { port } = repeating.address() as AddressInfo; // a TCP server has such an address
  const memory = memoryLog();
  // Too short for the search of the log for secrets.
  const fleet = await openTestFleet({ port, password: 'CANARY', log: memory.log });
  await fleet.close();
  const closed = once(repeating, 'close');
  repeating.close();
  await closed;
  expect(memory.text()).toMatch(/is away: ERR unknown command '\w+'\. This instance/i);
  expect(memory.text()).not.toContain('CANARY');
});

describe.skipIf(findRedis('redis') === undefined)(`with Redis${redisNotice('redis')}`, () => {
  let server: RedisServer;
  let tlsPort: number;
  beforeAll(async () => {
    tlsPort = await freePort();
    const tls = [`--tls-port ${tlsPort}`, `--tls-cert-file ${PEM}`, `--tls-key-file ${PEM}`];
    server = await RedisServer.start({ args: [...tls, '--tls-auth-clients no'] });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('the rights of docs/scaling.md suffice, for keys that begin with hms: alone', async () => {
    const rights = /ACL SETUSER gateway (.+)/.exec(scaling)?.[1]?.replace('>password', '>p@ss/word:1') ?? '';
    expect(await server.send('ACL', 'SETUSER', 'the@user', ...rights.split(' '))).toMatch(/^\+OK\r\n\+OK/);
    const url = `redis://the%40user:p%40ss%2Fword%3A1@127.0.0.1:${server.port}/3`;
    await using fleet = await openTestFleet({ port: 0, url });
    expect(fleet.isConnected).toBe(true);
    const { prefix } = fleet;
    await fleet.subscribe(`${prefix}news`, () => undefined);
    expect(await fleet.publish(`${prefix}news`, '')).toBe(1);
    const set = new Script('set', "return redis.call('SET', KEYS[1], 'x')");
    expect(await fleet.run(set, [`${prefix}key`], [])).toBe('OK');
    await expect(fleet.command('GET', 'other')).rejects.toThrow('NOPERM');
    // Of another database, whose members are others.
    await using other = await openTestFleet({ port: server.port });
    expect([fleet.members.length, other.members.length]).toEqual([1, 1]);
    expect(await other.command('EXISTS', `${prefix}key`)).toBe(0);
  });

  it('TLS works with a certificate for the host by a known authority, and not with another one', async () => {
    const memory = memoryLog();
    const url = `rediss://127.0.0.1:${tlsPort}`;
    await using fleet = await openTestFleet({ port: 0, url, log: memory.log });
    expect([fleet.isConnected, memory.text()]).toEqual([
      false,
      expect.stringMatching(/is away: self-signed certificate/),
    ]);
    const before = getCACertificates('default');
    setDefaultCACertificates([...before, readFileSync(PEM, 'utf8').replace(/^[^]*?(?=-----BEGIN CERT)/, '')]);
    try {
      await expect.poll(() => fleet.isConnected).toBe(true);
    } finally {
      setDefaultCACertificates(before);
    }
  });
});
