// "Try it" of docs/scaling.md, word for word but for the ports: one sandbox, two instances with Redis between them, and who polls a room.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { childEnvironment } from '../support/child-environment.ts';
import { startProcess } from '../support/child-process.ts';
import { readPage } from '../support/guide-blocks.ts';
import { freePort } from '../support/loopback.ts';
import { findRedis, redisNotice, RedisServer } from '../support/redis-server.ts';

/** The indented commands of the section, continued lines joined. */
const commands = (/^## Try it\n(.*?)^## /ms.exec(readPage('docs/scaling.md'))?.[1] ?? '')
  .replaceAll(/ \\\n +/g, ' ')
  .split('\n')
  .flatMap((line) => (line.startsWith('    ') ? [line.trim()] : []));

/** Runs a command of the page as a terminal does, in a process group of its own. */
function run(command: string, variables: Readonly<Record<string, string>> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'hms-gateway-try-'));
  const started = startProcess('bash', ['-c', command], {
    env: childEnvironment({ HOME: home, ...variables }),
    ownGroup: true,
  });
  return {
    output: started.all,
    ended: started.ended,
    printed: (text: RegExp) =>
      vi.waitFor(() => expect(started.all()).toMatch(text), { timeout: 40_000, interval: 20 }),
    /** As Ctrl+C does. */
    interrupt: () => started.kill('SIGINT'),
    async [Symbol.asyncDispose]() {
      await started[Symbol.asyncDispose]();
      rmSync(home, { recursive: true });
    },
  };
}

describe.skipIf(findRedis('redis') === undefined)(`with Redis${redisNotice('redis')}`, () => {
  it(
    'two instances over one sandbox know of each other, and one takes over the room of the other',
    {
      timeout: 120_000,
    },
    async () => {
      await using server = await RedisServer.start();
      const ports = new Map([['6379', server.port]]);
      for (const port of ['4100', '4001', '4002']) ports.set(port, await freePort());
      const [sandboxCommand = '', first = '', second = '', watchFirst = '', watchSecond = '', metrics = ''] =
        commands.map((command) =>
          command.replaceAll(/:(\d{4})\b|\bPORT=(\d{4})\b/g, (text) =>
            text.replace(/\d+/, (port) => String(ports.get(port))),
          ),
        );
      await using sandbox = run(sandboxCommand, { SANDBOX_PORT: String(ports.get('4100')) });
      await sandbox.printed(/^HMS_API_URL=.* npm start$/m);
      // The line to copy has all variables of the page but those of the fleet.
      const [copied = ''] = /^HMS_API_URL=.*(?= npm start$)/m.exec(sandbox.output()) ?? [];
      expect(copied).toContain('HMS_SECRET=sandbox-secret GATEWAY_AUTH=off');
      expect(first).toContain(copied);

      await using one = run(first);
      await using other = run(second);
      await Promise.all([one.printed(/The graph is at/), other.printed(/The graph is at/)]);
      expect(one.output() + other.output()).not.toContain('a sandbox of its own');
      await using watchOne = run(watchFirst);
      await watchOne.printed(/PeersSnapshot|people/i);
      await using watchOther = run(watchSecond);
      await watchOther.printed(/PeersSnapshot|people/i);

      const figures = async () => {
        await using asked = run(metrics);
        await asked.ended;
        return asked.output().trim().split('\n').toSorted();
      };
      const both = [
        'hms_live_led_rooms 0',
        'hms_live_led_rooms 1',
        'hms_redis_members 2',
        'hms_redis_members 2',
      ];
      await expect.poll(figures, { timeout: 30_000 }).toEqual(both);
      one.interrupt();
      await one.ended;
      await expect
        .poll(figures, { timeout: 30_000 })
        .toEqual(['hms_live_led_rooms 1', 'hms_redis_members 1']);
    },
  );
});
