// The gateway as a process: without REDIS_URL nothing of the fleet is loaded, and with it the process shows how Redis is.
import { describe, expect, it } from 'vitest';
import { figures } from '../support/figures.ts';
import { logLines, startGatewayProcess } from '../support/gateway-process.ts';
import { findRedis, redisNotice, RedisServer } from '../support/redis-server.ts';

/** At SIGUSR2 it prints the modules of the fleet that are loaded. */
const LIST_MODULES = `
  import { registerHooks } from 'node:module';
  const loaded = [];
  registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
  process.on('SIGUSR2', () => console.error('loaded:' + loaded.filter((url) => /ioredis|src.fleet/.test(url)) + ';'));
`;
const PASSWORD = 'CANARY-redis-password';

async function modulesOf(variables: Readonly<Record<string, string>>): Promise<string> {
  await using gateway = await startGatewayProcess({ preload: LIST_MODULES, variables });
  gateway.kill('SIGUSR2');
  const list = () => /loaded:(.*);/.exec(gateway.output())?.[1];
  await expect.poll(list).toBeDefined();
  return list() ?? '';
}

it('loads nothing of the fleet without REDIS_URL but the reader of that URL', async () => {
  expect(await modulesOf({})).toMatch(/^[^,]+\/src\/fleet\/redis-url\.ts$/);
});

describe.skipIf(findRedis('redis') === undefined)(`with Redis${redisNotice('redis')}`, () => {
  it('shows in /ready and in the metrics whether Redis is there, and stays ready without it', async () => {
    await using server = await RedisServer.start({ password: PASSWORD });
    await using gateway = await startGatewayProcess({
      preload: LIST_MODULES,
      variables: { REDIS_URL: server.url },
    });
    const ready = async () => {
      const response = await fetch(`${gateway.url}/ready`);
      return [response.status, await response.json()];
    };
    await expect.poll(ready).toEqual([200, { status: 'ok', redis: 'connected' }]);
    await expect
      .poll(() => figures(gateway.url))
      .toMatchObject({
        hms_redis_connected: 1,
        hms_redis_members: 1,
        hms_redis_losses_total: 0,
        hms_upstream_share: 50,
        'hms_redis_commands_total{command="heartbeat"}': expect.any(Number),
      });
    await server.kill();
    await expect.poll(ready).toEqual([200, { status: 'ok', redis: 'away' }]);
    expect(await figures(gateway.url)).toMatchObject({ hms_redis_connected: 0, hms_redis_losses_total: 1 });
    await server.restart();
    await expect.poll(ready).toEqual([200, { status: 'ok', redis: 'connected' }]);
    gateway.kill('SIGUSR2');
    await expect.poll(gateway.output).toContain('loaded:');
    expect(gateway.output()).toMatch(/loaded:.*node_modules\/ioredis\//);
    gateway.kill('SIGTERM');
    expect(await gateway.ended).toBe(0);
    // It has left the members: its entry was the only one.
    expect(await server.send('KEYS', '*deaths')).toContain('*0');
    expect(gateway.output()).not.toContain('CANARY-redis');
    const warnings = logLines(gateway.output()).filter(({ level }) => Number(level) >= 40);
    expect(warnings.map(({ msg }) => msg)).toEqual([
      expect.stringContaining('each instance starts a sandbox of its own'),
      expect.stringMatching(/^Redis at .* is lost: /),
      expect.stringMatching(/^Redis at .* is back$/),
    ]);
  });
});
