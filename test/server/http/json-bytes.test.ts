// JSON as bytes: byte order marks and bytes that are not UTF-8, in the three places that read such JSON.
import { createHash } from 'node:crypto';
import { mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseJsonBytes, parseJsonBytesLeniently } from '../../../src/server/http/json-bytes.ts';
import { Secret } from '../../../src/secret.ts';
import { createWebhookReceiver, serveWebhook } from '../../../src/server/http/webhooks.ts';
import { readPersistedOperations } from '../../../src/server/operation/persisted-operations.ts';
import { canaryLog } from '../../support/canary.ts';
import { listenOnLoopback } from '../../support/loopback.ts';
import { testSchema } from '../../support/server-schema.ts';

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const marked = (text: string) => Buffer.concat([MARK, Buffer.from(text)]);

it('a byte order mark is ignored, and a second one is no JSON', () => {
  expect([parseJsonBytes(marked('{}')), parseJsonBytesLeniently(marked('[1]'))]).toEqual([{}, [1]]);
  expect(() => parseJsonBytes(Buffer.concat([MARK, marked('{}')]))).toThrow(SyntaxError);
});

it('bytes that are not UTF-8 are refused, or read as U+FFFD if refusing would lose more', () => {
  const latin1 = Buffer.from('"\xe9"', 'latin1');
  expect(() => parseJsonBytes(latin1)).toThrow(TypeError);
  expect(parseJsonBytesLeniently(latin1)).toBe('\ufffd');
});

it('a manifest with a byte order mark is read', () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'manifest-'));
  const path = join(folder.path, 'manifest.json');
  const text = '{ hello }';
  const hash = createHash('sha256').update(text).digest('hex');
  writeFileSync(path, marked(JSON.stringify({ [hash]: text })));
  expect(readPersistedOperations(path, testSchema).textOf({ documentId: hash })).toBe(text);
});

it('a webhook with a byte order mark is accepted', async () => {
  const bodies: unknown[] = [];
  const receive = createWebhookReceiver({
    secrets: [new Secret('x'.repeat(32))],
    secretHeader: 'x-webhook-secret',
    accept: (body) => {
      bodies.push(body);
      return () => undefined;
    },
    log: canaryLog(),
  });
  const server = createServer((request, response) => void serveWebhook(receive, request, response));
  await using listening = await listenOnLoopback(server);
  const answer = await fetch(listening.url, {
    method: 'POST',
    headers: { 'x-webhook-secret': 'x'.repeat(32) },
    body: marked('{"type":"peer.join.success"}'),
  });
  expect([answer.status, bodies]).toEqual([200, [{ type: 'peer.join.success' }]]);
});
