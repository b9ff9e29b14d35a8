// `Accept` is checked before anything runs: a client that accepts none of the media types of an answer is refused.
import { describe, expect, it } from 'vitest';
import { knownCallers, post, startTestServer } from '../../support/server.ts';

const CHANGE = { query: 'mutation { change }' };

describe('a request whose client accepts', () => {
  it.each([
    'text/plain',
    'image/png',
    'image/*',
    'text/html, application/xhtml+xml',
    'application/jsonx',
    'application/json; charset=iso-8859-1',
    'text/event-stream; charset=utf-16',
    'multipart/form-data',
    'json',
    ',',
  ])('%s is refused with 406, in JSON, and does not run', async (accept) => {
    await using server = await startTestServer();
    for (const answer of [
      await post(server.url, CHANGE, { accept }),
      await fetch(`${server.url}/graphql?query=%7Bhello%7D&extensions=%7B%7D`, {
        // A browser that accepts HTML is redirected to GraphiQL if it is on; here it is off.
        headers: { accept },
      }),
    ]) {
      expect(answer.status).toBe(406);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json(; charset=utf-8)?$/);
      expect(await answer.json()).toEqual({
        errors: [
          {
            message:
              'Accept one of application/json, application/graphql-response+json, text/event-stream and multipart/mixed, in UTF-8.',
            extensions: { code: 'BAD_USER_INPUT' },
          },
        ],
      });
    }
    expect(server.started.fields).toEqual([]);
  });

  it.each([
    ['application/json', 'application/json; charset=utf-8'],
    ['Application/JSON;Charset=UTF-8', 'application/json; charset=utf-8'],
    ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
    ['application/*', /^application\/.*json; charset=utf-8$/],
    ['text/event-stream', 'text/event-stream'],
    ['text/*', 'text/event-stream'],
    ['multipart/mixed', 'multipart/mixed; boundary="-"'],
    ['multipart/*', 'multipart/mixed; boundary="-"'],
    ['*/*', /json|event-stream|multipart/],
    ['image/png, */*;q=0.1', /json|event-stream|multipart/],
    ['text/plain, application/json;q=0.5', 'application/json; charset=utf-8'],
    ['', /json|event-stream|multipart/],
  ])('%s is answered', async (accept, type) => {
    await using server = await startTestServer();
    const answer = await post(server.url, CHANGE, { accept });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(type);
    expect(await answer.text()).toContain('{"data":{"change":"changed"}}');
    expect(server.started.fields).toEqual(['change']);
  });

  it('none of the types still gets 401 if it is not authenticated', async () => {
    await using server = await startTestServer({ authentication: knownCallers({ ada: null }) });
    const answer = await post(server.url, CHANGE, { accept: 'text/plain' });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });
});
