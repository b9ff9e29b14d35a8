// The text of values: blanks around them, lists, quotation marks, invisible characters, secrets.
import { expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { credentials, longSecret, provider, testFaults } from './reading.ts';

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

it('a webhook secret may be in any header that the gateway does not use itself, such as Authorization', () => {
  expect(readConfig({ WEBHOOK_SECRET_HEADER: 'Authorization' }).webhookSecretHeader).toBe('authorization');
});

testFaults([
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
    'WEBHOOK_SECRET_HEADER',
    { WEBHOOK_SECRET_HEADER: 'a b' },
    /^WEBHOOK_SECRET_HEADER must be the name of an HTTP header$/,
  ],
  [
    'WEBHOOK_SECRET',
    { WEBHOOK_SECRET: `${longSecret},short` },
    /^WEBHOOK_SECRET must have at least 32 bytes/,
  ],
]);
