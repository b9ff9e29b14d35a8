// The configuration without variables, and what some variables change in the defaults of others.
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { Secret } from '../../src/secret.ts';
import { credentials } from './reading.ts';

describe('without any variable', () => {
  it('the gateway uses the sandbox and listens on loopback, without authentication and with GraphiQL', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      upstream: { kind: 'sandbox', port: 4100, seed: 1 },
      pollIntervalMs: 1000,
      pollMaxIntervalMs: 10_000,
      sessionCheckMs: 5000,
      upstreamRequestsPerSecond: 50,
      trackLooksPerSecond: 10,
      authentication: { apiKeysFile: null, jwt: null, hmsToken: false },
      allowedOrigins: [],
      localOrigins: true,
      allowedHeaders: [],
      graphiql: true,
      livePage: true,
      introspection: true,
      executor: 'compiled',
      webhookSecrets: [],
      webhookSecretHeader: 'x-webhook-secret',
      logLevel: 'info',
    });
  });

  it('the configuration is the same as with empty variables', () => {
    const empty = [
      'PORT',
      'HMS_ACCESS_KEY',
      'HMS_SECRET',
      'SANDBOX',
      'GATEWAY_AUTH',
      'LOG_LEVEL',
      'REDIS_URL',
    ];
    expect(readConfig(Object.fromEntries(empty.map((name) => [name, ''])))).toEqual(readConfig({}));
  });
});

describe('with variables', () => {
  it("both credentials make the gateway use the vendor's API, unless SANDBOX is on", () => {
    const open = { ...credentials, GATEWAY_AUTH: 'off' };
    expect(readConfig(open).upstream).toEqual({
      kind: 'vendor',
      accessKey: 'the-key',
      secret: expect.any(Secret) as unknown,
      apiUrl: 'https://api.100ms.live/v2',
      authUrl: 'https://auth.100ms.live/v2',
    });
    expect(readConfig({ ...open, SANDBOX: 'on' }).upstream.kind).toBe('sandbox');
    expect(readConfig({ NODE_ENV: 'production', SANDBOX: 'on' }).upstream.kind).toBe('sandbox');
  });

  it('production switches off GraphiQL and introspection, unless a variable switches them on', () => {
    const production = { NODE_ENV: 'production', SANDBOX: 'on' };
    expect(readConfig(production)).toMatchObject({ graphiql: false, introspection: false });
    expect(readConfig({ ...production, GATEWAY_GRAPHIQL: 'on', GATEWAY_INTROSPECTION: 'on' })).toMatchObject({
      graphiql: true,
      introspection: true,
    });
    expect(readConfig({ GATEWAY_GRAPHIQL: 'off' })).toMatchObject({ graphiql: false, introspection: true });
  });

  it('the live-rooms page is served over the sandbox, and over the API of the vendor only if LIVE_PAGE is on', () => {
    const open = { ...credentials, GATEWAY_AUTH: 'off' };
    expect(readConfig(open).livePage).toBe(false);
    expect(readConfig({ ...open, LIVE_PAGE: 'on' }).livePage).toBe(true);
    expect(readConfig({ ...open, SANDBOX: 'on' }).livePage).toBe(true);
    expect(readConfig({ LIVE_PAGE: 'off' }).livePage).toBe(false);
    // The operations of the page are not among persisted ones, so it would not work.
    expect(readConfig({ GATEWAY_PERSISTED_OPERATIONS: 'manifest.json' }).livePage).toBe(false);
  });

  it('persisted operations switch off GraphiQL, whose own operations are not among them, unless a variable switches it on', () => {
    const persisted = { GATEWAY_PERSISTED_OPERATIONS: 'manifest.json' };
    expect(readConfig(persisted).graphiql).toBe(false);
    expect(readConfig({ ...persisted, GATEWAY_GRAPHIQL: 'on' }).graphiql).toBe(true);
  });

  it('only the limits that variables set are passed to the server, which has defaults for the others', () => {
    expect(readConfig({}).limits).toEqual({});
    expect(readConfig({}).persistedOperations).toBeNull();
    const config = readConfig({
      GATEWAY_MAX_DEPTH: '8',
      GATEWAY_MAX_COST: '500',
      GATEWAY_RATE_LIMIT: '0',
      GATEWAY_MAX_SUBSCRIPTIONS: '2000',
      GATEWAY_MAX_SOCKETS: '20000',
      GATEWAY_PERSISTED_OPERATIONS: 'manifest.json',
    });
    expect(config.limits).toEqual({
      depth: 8,
      cost: 500,
      pointsPerMinute: 0,
      subscriptionsPerCaller: 2000,
      sockets: 20_000,
    });
    expect(config.persistedOperations).toBe('manifest.json');
  });
});
