// What README and docs/ say is held to the code: answers, commands, variables, endpoints, links.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../schema/index.ts';
import { openApiDocument } from '../../src/openapi/document.ts';
import { startTestGateway } from '../support/gateway.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const documents = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(new URL('docs/', root)).map((file) => `docs/${file}`),
];
const readme = read('README.md');

/** The fenced blocks of a language, in their order. */
function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    ([, block]) => block ?? '',
  );
}

test('the query of the README is answered as the README says', async () => {
  await using gateway = await startTestGateway();
  const [query = ''] = blocks(readme, 'graphql');
  const [answer = ''] = blocks(readme, 'json');
  expect(await gateway.ask(query)).toEqual(JSON.parse(answer));
});

test.for(documents.flatMap((path) => blocks(read(path), 'graphql').map((block) => [path, block] as const)))(
  'an operation in %s is valid',
  ([, block]) => {
    expect(validate(schema, parse(block))).toEqual([]);
  },
);

test('the README names each variable of the configuration', () => {
  const variables = [
    ...(read('src/config.ts') + read('src/config-auth.ts')).matchAll(/^ {2}([A-Z][A-Z_]+): /gm),
  ].map(([, name]) => name);
  expect(variables.length).toBeGreaterThan(30);
  expect(variables.filter((name) => !readme.includes(`\`${name}\``))).toEqual(['NODE_ENV']);
});

test('the commands of the README exist', () => {
  const { scripts } = JSON.parse(read('package.json')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const commands = [...readme.matchAll(/npm run ([\w-]+)/g)].map(([, name]) => name ?? '');
  expect(commands.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});

test('the mapping names each endpoint of the core and each root field', () => {
  const mapping = read('docs/mapping.md');
  const core = new Set(['rooms', 'room-codes', 'sessions', 'active-rooms', 'templates']);
  const endpoints = Object.entries(openApiDocument.paths).flatMap(([path, item]) =>
    (['get', 'post', 'delete'] as const)
      .filter((method) => item[method]?.tags.some((tag) => core.has(tag)))
      .map((method) => `\`${method.toUpperCase()} ${path}\``),
  );
  expect(endpoints).toHaveLength(31);
  expect(endpoints.filter((endpoint) => !mapping.includes(endpoint))).toEqual([]);
  const fields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap(
    (type) => Object.keys(type?.getFields() ?? {}),
  );
  expect(fields.filter((field) => !mapping.includes(`\`${field}\``))).toEqual(['nodes']);
});

test.for(documents)('the links of %s lead somewhere', (path) => {
  const targets = [...read(path).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target]) => target ?? '');
  const local = targets.filter((target) => !target.startsWith('https://'));
  expect(local.filter((target) => !existsSync(new URL(target, new URL(path, root))))).toEqual([]);
});
