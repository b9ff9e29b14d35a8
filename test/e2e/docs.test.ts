// Compares README and docs/ with the code: answers, commands, variables, endpoints, links.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isObjectType, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../schema/index.ts';
import { createApiKey } from '../../src/auth/api-keys.ts';
import { openApiDocument } from '../../src/openapi/document.ts';
import { coverage } from '../coverage/table.ts';
import { startTestGateway } from '../support/gateway.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const documents = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  ...readdirSync(new URL('docs/', root), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && !file.includes('node_modules'))
    .map((file) => `docs/${file}`),
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

/** The indented commands of all pages that begin with this text, continued lines joined. */
function commandsOf(start: string): string[] {
  const lines = documents.flatMap((path) =>
    read(path)
      .replaceAll(/ \\\n +/g, ' ')
      .split('\n'),
  );
  return lines.filter((line) => line.startsWith(`    ${start}`)).map((line) => line.trim());
}

test('operations in commands of the shell are valid', () => {
  const bodies = commandsOf('curl').flatMap((command) => / -d '(\{.*?\})'/.exec(command)?.[1] ?? []);
  expect(bodies.length).toBeGreaterThan(3);
  const errors = bodies.flatMap((body) => {
    // A body that is no JSON fails here; one without a query is no document.
    const { query } = JSON.parse(body) as { readonly query: string };
    return validate(schema, parse(query));
  });
  expect(errors).toEqual([]);
});

test('commands that make a key name scopes and options that exist', () => {
  const commands = commandsOf('npm run create-api-key');
  expect(commands.length).toBeGreaterThan(3);
  const text = { type: 'string' } as const;
  for (const command of commands) {
    const args = command.replaceAll("'", '').split(' ').slice(4);
    const { values } = parseArgs({ args, options: { name: text, scopes: text, rooms: text, file: text } });
    const { name = '', scopes = '', rooms } = values;
    const made = createApiKey({
      name,
      scopes: scopes.split(','),
      rooms: rooms?.split(',') ?? [],
      expires: null,
    });
    expect(made.line).toContain(name);
  }
});

test('the README names each variable of the configuration', () => {
  const variables = [
    ...(
      read('src/config/environment.ts') +
      read('src/config/authentication.ts') +
      read('src/config/proxy.ts')
    ).matchAll(/^ {2}([A-Z][A-Z_]+): /gm),
  ].map(([, name]) => name);
  expect(variables.length).toBeGreaterThan(30);
  expect(variables.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

test('the commands of all pages exist, and each is in the README or in CONTRIBUTING', () => {
  const { scripts } = JSON.parse(read('package.json')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const commandsIn = (text: string) =>
    [...text.matchAll(/npm (?:run (?:-s |--silent )?)?([\w:-]+)/g)].map(([, name]) => name ?? '');
  const runs = documents.flatMap((path) => [...read(path).matchAll(/npm run (?:-s |--silent )?([\w:-]+)/g)]);
  expect(runs.map(([, name]) => name ?? '').filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  const told = commandsIn(readme + read('CONTRIBUTING.md'));
  // npm runs the first two itself; `npm run check` lints.
  const untold = ['prepare', 'prepack', 'lint'];
  expect(Object.keys(scripts).filter((name) => !told.includes(name))).toEqual(untold);
});

/** The rows of the mapping whose first column names endpoints, with the code in their second column. */
const mapped = read('docs/mapping.md')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, first = '']) => /^`(GET|POST|DELETE)\b/.test(first))
  .map(([, first = '', second = '']) => ({ endpoints: endpointsIn(first), names: codeIn(second) }));

function codeIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '');
}

/** The endpoints in a cell. A path without a method has the methods of the cell; a partial path continues the first path. */
function endpointsIn(cell: string): string[] {
  const methods = [...cell.matchAll(/\b(GET|POST|DELETE)\b/g)].map(([method]) => method);
  const [first = '', ...others] = codeIn(cell).flatMap((code) => /\S*\/\S*$/.exec(code)?.[0] ?? []);
  const paths = [first, ...others.map((path) => fullPath(first, path))];
  return paths.flatMap((path) => [...new Set(methods)].map((method) => `${method} ${path}`));
}

function fullPath(first: string, path: string): string {
  const known = (candidate: string) => Object.hasOwn(openApiDocument.paths, candidate);
  if (known(path)) return path;
  const segments = first.split('/');
  const lengths = segments.keys().toArray().toReversed();
  const bases = lengths.map((length) => segments.slice(0, length).join('/'));
  return bases.map((base) => base + path).find(known) ?? path;
}

test('the mapping has each endpoint in the row of its fields, and no others', () => {
  const documented = Object.entries(openApiDocument.paths).flatMap(([path, item]) =>
    (['get', 'post', 'delete'] as const).flatMap((method) => {
      const operationId = item[method]?.operationId;
      return operationId === undefined ? [] : [[`${method.toUpperCase()} ${path}`, operationId] as const];
    }),
  );
  const known: ReadonlySet<string> = new Set(documented.map(([endpoint]) => endpoint));
  expect(mapped.flatMap(({ endpoints }) => endpoints).filter((endpoint) => !known.has(endpoint))).toEqual([]);
  const missing = documented.flatMap(([endpoint, operationId]) => {
    const rows = mapped.filter(({ endpoints }) => endpoints.includes(endpoint));
    const names = new Set(rows.flatMap((row) => row.names));
    const fields = coverage[operationId]?.fields ?? [];
    return fields.filter((field) => !names.has(field)).map((field) => `${endpoint}: ${field}`);
  });
  expect(missing).toEqual([]);
});

test('the mapping names fields and types that the graph has, and each root field', () => {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const rootFields = roots.flatMap((type) => Object.keys(type?.getFields() ?? {}));
  const isField = (name: string) => {
    const [typeName = '', field] = name.split('.');
    if (field === undefined) return rootFields.includes(name) || schema.getType(name) !== undefined;
    const type = schema.getType(typeName);
    return isObjectType(type) && type.getFields()[field] !== undefined;
  };
  const names = mapped.flatMap((row) => row.names).filter((name) => /^\w+(\.\w+)?$/.test(name));
  expect(names.filter((name) => !isField(name))).toEqual([]);
  const mapping = read('docs/mapping.md');
  expect(rootFields.filter((field) => !mapping.includes(`\`${field}\``))).toEqual(['nodes']);
});

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(text: string): ReadonlySet<string> {
  const outside = text.replaceAll(/^```.*?^```/gms, '');
  return new Set(
    [...outside.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .trim()
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

test.for(documents)('the links of %s lead somewhere', (path) => {
  const links = [...read(path).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? '');
  const broken = links
    .filter((link) => !/^https?:/.test(link))
    .filter((link) => {
      const target = new URL(link, new URL(path, root));
      const anchor = decodeURIComponent(target.hash.slice(1));
      target.hash = '';
      if (!existsSync(target)) return true;
      return (
        anchor !== '' &&
        target.pathname.endsWith('.md') &&
        !anchorsOf(readFileSync(target, 'utf8')).has(anchor)
      );
    });
  expect(broken).toEqual([]);
});
