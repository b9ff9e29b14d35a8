// The files of ops/ in a real Prometheus: promtool tests each alert, and a server that scrapes a gateway evaluates all of
// them, answers each query of the dashboard, and reports an outage of the REST API.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { canaryCredentials } from '../support/canary.ts';
import { startGatewayProcess } from '../support/gateway-process.ts';
import { alerts, dashboardQueries, opsFolder } from '../support/ops-files.ts';
import { findPrometheus, noPrometheus, startPrometheus } from '../support/prometheus.ts';
import { eventStreamClient } from '../support/sockets.ts';
import { addRooms } from '../support/worlds.ts';

/** Enough for the start of both processes on a busy machine. */
const TEST_MS = 120_000;

function promtool(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(findPrometheus()?.promtool ?? '', args, {
    cwd: fileURLToPath(opsFolder),
    encoding: 'utf8',
  });
  return { status, text: `${stdout}${stderr}` };
}

/** A folder that is deleted with the test. */
function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'hms-gateway-ops-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** How the gateway polls here, and what it logs. */
const variables = { POLL_INTERVAL_MS: '200', SESSION_CHECK_MS: '200', LOG_LEVEL: 'error' };

/** ops/prometheus.yml for this gateway, with intervals of a second and alerts that wait no longer. */
function quickConfig(folder: string, port: number): string {
  cpSync(fileURLToPath(opsFolder), folder, { recursive: true });
  const rules = readFileSync(join(folder, 'alerts.yml'), 'utf8');
  writeFileSync(join(folder, 'alerts.yml'), rules.replaceAll(/^( +for:) \d+m$/gm, '$1 1s'));
  const config = readFileSync(join(folder, 'prometheus.yml'), 'utf8');
  const file = join(folder, 'prometheus.yml');
  writeFileSync(file, config.replaceAll('15s', '1s').replace('127.0.0.1:4000', `127.0.0.1:${port}`));
  return file;
}

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly name: string;
      readonly health: string;
      readonly lastError?: string;
    }[];
  }[];
}

interface Alerts {
  readonly alerts: readonly { readonly state: string; readonly labels: { readonly alertname: string } }[];
}

describe.skipIf(noPrometheus !== '')(`the files of ops/ in Prometheus${noPrometheus}`, () => {
  it.each([
    ['check', 'config', 'prometheus.yml'],
    ['check', 'rules', 'alerts.yml'],
    ['test', 'rules', 'alerts.test.yml'],
  ])('promtool %s %s %s succeeds', (...args) => {
    const { status, text } = promtool(...args);
    expect(status, text).toBe(0);
  });

  it('promtool finds no fault in the metrics of a gateway', { timeout: TEST_MS }, async () => {
    await using sandbox = await startSandbox({ ...canaryCredentials, data: 'empty' });
    await using gateway = await startGatewayProcess({ sandbox, variables });
    const input = await (await fetch(`${gateway.url}/metrics`)).text();
    const { stderr, stdout } = spawnSync(findPrometheus()?.promtool ?? '', ['check', 'metrics'], {
      input,
      encoding: 'utf8',
    });
    // Not the gateway's own: prom-client's metrics of the process.
    const own = `${stdout}${stderr}`.split('\n').filter((line) => line.startsWith('hms_'));
    expect(own).toEqual([]);
  });

  it(
    'an outage fires alerts; all alerts and all queries of the dashboard are valid',
    { timeout: TEST_MS },
    async () => {
      using folder = temporaryFolder();
      await using sandbox = await startSandbox({ ...canaryCredentials, data: 'empty' });
      const [room] = addRooms(sandbox.world, 1);
      sandbox.world.join(room?.id ?? '', { name: 'Ada', role: 'host', userId: 'ada' });
      await using gateway = await startGatewayProcess({ sandbox, variables });
      await using prometheus = await startPrometheus(quickConfig(folder.path, gateway.port), folder.path);
      await using client = eventStreamClient(gateway.url);
      const document = 'subscription Watch($roomId: ID!) { peerChanges(roomId: $roomId) { __typename } }';
      await client.watch(document, { roomId: room?.id }).next();
      const firing = async () => {
        const { alerts: all } = (await prometheus.get('alerts')) as Alerts;
        return new Set(all.filter(({ state }) => state === 'firing').map(({ labels }) => labels.alertname));
      };
      const series = async (expression: string) => {
        const { result } = (await prometheus.get(`query?query=${encodeURIComponent(expression)}`)) as {
          readonly result: readonly unknown[];
        };
        return result.length;
      };
      await expect.poll(() => series('hms_upstream_requests_total'), { timeout: 30_000 }).toBeGreaterThan(0);
      const { groups } = (await prometheus.get('rules')) as Rules;
      const rules = groups.flatMap((group) => group.rules);
      expect(rules.map(({ name }) => name).toSorted()).toEqual(
        alerts()
          .map(({ name }) => name)
          .toSorted(),
      );
      expect(await firing()).toEqual(new Set());

      const query = '{ rooms(first: 5) { edges { node { name } } } }';
      const asking = setInterval(() => {
        const body = JSON.stringify({ query });
        const headers = { 'content-type': 'application/json' };
        fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body }).then(
          (response) => response.arrayBuffer(),
          () => undefined,
        );
      }, 50);
      try {
        sandbox.faults.set('*', { kind: 'status', status: 503 });
        await expect
          .poll(async () => [...(await firing())], { timeout: 60_000, interval: 500 })
          .toEqual(expect.arrayContaining(['HmsUpstreamOut', 'HmsUpstreamBreakerOpen', 'HmsStaleRooms']));
      } finally {
        clearInterval(asking);
      }
      const evaluated = ((await prometheus.get('rules')) as Rules).groups.flatMap((group) => group.rules);
      expect(evaluated.filter(({ health, lastError = '' }) => health !== 'ok' || lastError !== '')).toEqual(
        [],
      );
      for (const { expression } of dashboardQueries()) await series(expression);
      expect(await series('hms_live_stale_rooms == 1')).toBe(1);
    },
  );
});
