// What pages of other origins may send: the headers that a preflight allows, and the origins of localhost with the
// sandbox.
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { startTestServer } from '../../support/server.ts';

const FRIEND = 'https://app.example.com';

function preflight(url: string, origin: string, headers: string): Promise<Response> {
  return fetch(`${url}/graphql`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': headers,
    },
  });
}

describe('a page of an allowed origin', () => {
  it.each([
    'sentry-trace, baggage',
    'traceparent, tracestate',
    'apollographql-client-name, apollographql-client-version, apollo-require-preflight',
    'x-datadog-trace-id, x-datadog-parent-id, x-datadog-origin, x-datadog-sampling-priority',
    'x-requested-with',
    'b3, x-b3-traceid',
    'accept, authorization, content-type, x-tenant',
  ])('may send %s', async (headers) => {
    await using server = await startTestServer({ allowedOrigins: [FRIEND], allowedHeaders: ['x-tenant'] });
    const answer = await preflight(server.url, FRIEND, headers);
    const allowed = answer.headers.get('access-control-allow-headers')?.split(/, ?/);
    expect(allowed).toEqual(expect.arrayContaining(headers.split(', ')));
  });

  it('may not send a header that is not configured', async () => {
    await using server = await startTestServer({ allowedOrigins: [FRIEND] });
    const { headers } = await preflight(server.url, FRIEND, 'x-tenant');
    expect(headers.get('access-control-allow-headers')).not.toContain('x-tenant');
  });
});

describe('with local origins', () => {
  it.each(['http://localhost:5173', 'http://127.0.0.1:8080', 'https://[::1]:3000', 'http://app.localhost'])(
    '%s may use the gateway',
    async (origin) => {
      await using server = await startTestServer({ localOrigins: true });
      const answer = await fetch(`${server.url}/graphql?query=%7Bhello%7D`, { headers: { origin } });
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
    },
  );

  it.each([
    'http://localhost.evil.example',
    'http://evil.example:4000',
    'null',
    'ftp://localhost',
    'localhost',
  ])('%s is refused, and the message names the variable', async (origin) => {
    await using server = await startTestServer({ localOrigins: true });
    const answer = await fetch(`${server.url}/graphql?query=%7Bhello%7D`, { headers: { origin } });
    expect([answer.status, await answer.json()]).toEqual([
      403,
      {
        errors: [
          {
            message:
              'Pages of this origin may not use the gateway: GATEWAY_ALLOWED_ORIGINS does not have it.',
            extensions: { code: 'FORBIDDEN' },
          },
        ],
      },
    ]);
  });

  it('local origins are allowed by default only with the sandbox on loopback', () => {
    const credentials = { HMS_ACCESS_KEY: 'key', HMS_SECRET: 'x'.repeat(32), GATEWAY_AUTH: 'off' };
    const localOrigins = [
      {},
      { HOST: 'localhost' },
      { HOST: '0.0.0.0' },
      credentials,
      {
        GATEWAY_ALLOWED_ORIGINS: FRIEND,
      },
    ].map((environment) => readConfig(environment).localOrigins);
    expect(localOrigins).toEqual([true, true, false, false, false]);
  });

  it('further headers are a list of names, separated by commas', () => {
    expect(readConfig({ GATEWAY_ALLOWED_HEADERS: 'X-Tenant, x_id' }).allowedHeaders).toEqual([
      'x-tenant',
      'x_id',
    ]);
    for (const names of ['*', 'x tenant', 'x-a;x-b']) {
      expect(() => readConfig({ GATEWAY_ALLOWED_HEADERS: names })).toThrow('GATEWAY_ALLOWED_HEADERS must be');
    }
  });
});
