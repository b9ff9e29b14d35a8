// Whatever clients send, the number of label values stays bounded, and no value holds what must not be kept.
import { expect, it } from 'vitest';
import { createMetrics } from '../../../src/server/metrics/metrics.ts';
import { MAX_NAMES, OperationNames } from '../../../src/server/metrics/operation-names.ts';
import { parse, type OperationDefinitionNode } from 'graphql';
import { openSession } from '../../support/raw-socket.ts';
import { post, startTestServer } from '../../support/server.ts';

const TEXT = 'what-a-client-sent';

function named(name: string): OperationDefinitionNode {
  const [definition] = parse(`query ${name} { hello }`).definitions;
  if (definition?.kind !== 'OperationDefinition') throw new Error('no operation');
  return definition;
}

/** The values of a label in the text of metrics. */
function valuesOf(text: string, label: string): ReadonlySet<string> {
  return new Set(
    [...text.matchAll(new RegExp(`[{,]${label}="((?:[^"\\\\]|\\\\.)*)"`, 'g'))].map(
      ([, value]) => value ?? '',
    ),
  );
}

it('gives names of operations that ran a value of their own, up to a number of them', async () => {
  const metrics = createMetrics();
  await using server = await startTestServer({ observer: metrics.serverObserver, metrics });
  const ask = async (query: string) => (await post(server.url, { query })).text();
  await ask('query Refused { nothing }');
  await ask('{ hello }');
  for (let at = 0; at < MAX_NAMES + 20; at += 1) await ask(`query Name${at} { hello }`);
  await ask(`query ${'N'.repeat(61)} { hello }`);
  await ask(`mutation Name0 { change }`);
  const text = await metrics.text();
  const names = valuesOf(text, 'operation');
  expect(names.size).toBe(MAX_NAMES + 2);
  expect(names).toContain('Name0');
  expect(names).toContain('(anonymous)');
  expect(names).not.toContain('Refused');
  expect(text).toContain('hms_operations_total{operation="(other)",kind="query",result="ok"} 21\n');
  expect(text).toContain('hms_operations_total{operation="Name0",kind="mutation",result="ok"} 1\n');
  const refused = 'operation="(other)",kind="query",result="GRAPHQL_VALIDATION_FAILED"';
  expect(text).toContain(`hms_operations_total{${refused}} 1\n`);
});

it('keeps no name that looks like a key, and with a manifest no name but its own', () => {
  const key = `hgk_${'k'.repeat(43)}`;
  expect(new OperationNames().labelOf(named(key), true)).toBe('(other)');
  expect(new OperationNames().labelOf(named('Rooms'), true)).toBe('Rooms');
  expect(new OperationNames().labelOf(named('Rooms'), false)).toBe('(other)');
  const fixed = new OperationNames(['Rooms']);
  expect(fixed.labelOf(named('Rooms'), false)).toBe('Rooms');
  expect(fixed.labelOf(named('Others'), true)).toBe('(other)');
});

it('has bounded values for routes, methods, statuses, codes and close codes', async () => {
  const metrics = createMetrics();
  await using server = await startTestServer({ observer: metrics.serverObserver, metrics });
  for (const method of ['PUT', 'PATCH', 'PROPFIND', 'REPORT', 'PURGE', 'DELETE']) {
    await (await fetch(`${server.url}/no/such/${TEXT}/${method}?token=${TEXT}`)).text();
    await (await fetch(`${server.url}/health`, { method })).text();
    await (await fetch(`${server.url}/graphql`, { method })).text();
  }
  for (let code = 4000; code < 4010; code += 1) {
    const session = await openSession(server.url);
    session.socket.close(code, TEXT);
    await session.closed;
  }
  await expect.poll(async () => valuesOf(await metrics.text(), 'code').size).toBe(1);
  const text = await metrics.text();
  expect(text).not.toContain(TEXT);
  expect(valuesOf(text, 'code')).toEqual(new Set(['other']));
  expect(valuesOf(text, 'route')).toEqual(new Set(['other', '/graphql', '/health']));
  expect([...valuesOf(text, 'method')].toSorted()).toEqual(['GET', 'other']);
  expect(text).toContain('hms_websockets 0\n');
  const { serverObserver } = metrics;
  for (let at = 0; at < 30; at += 1) {
    const ended = { operation: null, aborted: false, durationMs: 1 };
    serverObserver.onOperation({ ...ended, code: `CODE_${at}` });
  }
  expect(valuesOf(await metrics.text(), 'result')).toContain('other');
  expect(valuesOf(await metrics.text(), 'result').size).toBeLessThan(5);
});
