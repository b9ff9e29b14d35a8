// The files of GraphiQL over HTTP: browsers cache them, revalidate them by their ETags, and other sites cannot use
// them.
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { withCorrections } from '../../../src/server/graphiql/corrections.ts';
import { createGraphiql, graphiqlPaths } from '../../../src/server/graphiql/page.ts';
import { graphiqlOf, startTestServer } from '../../support/server.ts';

const paths = ['/graphql', ...Object.values(graphiqlPaths)];

/** Requests `path` with the headers of a browser. */
function visit(url: string, path: string, headers: Readonly<Record<string, string>> = {}) {
  return fetch(`${url}${path}`, { headers: { accept: 'text/html', ...headers } });
}

describe.for(paths)('a browser that has cached %s', (path) => {
  const forms = ['W/"TAG"', '"TAG"', '"other", W/"TAG"', '*'];
  it.for(forms)('is answered with 304 for the ETag %s', async (form, { expect }) => {
    await using server = await startTestServer({ graphiql: graphiqlOf('file') });
    const { headers } = await visit(server.url, path);
    const tag = headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/"[\w-]+"$/);
    const known = form.replace('TAG', tag.slice('W/"'.length, -1));
    const answer = await visit(server.url, path, { 'if-none-match': known });
    expect([answer.status, await answer.text()]).toEqual([304, '']);
    for (const name of ['etag', 'cache-control', 'vary']) {
      expect(answer.headers.get(name)).toBe(headers.get(name));
    }
    expect(headers.get('cache-control')).toBe('private, no-cache');
  });

  it('gets the file again after a change', async () => {
    await using before = await startTestServer({ graphiql: graphiqlOf('file') });
    await using after = await startTestServer({ graphiql: graphiqlOf('another') });
    const { headers } = await visit(before.url, path);
    const answer = await visit(after.url, path, { 'if-none-match': headers.get('etag') ?? '' });
    expect([answer.status, await answer.text()]).toEqual([200, 'another']);
  });

  it('gets 404 if GraphiQL is off', async () => {
    await using server = await startTestServer({ graphiql: null });
    expect((await visit(server.url, path)).ok).toBe(false);
  });
});

describe('GraphiQL', () => {
  const options = { variables: { roomId: '</script>' }, needsToken: false };

  it('is built once, and its files have the same ETags after a restart', async () => {
    const build = createGraphiql(options);
    const files = await build();
    expect(await build()).toBe(files);
    expect(gunzipSync(await files.script.inCoding('gzip')).equals(files.script.body)).toBe(true);
    expect(files.script.inCoding('gzip')).toBe(files.script.inCoding('gzip'));
    const again = await createGraphiql(options)();
    const etags = ({ page, script, style, icon }: typeof files) =>
      [page, script, style, icon].map(({ headers }) => headers.etag);
    expect(etags(again)).toEqual(etags(files));
    expect(new Set(etags(files)).size).toBe(4);
  });

  it('is a small page, which no site may frame, and which runs only its own scripts', async () => {
    await using server = await startTestServer({ graphiql: createGraphiql(options) });
    const answer = await visit(server.url, '/graphql');
    const html = await answer.text();
    expect(html.length).toBeLessThan(20_000);
    expect(html.match(/<\/script>/g)).toHaveLength(2);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringMatching(
        /default-src 'none'; script-src 'self';.*frame-ancestors 'none'/,
      ),
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      vary: 'accept, accept-encoding',
    });
  });

  it("is refused in a version to which the gateway's patches do not apply", () => {
    expect(() => withCorrections('')).toThrow('another version');
  });
});
