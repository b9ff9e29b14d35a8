// The configuration from environment variables: its defaults, a message for each fault, all faults at once, and no
// secret in a message.
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';
import { Secret } from '../src/secret.ts';

type Environment = Readonly<Record<string, string>>;

function faultsOf(environment: Environment): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

const credentials = { HMS_ACCESS_KEY: 'the-key', HMS_SECRET: 'the-secret' };
const provider = {
  GATEWAY_JWKS_URL: 'https://login.example/keys',
  GATEWAY_JWT_ISSUER: 'https://login.example/',
  GATEWAY_JWT_AUDIENCE: 'rooms',
};
const longSecret = 'w'.repeat(32);

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

  it('lists are split at commas, and spaces around the elements are ignored', () => {
    const config = readConfig({
      GATEWAY_ALLOWED_ORIGINS: 'https://a.example, http://localhost:3000',
      WEBHOOK_SECRET: `${longSecret} , ${longSecret}2`,
      WEBHOOK_SECRET_HEADER: 'X-My-Secret',
    });
    expect(config.allowedOrigins).toEqual(['https://a.example', 'http://localhost:3000']);
    expect(config.webhookSecrets.map((secret) => secret.reveal())).toEqual([longSecret, `${longSecret}2`]);
    expect(config.webhookSecretHeader).toBe('x-my-secret');
  });

  it('GATEWAY_AUTH lists the accepted methods of authentication', () => {
    const authentication = (environment: Environment) =>
      readConfig({ ...credentials, ...environment }).authentication;
    expect(authentication({ GATEWAY_AUTH: 'off' })).toEqual({
      apiKeysFile: null,
      jwt: null,
      hmsToken: false,
    });
    expect(authentication({ GATEWAY_AUTH: 'hms-token, api-key', GATEWAY_API_KEYS: 'keys.txt' })).toEqual({
      apiKeysFile: 'keys.txt',
      jwt: null,
      hmsToken: true,
    });
    expect(authentication({ GATEWAY_AUTH: 'jwt', ...provider, HOST: '0.0.0.0' })).toEqual({
      apiKeysFile: null,
      jwt: { jwksUrl: provider.GATEWAY_JWKS_URL, issuer: 'https://login.example/', audience: 'rooms' },
      hmsToken: false,
    });
  });

  it.each(['http://localhost:9000/keys', 'http://127.0.0.1/keys', 'http://[::1]:1/keys'])(
    'the keys of an identity provider may be read without TLS from %s',
    (GATEWAY_JWKS_URL) => {
      expect(faultsOf({ GATEWAY_AUTH: 'jwt', ...provider, GATEWAY_JWKS_URL })).toEqual([]);
    },
  );

  it.each(['127.0.0.1', '127.9.9.9', '::1', 'localhost'])(
    'authentication may be off if the gateway listens on %s',
    (HOST) => {
      expect(faultsOf({ ...credentials, GATEWAY_AUTH: 'off', HOST })).toEqual([]);
    },
  );

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

  it('trusted proxies are addresses, CIDR ranges and named ranges', () => {
    expect(readConfig({}).trustedProxies).toEqual([]);
    const GATEWAY_TRUSTED_PROXIES = 'loopback, private,10.0.3.7 ,2001:db8::/32';
    const expected = ['loopback', 'private', '10.0.3.7', '2001:db8::/32'];
    expect(readConfig({ GATEWAY_TRUSTED_PROXIES }).trustedProxies).toEqual(expected);
  });

  it.each([' ', '\r', '\r\n', '\t', '\ufeff'])('%j around values is ignored', (blank) => {
    const around = (value: string) => `${blank}${value}${blank}`;
    const environment = { ...credentials, NODE_ENV: 'production', GATEWAY_AUTH: 'jwt', ...provider };
    const plain = readConfig(environment);
    const padded = readConfig(
      Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, around(value)])),
    );
    expect(padded).toEqual(plain);
    expect(padded).toMatchObject({ graphiql: false, upstream: { kind: 'vendor', accessKey: 'the-key' } });
    expect(padded.upstream.secret.reveal()).toBe('the-secret');
    expect(readConfig({ HMS_SECRET: blank }).upstream.kind).toBe('sandbox');
  });

  it.each([
    'https://api.100ms.live/v2/',
    'https://proxy.example/100ms/v2',
    'http://127.0.0.1:4100/v2',
    'http://[::1]/v3',
  ])('the REST API may be at %s', (url) => {
    expect(faultsOf({ HMS_API_URL: url, HMS_AUTH_URL: url })).toEqual([]);
  });

  it('a webhook secret may be in any header that the gateway does not use itself, such as Authorization', () => {
    expect(readConfig({ WEBHOOK_SECRET_HEADER: 'Authorization' }).webhookSecretHeader).toBe('authorization');
  });

  it('with the sandbox authentication may be off on every address', () => {
    expect(faultsOf({ HOST: '0.0.0.0' })).toEqual([]);
    expect(faultsOf({ HOST: '0.0.0.0', GATEWAY_AUTH: 'off' })).toEqual([]);
  });
});

