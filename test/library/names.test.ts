// What the library says names its options. Variables of the environment are named by the command alone.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createApiKey } from '../../src/auth/api-keys.ts';
import { environmentSchema } from '../../src/config/environment.ts';
import { createGateway, createSandbox } from '../../src/library.ts';
import { canaryCredentials } from '../support/canary.ts';
import { sourceFiles } from '../support/imports.ts';
import { memoryLog } from '../support/memory-log.ts';
import { post } from '../support/server.ts';
import { inNode } from './hosts.ts';
import { ADMIN, stageIn } from './stage.ts';

const variable = /\b[A-Z]+(?:_[A-Z]+)+\b/g;
const variables = new Set(Object.keys(environmentSchema.entries));

/** Of the command alone, or checks of variables, whose names `settingsOf` replaces. */
const ofCommand = /^src\/(?:cli|config|sandbox)\/|^src\/(?:config|start|library\/settings)\.ts$/;

it('no text in the gateway names a variable but the defaults that the library replaces', () => {
  const named = sourceFiles('src', 'resolvers', 'schema')
    .filter(({ path }) => !ofCommand.test(path))
    .flatMap(({ path, text }) => {
      const code = text.replaceAll(/\/\*.*?\*\/|^\s*\/\/[^\n]*/gms, '');
      return [...code.matchAll(variable)].flatMap(([name]) =>
        variables.has(name) ? [`${path}: ${name}`] : [],
      );
    });
  expect(named.toSorted()).toEqual([
    'src/auth/errors.ts: GATEWAY_API_KEYS',
    'src/server/http/origins.ts: GATEWAY_ALLOWED_ORIGINS',
    'src/server/operation/persisted-operations.ts: GATEWAY_PERSISTED_OPERATIONS',
  ]);
});

it('a page of another site is told of the option `allowedOrigins`, by both handlers', async () => {
  await using staged = await stageIn(inNode, { allowedOrigins: ['https://partner.example.com'] });
  const headers = { authorization: `Bearer ${ADMIN}`, origin: 'https://other.example.com' };
  const answers = [
    await post(staged.url, { query: '{ __typename }' }, headers),
    await staged.gateway.fetch(new Request('http://localhost/graphql?query={__typename}', { headers })),
  ];
  for (const answer of answers) {
    expect([answer.status, await answer.json()]).toMatchObject([
      403,
      {
        errors: [
          { message: 'Pages of this origin may not use the gateway: allowedOrigins does not have it.' },
        ],
      },
    ]);
  }
});

it('a file of keys that cannot be used any more is told in the log and the metrics, by its option', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hms-gateway-'));
  const apiKeysFile = join(folder, 'keys');
  const { line } = createApiKey({ name: 'bot', scopes: ['rooms:read'], rooms: [], expires: null });
  await writeFile(apiKeysFile, line);
  const { log, text } = memoryLog();
  try {
    await using staged = await stageIn(inNode, { authenticate: { apiKeysFile }, log });
    await writeFile(apiKeysFile, 'no key');
    await expect.poll(text).toContain('The API keys (authenticate.apiKeysFile) cannot be used:');
    expect(await staged.gateway.metrics()).toMatch(/^hms_api_key_file_refused 1$/m);
    await writeFile(apiKeysFile, `${line}\n`);
    await expect.poll(text).toContain('the API keys were read again');
    expect(await staged.gateway.metrics()).toMatch(/^hms_api_key_file_refused 0$/m);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('files that cannot be used are told by their options', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hms-gateway-'));
  await writeFile(join(folder, 'empty'), '');
  await writeFile(join(folder, 'manifest'), '{"1":"{ __typename }"}');
  await using sandbox = await createSandbox({ ...canaryCredentials, data: 'empty' });
  try {
    for (const name of ['missing', 'empty']) {
      const authenticate = { apiKeysFile: join(folder, name) };
      await expect(createGateway({ upstream: sandbox, authenticate })).rejects.toThrow(
        /^The API keys \(authenticate\.apiKeysFile\) cannot be used:\n {2}- ./,
      );
    }
    for (const name of ['missing', 'empty', 'manifest']) {
      const persistedOperations = join(folder, name);
      await expect(createGateway({ upstream: sandbox, persistedOperations })).rejects.toThrow(
        `The persisted operations (persistedOperations, ${persistedOperations}) are invalid:\n  - `,
      );
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
