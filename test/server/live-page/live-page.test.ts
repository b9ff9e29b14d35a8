// The files of the live-rooms page over HTTP: how browsers may keep and use them, and when there are none.
import { brotliDecompressSync } from 'node:zlib';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readLivePage } from '../../../src/server/live-page/live-page.ts';
import { startTestServer } from '../../support/server.ts';

const SCRIPT = `console.log('${'live '.repeat(500)}')`;
const FILES = { 'index-a1.js': SCRIPT, 'index-b2.css': 'body{}', 'font-c3.woff2': 'x'.repeat(2000) };

/** A built page in a folder that ends with the test. */
function builtPage(files: Readonly<Record<string, string>> = FILES) {
  const folder = mkdtempSync(join(tmpdir(), 'hms-gateway-live-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Live</title>');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'assets', name), text);
  return {
    url: pathToFileURL(`${folder}/`),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

/** The server with a built page. */
async function served() {
  using built = builtPage();
  return startTestServer({ livePage: readLivePage(built.url) });
}

describe('the live-rooms page', () => {
  it('is asked for again at each visit, runs only its own scripts, and no site may frame it', async () => {
    await using server = await served();
    for (const path of ['/live', '/live/', '/live?x']) {
      const answer = await fetch(server.url + path);
      expect([answer.status, await answer.text()]).toEqual([200, '<!doctype html><title>Live</title>']);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'private, no-cache',
        'content-security-policy': expect.stringMatching(
          /^default-src 'none'; script-src 'self'; style-src 'self'; .*connect-src 'self'; .*frame-ancestors 'none'$/,
        ),
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      });
      const again = await fetch(server.url + path, {
        headers: { 'if-none-match': answer.headers.get('etag') ?? '' },
      });
      expect(again.status).toBe(304);
    }
  });

  it('has files with hashed names, which browsers keep for good', async () => {
    await using server = await served();
    const { headers } = await fetch(`${server.url}/live/assets/index-b2.css`);
    expect(headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await fetch(`${server.url}/live/assets/other.css`)).status).toBe(404);
    expect((await fetch(`${server.url}/live/assets/..%2findex.html`)).status).toBe(404);
  });

  it('is compressed, but not the font, which is compressed already', async () => {
    await using server = await served();
    const bytesOf = async (name: string) => {
      const answer = await fetch(`${server.url}/live/assets/${name}`, {
        headers: { 'accept-encoding': 'br' },
      });
      const length = Number(answer.headers.get('content-length'));
      return [answer.headers.get('content-encoding'), length, await answer.text()] as const;
    };
    const [coding, length, text] = await bytesOf('index-a1.js');
    expect([coding, text]).toEqual(['br', SCRIPT]);
    expect(length).toBeLessThan(200);
    expect(await bytesOf('font-c3.woff2')).toEqual([null, 2000, FILES['font-c3.woff2']]);
    using built = builtPage();
    const file = readLivePage(built.url)?.get('/live/assets/index-a1.js');
    expect(brotliDecompressSync((await file?.inCoding('br')) ?? '').toString()).toBe(SCRIPT);
  });

  it('may send requests to its own gateway; without it and GraphiQL, pages of this origin may not', async () => {
    await using server = await served();
    await using without = await startTestServer();
    const statusOf = async ({ url }: { readonly url: string }) => {
      const headers = { 'content-type': 'application/json', origin: url };
      const body = JSON.stringify({ query: '{ hello }' });
      return (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).status;
    };
    expect(await statusOf(server)).toBe(200);
    expect(await statusOf(without)).toBe(403);
    expect((await fetch(`${without.url}/live`)).status).toBe(404);
  });

  it('that is not built is null, and one with a file of an unknown type is refused', () => {
    expect(readLivePage(new URL('nowhere/', import.meta.url))).toBeNull();
    using built = builtPage({ 'a.exe': '' });
    expect(() => readLivePage(built.url)).toThrow('a file of an unknown type');
  });
});
