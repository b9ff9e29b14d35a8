// Dashboard, alerts and documentation name the metrics and labels that there are, and each alert has a test and a runbook.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createMetrics } from '../../src/server/metrics/metrics.ts';
import { alerts, dashboardQueries, labelsIn, metricsIn, opsFolder } from '../support/ops-files.ts';

/** Labels that Prometheus itself adds, and that of a histogram. */
const OWN_LABELS = ['instance', 'job', 'le'];

const metrics = createMetrics({ ofProcess: true });
metrics.watch(
  () => ({
    watchedRooms: 0,
    ledRooms: 0,
    liveRooms: 0,
    staleRooms: 0,
    waitingPolls: 0,
    pollStretch: 1,
    logBytes: 0,
    keptRooms: 0,
    subscribers: 0,
    trackedRooms: 0,
    trackedPeers: 0,
    waitingTrackReads: 0,
    oldestTracksAgeMs: 0,
    oldestAsOfAgeMs: 0,
  }),
  () => 0,
);
metrics.watchFleet({ isConnected: false, members: [], observe: () => undefined }, () => 0);
const labelsOf = new Map(metrics.described().map(({ name, labelNames = [] }) => [name, labelNames]));
const operations = readFileSync(new URL('../docs/operations.md', opsFolder), 'utf8');

const expressions = [
  ...alerts().map(({ name, expression }) => [`the alert ${name}`, expression] as const),
  ...dashboardQueries().map(({ title, expression }) => [`the panel "${title}"`, expression] as const),
];

it('reads the alerts and the dashboard', () => {
  expect(alerts().length).toBeGreaterThan(20);
  expect(dashboardQueries().length).toBeGreaterThan(40);
  for (const { expression } of alerts()) expect(expression).not.toBe('');
});

it.each(expressions)('%s asks for metrics and labels that exist', (_what, expression) => {
  const names = metricsIn(expression);
  expect(names.filter((name) => !labelsOf.has(name))).toEqual([]);
  expect(names.length > 0 || /\bup\{/.test(expression)).toBe(true);
  const known = new Set([...OWN_LABELS, ...names.flatMap((name) => labelsOf.get(name) ?? [])]);
  expect(labelsIn(expression).filter((label) => !known.has(label))).toEqual([]);
});

it('the dashboard shows each metric of the gateway', () => {
  const shown = new Set(dashboardQueries().flatMap(({ expression }) => metricsIn(expression)));
  const own = [...labelsOf.keys()].filter((name) => name.startsWith('hms_'));
  expect(own.filter((name) => !shown.has(name))).toEqual([]);
});

it('each alert has a test by which it fires and one by which it does not', () => {
  const tests = readFileSync(new URL('alerts.test.yml', opsFolder), 'utf8');
  for (const { name } of alerts()) {
    const cases = [...tests.matchAll(new RegExp(`alertname: ${name}\\n +exp_alerts:(.*)\\n`, 'g'))];
    expect(cases.map(([, expected = '']) => expected.trim())).toEqual(['', '[]']);
  }
});

it('each alert has its part of the runbook', () => {
  const anchors = [...operations.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );
  for (const { name, anchor } of alerts()) {
    expect(anchors, name).toContain(anchor);
    expect(operations, name).toContain(`\`${name}\``);
  }
});

it('docs/operations.md has a row for each metric of the gateway, with its labels and its help', () => {
  const rows = operations
    .split('\n')
    .filter((line) => line.startsWith('| `hms_'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const documented = rows.map(([, name, labels, help]) => ({ name, labels, help }));
  const expected = metrics
    .described()
    .filter(({ name }) => name.startsWith('hms_'))
    .map(({ name, help, labelNames = [] }) => ({
      name: `\`${name}\``,
      labels: labelNames.map((label) => `\`${label}\``).join(', '),
      help,
    }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const table = expected.map(({ name, labels, help }) => `| ${name} | ${labels} | ${help} |`).join('\n');
  expect(documented, `docs/operations.md must have:\n${table}`).toEqual(expected);
});

it('metrics are named as Prometheus asks: base units, and _total for counters alone', async () => {
  const types = [...(await metrics.text()).matchAll(/^# TYPE (hms_\S+) (\w+)$/gm)];
  expect(types.length).toBeGreaterThan(30);
  for (const [, name = '', type] of types) {
    expect(name).not.toMatch(/_(?:ms|millis|milliseconds|minutes|kb|mb)(?:_|$)/);
    expect(name.endsWith('_total'), name).toBe(type === 'counter');
    if (type === 'histogram') expect(name).toMatch(/_seconds$/);
  }
});
