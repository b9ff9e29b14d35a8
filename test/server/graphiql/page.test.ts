// The page of GraphiQL as HTTP hands it out: kept by browsers, asked for again with its tag, closed to other sites.
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { withCorrections } from '../../../src/server/graphiql/corrections.ts';
import { createGraphiqlPage } from '../../../src/server/graphiql/page.ts';
import { startTestServer } from '../../support/server.ts';

const options = { variables: {}, needsToken: false };

function visit(url: string, headers: Readonly<Record<string, string>> = {}) {
  return fetch(`${url}/graphql`, { headers: { accept: 'text/html', ...headers } });
}

/** A server whose page is `html`, under the tag `W/"one"`. */
function startWith(html: string) {
  const page = { html: Buffer.from(html), gzipped: gzipSync(html), etag: 'W/"one"' };
  return startTestServer({ graphiql: () => Promise.resolve(page) });
}

describe('a browser that has the page', () => {
  it.each(['W/"one"', '"one"', '"other", W/"one"', '*'])('is answered 304 for the tag %s', async (tag) => {
    await using server = await startWith('page');
    const answer = await visit(server.url, { 'if-none-match': tag });
    expect([answer.status, await answer.text()]).toEqual([304, '']);
    expect(answer.headers.get('etag')).toBe('W/"one"');
    expect(answer.headers.get('cache-control')).toBe('private, no-cache');
    expect(answer.headers.get('vary')).toBe('accept, accept-encoding');
  });

  it.each(['W/"two"', '"on"', 'one'])('gets it again for the tag of another: %s', async (tag) => {
    await using server = await startWith('page');
    const answer = await visit(server.url, { 'if-none-match': tag });
    expect([answer.status, await answer.text()]).toEqual([200, 'page']);
  });
});

describe('the page', () => {
  it('says that it is kept, but asked for again; that no site may frame it, nor read its address', async () => {
    await using server = await startWith('page');
    const { headers } = await visit(server.url);
    expect(Object.fromEntries(headers)).toMatchObject({
      etag: 'W/"one"',
      'cache-control': 'private, no-cache',
      'content-type': 'text/html; charset=utf-8',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
    });
  });

  it('is built once, and has the same tag after a restart', async () => {
    const build = createGraphiqlPage(options);
    const page = await build();
    expect(await build()).toBe(page);
    expect(gunzipSync(page.gzipped).equals(page.html)).toBe(true);
    const [again, another] = await Promise.all([
      createGraphiqlPage(options)(),
      createGraphiqlPage({ ...options, needsToken: true })(),
    ]);
    expect(again.etag).toBe(page.etag);
    expect(another.etag).not.toBe(page.etag);
  });
});

it('a GraphiQL that its corrections do not know is refused', () => {
  expect(() => withCorrections('<html></html>')).toThrow('another version');
});