const faulty: readonly (readonly [name: string, environment: Environment, fault: RegExp])[] = [
  ...['x', '-1', '65536', '1.5', '1e3', '8 0', '0x50'].map(
    (PORT) => [`PORT=${PORT}`, { PORT }, /^PORT must be a whole number from 0 to 65535$/] as const,
  ),
  ['SANDBOX_PORT', { SANDBOX_PORT: 'x' }, /^SANDBOX_PORT must be a whole number from 0 to 65535$/],
  ['SANDBOX_SEED', { SANDBOX_SEED: '-1' }, /^SANDBOX_SEED must be a whole number from 0 to 4294967295$/],
  ['SANDBOX', { SANDBOX: 'yes' }, /^SANDBOX must be `on` or unset$/],
  ...[
    'api.100ms.live',
    'ftp://api.100ms.live/v2',
    'http://api.100ms.live/v2',
    'http://10.0.0.1/v2',
    'https://user:CANARY@api.100ms.live/v2',
    'https://user@api.100ms.live/v2',
    'https://api.100ms.live',
    'https://api.100ms.live/v2/rooms',
    'https://api.100ms.live/v2?limit=1',
    'https://api.100ms.live/v2?',
    'https://api.100ms.live/v2#v2',
    'https:///v2',
  ].flatMap((url) =>
    ['HMS_API_URL', 'HMS_AUTH_URL'].map(
      (name) =>
        [
          `${name}=${url}`,
          { [name]: url },
          new RegExp(`^${name} must be an https URL that ends with the API's version, such as [^C]+$`),
        ] as const,
    ),
  ),
  ...['http://0.0.0.0', '0.0.0.0:4000', '[::1]', 'a host', '*'].map(
    (HOST) => [`HOST=${HOST}`, { HOST }, /^HOST must be an IP address .* or the name of a host/] as const,
  ),
  ...['prod', 'Production', 'staging'].map(
    (NODE_ENV) =>
      [
        `NODE_ENV=${NODE_ENV}`,
        { NODE_ENV },
        new RegExp(`^NODE_ENV must be production, development, test or unset, not "${NODE_ENV}"$`),
      ] as const,
  ),
  ...['"production"', "'the-secret'", '`x`', '“x”', '"x'].flatMap((value) =>
    ['NODE_ENV', 'HMS_SECRET', 'SANDBOX_SECRET', 'WEBHOOK_SECRET', 'LOG_LEVEL'].map(
      (name) =>
        [
          `${name}=${value}, with quotes`,
          { ...credentials, GATEWAY_AUTH: 'off', [name]: value },
          new RegExp(`^${name} must not begin or end with a quotation mark \\(.\\): some programs[a-z ]+$`),
        ] as const,
    ),
  ),
  ...[
    ['a\rb', '\\r'],
    ['a\nb', '\\n'],
    ['a\tb', '\\t'],
    ['\u200bab', '\\u{200b}'],
    ['a\u00a0b', '\\u{a0}'],
    ['a\u0000b', '\\u{0}'],
  ].flatMap(([value = '', shown = '']) =>
    ['NODE_ENV', 'HMS_ACCESS_KEY', 'HMS_SECRET', 'WEBHOOK_SECRET'].map(
      (name) =>
        [
          `${name} with ${shown}`,
          { ...credentials, GATEWAY_AUTH: 'off', [name]: value },
          new RegExp(
            `^${name} must not contain ${shown.replace(/[\\{}]/g, '\\$&')}, a character that cannot be seen$`,
          ),
        ] as const,
    ),
  ),
  ...['HMS_ACCESS_KEY', 'HMS_SECRET', 'SANDBOX_ACCESS_KEY', 'SANDBOX_SECRET', 'WEBHOOK_SECRET'].flatMap(
    (name) =>
      [`two ${longSecret}`, `sécret${longSecret}`].map(
        (value) =>
          [
            `${name}=${value}`,
            { ...credentials, GATEWAY_AUTH: 'off', [name]: value },
            new RegExp(`^${name} must consist of visible ASCII characters, without blanks`),
          ] as const,
      ),
  ),
  ...['WEBHOOK_SECRET', 'GATEWAY_ALLOWED_ORIGINS', 'GATEWAY_TRUSTED_PROXIES'].flatMap((name) =>
    [',', ' , ,'].map(
      (value) => [`${name}=${value}`, { [name]: value }, /must have at least one entry$/] as const,
    ),
  ),
  ...['host', 'Content-Length', 'transfer-encoding', 'TE', 'x-forwarded-for', 'cookie'].map(
    (WEBHOOK_SECRET_HEADER) =>
      [
        `WEBHOOK_SECRET_HEADER=${WEBHOOK_SECRET_HEADER}`,
        { WEBHOOK_SECRET_HEADER },
        /^WEBHOOK_SECRET_HEADER must be a header of its own such as x-webhook-secret/,
      ] as const,
  ),
  [
    'POLL_INTERVAL_MS',
    { POLL_INTERVAL_MS: '10' },
    /^POLL_INTERVAL_MS must be a whole number from 50 to 3600000$/,
  ],
  ['POLL_MAX_INTERVAL_MS', { POLL_MAX_INTERVAL_MS: 'x' }, /^POLL_MAX_INTERVAL_MS must be a whole number/],
  [
    'SESSION_CHECK_MS',
    { SESSION_CHECK_MS: '0' },
    /^SESSION_CHECK_MS must be a whole number from 50 to 3600000$/,
  ],
  ['UPSTREAM_RPS', { UPSTREAM_RPS: '0' }, /^UPSTREAM_RPS must be a whole number from 1 to 100000$/],
  ['TRACKS_RPS', { TRACKS_RPS: '0' }, /^TRACKS_RPS must be a whole number from 1 to 100000$/],
  ['TRACKS_RPS', { UPSTREAM_RPS: '20', TRACKS_RPS: '21' }, /^TRACKS_RPS must not be more than UPSTREAM_RPS$/],
  ...[
    'http://x',
    'redis:',
    'redis:///0',
    'redis://host:port',
    'redis://host:99999',
    'redis://host/name',
    'redis://host/1/2',
    'redis://host?db=1',
    'redis://host#1',
    'redis://user:%zz@host',
    'redis+tls://host',
    'host:6379',
  ].map((url) => ['REDIS_URL', { REDIS_URL: url }, /^REDIS_URL must be redis:\/\//] as const),
  ['GATEWAY_AUTH', { GATEWAY_AUTH: 'none' }, /^GATEWAY_AUTH must be `off` or a comma list of /],
  ...[
    'x',
    'ftp://login.example/keys',
    'http://login.example/keys',
    'http://127.0.0.1.example/keys',
    'https://user@login.example/keys',
    'https://:password@login.example/keys',
  ].map(
    (GATEWAY_JWKS_URL) =>
      [
        `GATEWAY_JWKS_URL=${GATEWAY_JWKS_URL}`,
        { GATEWAY_AUTH: 'jwt', ...provider, GATEWAY_JWKS_URL },
        /^GATEWAY_JWKS_URL must be an https URL without a user or password \(http is for loopback addresses alone\)$/,
      ] as const,
  ),
  [
    'API keys without their file',
    { GATEWAY_AUTH: 'jwt,api-key', ...provider },
    /^GATEWAY_API_KEYS is missing: GATEWAY_AUTH names api-key, which needs it$/,
  ],
  ...Object.keys(provider).map(
    (name) =>
      [
        `tokens without ${name}`,
        { GATEWAY_AUTH: 'jwt', ...provider, [name]: '' },
        new RegExp(`^${name} is missing: GATEWAY_AUTH names jwt, which needs it$`),
      ] as const,
  ),
  ...Object.entries(provider).map(
    ([name, value]) =>
      [
        `${name} where no tokens are accepted`,
        { GATEWAY_AUTH: 'hms-token', [name]: value },
        new RegExp(`^${name} is set but GATEWAY_AUTH does not name jwt$`),
      ] as const,
  ),
  [
    'a file of API keys without the method api-key',
    { GATEWAY_API_KEYS: 'keys.txt' },
    /^GATEWAY_API_KEYS is set but GATEWAY_AUTH does not name api-key$/,
  ],
  [
    'GATEWAY_ALLOWED_ORIGINS',
    { GATEWAY_ALLOWED_ORIGINS: 'https://a.example,app.example.com' },
    /^GATEWAY_ALLOWED_ORIGINS must be a comma list of origins .*; wrong: entry 2$/,
  ],
  ['an origin with a path', { GATEWAY_ALLOWED_ORIGINS: 'https://a.example/' }, /^GATEWAY_ALLOWED_ORIGINS /],
  ['any origin', { GATEWAY_ALLOWED_ORIGINS: '*' }, /^GATEWAY_ALLOWED_ORIGINS /],
  ...[
    '10.0.0.0/33',
    '0.0.0.0/0',
    '::/0',
    'proxy.example',
    '10.0.0.1:80',
    '10.0.0',
    '10.0.0.0/8/8',
    'public',
  ].map(
    (entry) =>
      [
        `the proxy ${entry}`,
        { GATEWAY_TRUSTED_PROXIES: `loopback, ${entry}` },
        /^GATEWAY_TRUSTED_PROXIES must be a comma list of addresses, CIDRs/,
      ] as const,
  ),
  [
    'GATEWAY_MAX_SOCKETS',
    { GATEWAY_MAX_SOCKETS: '0' },
    /^GATEWAY_MAX_SOCKETS must be a whole number from 1 to/,
  ],
  [
    'GATEWAY_MAX_SUBSCRIPTIONS',
    { GATEWAY_MAX_SUBSCRIPTIONS: '1k' },
    /^GATEWAY_MAX_SUBSCRIPTIONS must be a whole number from 1 to/,
  ],
  ['GATEWAY_GRAPHIQL', { GATEWAY_GRAPHIQL: 'true' }, /^GATEWAY_GRAPHIQL must be `on` or `off`$/],
  ['GATEWAY_INTROSPECTION', { GATEWAY_INTROSPECTION: '1' }, /^GATEWAY_INTROSPECTION must be `on` or `off`$/],
  ['GATEWAY_EXECUTOR', { GATEWAY_EXECUTOR: 'jit' }, /^GATEWAY_EXECUTOR must be compiled or reference$/],
  ['GATEWAY_FEDERATION', { GATEWAY_FEDERATION: '1' }, /^GATEWAY_FEDERATION must be `on` or `off`$/],
  [
    'federation with persisted operations',
    { GATEWAY_FEDERATION: 'on', GATEWAY_PERSISTED_OPERATIONS: 'manifest.json' },
    /^GATEWAY_FEDERATION=on and GATEWAY_PERSISTED_OPERATIONS exclude each other: /,
  ],
  ['LIVE_PAGE', { LIVE_PAGE: '1' }, /^LIVE_PAGE must be `on` or `off`$/],
  [
    'GATEWAY_MAX_DEPTH',
    { GATEWAY_MAX_DEPTH: '0' },
    /^GATEWAY_MAX_DEPTH must be a whole number from 1 to 100$/,
  ],
  ['GATEWAY_MAX_COST', { GATEWAY_MAX_COST: 'x' }, /^GATEWAY_MAX_COST must be a whole number/],
  ['GATEWAY_RATE_LIMIT', { GATEWAY_RATE_LIMIT: 'x' }, /^GATEWAY_RATE_LIMIT must be a whole number/],
  [
    'WEBHOOK_SECRET_HEADER',
    { WEBHOOK_SECRET_HEADER: 'a b' },
    /^WEBHOOK_SECRET_HEADER must be the name of an HTTP header$/,
  ],
  [
    'WEBHOOK_SECRET',
    { WEBHOOK_SECRET: `${longSecret},short` },
    /^WEBHOOK_SECRET must have at least 32 bytes/,
  ],
  [
    'LOG_LEVEL',
    { LOG_LEVEL: 'loud' },
    /^LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent$/,
  ],
  [
    'an interval above its maximum',
    { POLL_INTERVAL_MS: '20000' },
    /^POLL_MAX_INTERVAL_MS must not be less than /,
  ],
  ['a key without its secret', { HMS_ACCESS_KEY: 'k', GATEWAY_AUTH: 'off' }, /^HMS_SECRET is missing/],
  ['a secret without its key', { HMS_SECRET: 's' }, /^HMS_ACCESS_KEY is missing/],
  [
    'production without credentials',
    { NODE_ENV: 'production' },
    /^HMS_ACCESS_KEY and HMS_SECRET are missing/,
  ],
  ['credentials without authentication', credentials, /^GATEWAY_AUTH is missing/],
  [
    'real rooms open to everybody',
    { ...credentials, GATEWAY_AUTH: 'off', HOST: '0.0.0.0' },
    /^GATEWAY_AUTH=off with real credentials needs a loopback HOST, not 0\.0\.0\.0$/,
  ],
];

describe('a fault', () => {
  it.each(faulty)('in %s is the only one reported', (_name, environment, fault) => {
    expect(faultsOf(environment)).toEqual([expect.stringMatching(fault)]);
  });

  it('does not hide another one', () => {
    const faults = faultsOf({
      PORT: 'x',
      LOG_LEVEL: 'loud',
      POLL_INTERVAL_MS: '20000',
      WEBHOOK_SECRET: 'short',
      HMS_ACCESS_KEY: 'k',
      GATEWAY_AUTH: 'off',
      HOST: '0.0.0.0',
    });
    expect(new Set(faults.map((fault) => fault.split(/[ =]/, 1)[0]))).toEqual(
      new Set(['GATEWAY_AUTH', 'HMS_SECRET', 'LOG_LEVEL', 'POLL_MAX_INTERVAL_MS', 'PORT', 'WEBHOOK_SECRET']),
    );
  });

  it('in a value causes no second fault that only follows from it', () => {
    expect(faultsOf({ POLL_INTERVAL_MS: '20000', POLL_MAX_INTERVAL_MS: 'x' })).toHaveLength(1);
    expect(faultsOf({ ...credentials, GATEWAY_AUTH: 'nobody' })).toHaveLength(1);
  });

  it('never shows a secret', () => {
    const secrets = {
      HMS_SECRET: 'CANARY-1',
      SANDBOX_SECRET: 'CANARY-2',
      WEBHOOK_SECRET: 'CANARY-3',
      REDIS_URL: 'http://user:CANARY-4@host',
    };
    const environments = [
      secrets,
      { ...secrets, HMS_ACCESS_KEY: 'k', HOST: '0.0.0.0', GATEWAY_AUTH: 'off' },
      { ...secrets, REDIS_URL: 'redis://user:CANARY-4@host', PORT: 'x' },
    ];
    for (const environment of environments) {
      const faults = faultsOf(environment);
      expect(faults.length).toBeGreaterThan(1);
      expect(faults.join('\n')).not.toContain('CANARY');
      expect(new ConfigError(faults).message).toContain(`${faults.length} faults`);
    }
  });

  it('come with names that are not known, as these may be the reason', () => {
    const read = () => readConfig({ PORT: 'x', GATEWAY_ALOWED_ORIGINS: 'https://a.example' });
    expect(read).toThrow(
      /a fault:\n {2}- PORT .*\n {2}- GATEWAY_ALOWED_ORIGINS .* did you mean GATEWAY_ALLOWED_ORIGINS\?$/,
    );
  });
});

describe('a variable that has no effect', () => {
  const warningsOf = (environment: Environment) => readConfig(environment).warnings;

  it.each([
    ['HMS_ACESS_KEY', '; did you mean HMS_ACCESS_KEY?'],
    ['GATEWAY_MAX_SOCKET', '; did you mean GATEWAY_MAX_SOCKETS?'],
    ['SANDBOX_PROT', '; did you mean SANDBOX_PORT?'],
    ['WEBHOOK_SECRETS', '; did you mean WEBHOOK_SECRET?'],
    ['HMS_SOMETHING_ELSE_ENTIRELY', ''],
  ])('%s causes a warning that names it, without its value', (name, suggestion) => {
    const warning = `${name} is not a variable of the gateway and has no effect${suggestion}`;
    expect(warningsOf({ [name]: 'CANARY' })).toEqual([warning]);
  });

  it.each([
    ['PATH', '/bin'],
    ['SANDBOX_SEED', '2'],
    ['GATEWAY_TOKEN', 'hgk_x'],
    ['GATEWAY_SERVICE_HOST', '10.0.0.1'],
    ['GATEWAY_PORT', 'tcp://10.0.0.1:4000'],
    ['GATEWAY_PORT_4000_TCP_ADDR', '10.0.0.1'],
  ])('%s=%s causes no warning', (name, value) => {
    expect(warningsOf({ [name]: value })).toEqual([]);
  });
});
