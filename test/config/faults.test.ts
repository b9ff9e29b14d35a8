// All faults of an environment at once, without a secret; and variables that have no effect.
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/config.ts';
import { credentials, faultsOf, testFaults, type Environment } from './reading.ts';

testFaults([
  ['a key without its secret', { HMS_ACCESS_KEY: 'k', GATEWAY_AUTH: 'off' }, /^HMS_SECRET is missing/],
  ['a secret without its key', { HMS_SECRET: 's' }, /^HMS_ACCESS_KEY is missing/],
  [
    'production without credentials',
    { NODE_ENV: 'production' },
    /^HMS_ACCESS_KEY and HMS_SECRET are missing/,
  ],
]);

describe('a fault', () => {
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
    ['POLL_INTERVAL', '; did you mean POLL_INTERVAL_MS?'],
    ['UPSTREAM_RPM', '; did you mean UPSTREAM_RPS?'],
    ['REDIS_HOST', '; did you mean REDIS_URL?'],
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
    ['SESSION_MANAGER', 'local'],
    ['LOGNAME', 'me'],
    ['HOSTNAME', 'here'],
    ['ALL_PROXY', 'socks://proxy'],
  ])('%s=%s causes no warning', (name, value) => {
    expect(warningsOf({ [name]: value })).toEqual([]);
  });
});

describe('several instances over the sandbox', () => {
  const redis = { REDIS_URL: 'redis://:CANARY@127.0.0.1:6379' };
  const warningsOf = (environment: Environment) => readConfig(environment).warnings;

  it.each([
    ['without credentials', {}],
    ['with SANDBOX=on', { ...credentials, SANDBOX: 'on' }],
  ])('cause a warning %s', (_case, environment) => {
    expect(warningsOf({ ...redis, ...environment })).toEqual([
      expect.stringMatching(/^REDIS_URL .* a sandbox of its own: .*\(docs\/scaling\.md\)$/),
    ]);
    expect(warningsOf(environment)).toEqual([]);
  });

  it('cause none if all of them call one REST API', () => {
    const one = { HMS_API_URL: 'http://127.0.0.1:4100/v2', HMS_AUTH_URL: 'http://127.0.0.1:4100/v2' };
    expect(warningsOf({ ...redis, ...credentials, ...one, GATEWAY_AUTH: 'off' })).toEqual([]);
  });
});
