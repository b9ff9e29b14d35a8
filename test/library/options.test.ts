// The options of `createGateway`: checked as the variables of the environment are, and all at once.
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { createApiKey } from '../../src/auth/api-keys.ts';
import { ConfigError, createGateway, type GatewayOptions } from '../../src/library.ts';
import { CANARY, canaryCredentials } from '../support/canary.ts';
import { post } from '../support/server.ts';
import { inNode } from './hosts.ts';
import { ADMIN, stageIn } from './stage.ts';

const nobody = () => null;

/** The faults of options; they may be any, as those of a program in JavaScript. */
async function faultsOf(options: object): Promise<readonly string[]> {
  const failure: unknown = await createGateway(options as GatewayOptions).catch((error: unknown) => error);
  if (!(failure instanceof ConfigError)) throw new Error('The options were accepted.');
  return failure.faults;
}

it('all faults are told at once, by the names of the options, without a secret', async () => {
  const faults = await faultsOf({
    upstream: { accessKey: 'key', secret: `${CANARY} "`, apiUrl: 'http://api.example.com/v2' },
    authenticate: nobody,
    allowedOrigins: ['app.example.com'],
    pollIntervalMs: 2000,
    pollMaxIntervalMs: 1000,
    introspection: 'yes',
    limits: { depth: 0 },
    pollInterval: 1,
  });
  expect(faults).toEqual([
    'pollInterval is not an option of createGateway; did you mean pollIntervalMs?',
    expect.stringMatching(/^upstream\.secret must not begin or end with a quotation mark/),
    expect.stringMatching(/^upstream\.apiUrl must be an https URL/),
    expect.stringMatching(/^allowedOrigins must be a list of origins .*; wrong: entry 1$/),
    'introspection must be true or false',
    'limits.depth must be a whole number from 1 to 100',
    'pollMaxIntervalMs must not be less than pollIntervalMs',
  ]);
  expect(faults.join()).not.toContain(CANARY);
});

const withoutAccess: GatewayOptions['types'] = (builder) =>
  builder.queryField('open', (t) => t.string({ resolve: () => 'open' }));

it.each<[string, object, string]>([
  ['no upstream', { authenticate: nobody }, 'upstream is missing'],
  [
    'no secret',
    { upstream: { accessKey: 'key' }, authenticate: nobody },
    'upstream.secret is missing: upstream.accessKey and upstream.secret are needed together',
  ],
  ['no authentication', { upstream: canaryCredentials }, 'authenticate is missing'],
  [
    'an authentication without a method',
    { upstream: canaryCredentials, authenticate: {} },
    'authenticate names no method',
  ],
  [
    'a “sandbox” that is another host',
    { upstream: { ...canaryCredentials, kind: 'sandbox', url: 'https://api.example.com/v2' } },
    'upstream.url must be that of a sandbox on a loopback address',
  ],
  [
    'a field without access',
    { upstream: canaryCredentials, authenticate: nobody, types: withoutAccess },
    'types: Query.open has no `access`',
  ],
])('%s is refused', async (_case, options, fault) => {
  expect(await faultsOf(options)).toEqual([expect.stringContaining(fault)]);
});

const KIND_OF_AUTHENTICATE =
  'authenticate must be a function, or an object with apiKeysFile, jwt and hmsToken';

it.each(['api-key', 'off', true, false, 0, [], ['hms-token']])(
  'over the vendor’s API the authentication %j is refused: it would let everybody in',
  async (authenticate) => {
    expect(await faultsOf({ upstream: canaryCredentials, authenticate })).toEqual([KIND_OF_AUTHENTICATE]);
  },
);

it.each([null, undefined])(
  'the authentication %j is none, and the option limits: %j the default',
  async (none) => {
    expect(
      await faultsOf({ upstream: canaryCredentials, authenticate: none, limits: none, log: none }),
    ).toEqual([expect.stringContaining('authenticate is missing')]);
  },
);

it.each([undefined, null, 'options', 7])('the options %j are refused', async (options) => {
  await expect(createGateway(options as unknown as GatewayOptions)).rejects.toMatchObject({
    faults: ['the options of createGateway are missing: give an object'],
  });
});

it('options of a wrong kind and misspelt names within an option are told', async () => {
  const faults = await faultsOf({
    upstream: { ...canaryCredentials, apiURL: 'https://api.example.com/v2' },
    authenticate: {
      jwt: { jwksUrl: 'https://id.example.com/keys', issuer: 'i', audiences: 'a' },
      hmsToken: 'on',
    },
    limits: { dept: 3 },
    log: { info: () => undefined },
    types: {},
    plugins: [null],
  });
  expect(faults).toEqual([
    'upstream.apiURL is not an option of createGateway; did you mean upstream.apiUrl?',
    'authenticate.jwt.audiences is not an option of createGateway; did you mean authenticate.jwt.audience?',
    'authenticate.hmsToken must be true or false',
    'limits.dept is not an option of createGateway; did you mean limits.depth?',
    'log must be a log with the methods debug, info, warn and error',
    'types must be a function',
    'plugins must be a list of plugins',
    'authenticate.jwt.audience is missing: authenticate names jwt, which needs it',
  ]);
});

it('nothing is read from the environment', async () => {
  const variables = { HMS_ACCESS_KEY: 'other', HMS_SECRET: 'other', POLL_INTERVAL_MS: 'wrong' };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  try {
    await using staged = await stageIn(inNode);
    expect((await post(staged.url, { query: '{ __typename }' })).status).toBe(401);
  } finally {
    vi.unstubAllEnvs();
  }
});

it('the gateway’s own ways of authentication are options too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hms-gateway-'));
  const { key, line } = createApiKey({ name: 'bot', scopes: ['rooms:read'], rooms: [], expires: null });
  await writeFile(join(folder, 'keys'), line);
  try {
    await using staged = await stageIn(inNode, { authenticate: { apiKeysFile: join(folder, 'keys') } });
    const query = { query: '{ rooms { edges { node { name } } } }' };
    const answers = [
      await post(staged.url, query),
      await post(staged.url, query, { authorization: `Bearer ${key}` }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 200]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('over a sandbox anybody may do everything by default, and over loopback only by its names', async () => {
  await using staged = await stageIn(inNode, { authenticate: undefined });
  const query = { query: '{ __typename }' };
  expect((await post(staged.url, query)).status).toBe(200);
  const asked = get(`${staged.url}/graphql?query={__typename}`, { headers: { host: 'evil.example.com' } });
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  expect(answer.resume().statusCode).toBe(421);
});

it('pages of the origin that Host names may send requests, and of other sites those that are allowed', async () => {
  await using staged = await stageIn(inNode, { allowedOrigins: ['https://partner.example.com'] });
  const from = async (origin: string) => {
    const headers = { authorization: `Bearer ${ADMIN}`, origin };
    const url = 'https://app.example.com/api/graphql?query={__typename}';
    const { status, headers: sent } = await staged.gateway.fetch(new Request(url, { headers }));
    return [status, sent.get('access-control-allow-origin')];
  };
  expect(await from('https://app.example.com')).toEqual([200, null]);
  expect(await from('https://partner.example.com')).toEqual([200, 'https://partner.example.com']);
  expect(await from('http://localhost:5173')).toEqual([403, null]);
  expect(await from('null')).toEqual([403, null]);
});
