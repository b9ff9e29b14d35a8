// The structure of the project: imports run from the schema to the resolvers to the folders of src, and files stay
// small.
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  circleIn,
  entriesOf,
  readSource,
  sourceFiles,
  type Import,
  type SourceFile,
} from './support/imports.ts';

const own = sourceFiles('schema', 'resolvers', 'src');
/** The package for clients, which knows nothing of the gateway. */
const client = sourceFiles('packages/client/src');
const all = [...own, ...client, ...sourceFiles('test', 'scripts'), readSource('codegen.ts')];

/** What each folder may import besides its own files: a folder or a file; after `type:` only its types. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'schema/': [
    'resolvers/',
    'src/rest/errors.ts',
    'type:src/rest/',
    'type:src/live/',
    'type:src/auth/',
    'type:src/openapi/types.ts',
  ],
  'resolvers/': [
    'src/rest/',
    'src/live/',
    'src/auth/',
    'src/clock.ts',
    'src/derived.ts',
    'type:src/openapi/types.ts',
    'type:src/trace.ts',
  ],
  'src/rest/': [
    'src/auth/',
    'src/openapi/',
    'src/clock.ts',
    'src/derived.ts',
    'src/linked-list.ts',
    'src/proxy.ts',
    'src/secret.ts',
    'type:src/trace.ts',
  ],
  'src/live/': ['src/rest/', 'src/clock.ts', 'src/derived.ts', 'src/map-key.ts', 'type:src/openapi/types.ts'],
  'src/fleet/': ['src/clock.ts', 'src/secret.ts', 'type:src/live/', 'type:src/rest/', 'type:src/server/'],
  'src/auth/': ['src/clock.ts', 'src/map-key.ts', 'src/proxy.ts', 'src/secret.ts'],
  'src/server/': [
    'src/address-ranges.ts',
    'src/clock.ts',
    'src/linked-list.ts',
    'src/loopback.ts',
    'src/map-key.ts',
    'src/secret.ts',
    'src/trace.ts',
    'src/log-lines.ts',
    'type:src/log-stream.ts',
    'src/auth/errors.ts',
    'src/executor/',
    'type:src/fleet/',
    'type:src/live/',
  ],
  'src/executor/': [],
  'src/sandbox/': ['src/openapi/', 'src/clock.ts'],
  'src/openapi/': [],
  'src/address-ranges.ts': [],
  'src/clock.ts': [],
  'src/derived.ts': [],
  'src/linked-list.ts': [],
  'src/loopback.ts': [],
  'src/map-key.ts': [],
  'src/process-end.ts': ['src/stop-compiling.ts'],
  'src/proxy.ts': ['src/loopback.ts', 'src/secret.ts'],
  'src/secret.ts': [],
  'src/stop-compiling.ts': [],
  'src/trace.ts': [],
  'src/tracing/': ['src/trace.ts', 'package.json'],
  'src/log': ['src/secret.ts'],
  'src/config': [
    'src/address-ranges.ts',
    'src/fleet/redis-url.ts',
    'src/loopback.ts',
    'src/secret.ts',
    'type:src/auth/',
    'type:src/proxy.ts',
  ],
};

/** The folders that may use these packages. */
const packagesOf: Readonly<Record<string, readonly string[]>> = {
  graphql: ['schema/', 'resolvers/', 'src/executor/', 'src/server/'],
  'graphql-yoga': ['src/server/'],
  'graphql-ws': ['src/server/'],
  ws: ['src/server/'],
  '@pothos': ['schema/'],
  dataloader: ['resolvers/'],
  undici: ['src/rest/', 'src/sandbox/', 'src/auth/jwt.ts', 'src/proxy.ts'],
  valibot: ['src/config'],
  ioredis: ['src/fleet/'],
  '@opentelemetry': ['src/tracing/'],
};

/** The families of the vendor's endpoints. The top folders below have only folders of these names, and those of their mechanisms. */
const families = new Set([
  'rooms',
  'peers',
  'sessions',
  'templates',
  'media',
  'polls',
  'analytics',
  'webhooks',
  'live',
  'telephony',
]);
const mechanismsOf: Readonly<Record<string, readonly string[]>> = {
  schema: ['federation', 'own-types'],
  resolvers: ['connections'],
  'src/rest': ['catalog', 'client', 'shapes'],
  'src/sandbox': ['http'],
};

const roof = new Set([
  'src/core.ts',
  'src/gateway.ts',
  'src/services.ts',
  'src/sharing.ts',
  'src/start.ts',
  'src/main.ts',
  'src/library.ts',
]);
/** Whether a file joins the folders: the command and the library do, besides the files above. */
const isRoof = (path: string) => roof.has(path) || /^src\/(cli|library)\//.test(path);

function topOf(path: string): string {
  const top = Object.keys(mayImport).find((prefix) => path.startsWith(prefix));
  if (top === undefined) throw new Error(`${path} is in no folder that mayImport lists`);
  return top;
}

function isAllowed({ from, to, isType }: Import): boolean {
  const top = topOf(from);
  if (to.startsWith(top)) return true;
  return (mayImport[top] ?? []).some((allowed) =>
    allowed.startsWith('type:')
      ? isType && to.startsWith(allowed.slice('type:'.length))
      : to.startsWith(allowed),
  );
}

const asText = ({ from, to, isType }: Import) => `${from} -> ${to}${isType ? ' (type)' : ''}`;
const importsOf = (files: readonly SourceFile[]) => files.flatMap(({ imports }) => imports);

/**
 * The families of a top folder as if each were one file: its imports are those of all its files, each reduced to a family.
 */
function familiesOf(files: readonly SourceFile[], top: string): readonly SourceFile[] {
  const familyOf = (path: string) =>
    path.startsWith(`${top}/`) ? path.slice(top.length + 1).split('/')[0] : undefined;
  const byFamily = Map.groupBy(files, ({ path }) => familyOf(path));
  return [...families].map((path) => ({
    path,
    text: '',
    imports: importsOf(byFamily.get(path) ?? [])
      .map(({ to, isPackage, isType }) => ({ from: path, to: familyOf(to) ?? '', isPackage, isType }))
      .filter(({ to }) => to !== path),
  }));
}

describe('imports', () => {
  const below = own.filter(({ path }) => !isRoof(path));

  it('run one way: from the schema to the resolvers to the folders of src', () => {
    const wrong = importsOf(below).filter((one) => !one.isPackage && !isAllowed(one));
    expect(wrong.map(asText)).toEqual([]);
  });

  it('of packages are only in the folders that may use them', () => {
    const wrong = importsOf(below).filter(({ from, to, isPackage }) => {
      const name = Object.keys(packagesOf).find((known) => to === known || to.startsWith(`${known}/`));
      return isPackage && name !== undefined && !packagesOf[name]?.some((top) => from.startsWith(top));
    });
    expect(wrong.map(asText)).toEqual([]);
  });

  it('of gateway.ts and main.ts are only in tests, examples and those files themselves', () => {
    const wrong = importsOf(own).filter(({ from, to }) => isRoof(to) && !isRoof(from));
    expect(wrong.map(asText)).toEqual([]);
  });

  it('between families of the schema go through refs.ts', () => {
    const isFrame = (path: string) => /^schema\/[^/]+$/.test(path);
    const wrong = importsOf(
      own.filter(({ path }) => path.startsWith('schema/') && path !== 'schema/index.ts'),
    ).filter(({ from, to }) => to.startsWith('schema/') && !isFrame(to) && dirname(to) !== dirname(from));
    expect(wrong.map(asText)).toEqual([]);
  });

  it.each(['resolvers', 'src/rest'])('between families of %s form no circle, types included', (top) => {
    expect(circleIn(familiesOf(own, top))).toBeNull();
  });

  it('of the client package lead to its own files, and in the entry for a client to that client', () => {
    const packages: Readonly<Record<string, string>> = {
      'packages/client/src/apollo.ts': '@apollo/client',
      'packages/client/src/relay.ts': 'relay-runtime',
      'packages/client/src/urql.ts': '@urql/core',
    };
    const wrong = importsOf(client).filter(({ from, to, isPackage }) =>
      isPackage ? to !== packages[from] : !to.startsWith('packages/client/src/'),
    );
    expect(wrong.map(asText)).toEqual([]);
  });

  it('form no circle, types included', () => {
    expect(circleIn(all)).toBeNull();
  });

  it("have the file's extension", () => {
    expect(
      importsOf(all)
        .filter(({ to, isPackage }) => !isPackage && !/\.(ts|json)$|\/compile-cache\.js$/.test(to))
        .map(asText),
    ).toEqual([]);
  });
});

describe('folders that follow the vendor', () => {
  const tops = Object.keys(mechanismsOf);

  it.each(tops)('%s has only the folders of the families and of its mechanisms', (top) => {
    const folders = entriesOf(top).filter(({ isFolder }) => isFolder);
    const others = folders.filter(({ name }) => !families.has(name) && !mechanismsOf[top]?.includes(name));
    expect(others).toEqual([]);
    expect(folders.length).toBeGreaterThan(5);
  });

  it.each(tops)('%s has at most 16 files beside its folders', (top) => {
    expect(entriesOf(top).filter(({ isFolder }) => !isFolder).length).toBeLessThanOrEqual(16);
  });
});

/** The exports of a file, each with its `path:line` and whether a docstring ends on the line above. */
function exportsOf({ path, text }: Pick<SourceFile, 'path' | 'text'>) {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    if (!/^export (?!type \{|[{*])/.test(line)) return [];
    return [{ at: `${path}:${index + 1}`, hasDocstring: /\*\/\s*$/.test(lines[index - 1] ?? '') }];
  });
}

describe('exports', () => {
  // refs.ts only names the graph's types, which have descriptions.
  const exported = [...own, ...client].filter(({ path }) => path !== 'schema/refs.ts').flatMap(exportsOf);

  it('have docstrings, at least nine of ten', () => {
    const missing = exported.filter(({ hasDocstring }) => !hasDocstring).map(({ at }) => at);
    const share = 1 - missing.length / exported.length;
    expect(share, `without a docstring: ${missing.join(', ')}`).toBeGreaterThanOrEqual(0.9);
  });

  it('are found with and without a docstring', () => {
    const text = [
      '/** Fact. */',
      'export const a = 1;',
      '',
      'export type B = 1;',
      "export { c } from './c.ts';",
    ];
    expect(exportsOf({ path: 'x.ts', text: text.join('\n') })).toEqual([
      { at: 'x.ts:2', hasDocstring: true },
      { at: 'x.ts:4', hasDocstring: false },
    ]);
  });
});

describe('tests', () => {
  const tests = all.filter(({ path }) => path.startsWith('test/'));
  const matching = (pattern: RegExp) =>
    tests.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

  // It ends them when a test times out.
  it('start processes with test/support/child-process.ts alone', () => {
    const imported = /^import \{[^}]*\b(spawn|exec|execFile|fork)\b[^}]*\} from 'node:child_process'/m;
    expect(matching(imported)).toEqual(['test/support/child-process.ts']);
  });

  // `vi.unstubAllEnvs` sets single variables, and would set those of the object that was there before.
  it('set single variables, and never process.env as a whole', () => {
    expect(matching(/\bprocess\.env\s*=(?!=)/)).toEqual([]);
  });
});

describe('files', () => {
  it('define what they export: there are no barrels', () => {
    const barrels = all.filter(({ text }) => {
      // Neither comments nor imports for their effect make a barrel another file.
      const code = text.replaceAll(/^\s*\/\/.*$|^import '[^']+';$/gm, '').trim();
      const reexports = [...code.matchAll(/^export\s+(type\s+)?(\*|\{)[^;]*from '[^']+';/gm)].map(
        ([match]) => match,
      );
      return (
        /^export \*/m.test(code) || (reexports.length > 0 && code.length === reexports.join('\n').length)
      );
    });
    // A package has one entry.
    expect(barrels.map(({ path }) => path)).toEqual(['src/library.ts', 'packages/client/src/index.ts']);
  });

  it('have at most 300 lines', () => {
    const long = own.filter(({ text }) => text.trimEnd().split('\n').length > 300);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it('begin with a comment that says what is in them', () => {
    expect(all.filter(({ text }) => !/^(#!.*\n)?\/\/ \S/.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('have names in kebab case', () => {
    expect(
      all.map(({ path }) => path).filter((path) => !/^([a-z0-9-]+\/)*[a-z0-9-]+(\.test)?\.ts$/.test(path)),
    ).toEqual([]);
  });
});

describe('the reader of imports', () => {
  it('tells types from values and packages from files', () => {
    const { imports } = readSource('test/structure.test.ts');
    expect(imports).toEqual([
      { from: 'test/structure.test.ts', to: 'node:path', isPackage: true, isType: false },
      { from: 'test/structure.test.ts', to: 'vitest', isPackage: true, isType: false },
      { from: 'test/structure.test.ts', to: 'test/support/imports.ts', isPackage: false, isType: false },
    ]);
    const types = readSource('schema/refs.ts').imports.filter(({ to }) => to.startsWith('src/'));
    expect(types.length).toBeGreaterThan(3);
    expect(types.every(({ isType }) => isType)).toBe(true);
  });

  it('finds two families that import one another', () => {
    const file = (path: string, to: string) => ({
      path,
      text: '',
      imports: [{ from: path, to, isPackage: false, isType: true }],
    });
    const [peers, rooms] = [file('r/peers/a.ts', 'r/rooms/b.ts'), file('r/rooms/c.ts', 'r/peers/a.ts')];
    expect(circleIn(familiesOf([peers, file('r/rooms/c.ts', 'r/d.ts')], 'r'))).toBeNull();
    expect(circleIn(familiesOf([peers, rooms], 'r'))).toEqual(['rooms', 'peers', 'rooms']);
  });

  it('finds a circle', () => {
    const file = (isType: boolean, path: string, ...targets: string[]) => ({
      path,
      text: '',
      imports: targets.map((to) => ({ from: path, to, isPackage: false, isType })),
    });
    const [a, b, c] = [file(false, 'a', 'b', 'c'), file(false, 'b', 'c'), file(false, 'c')];
    expect(circleIn([a, b, c])).toBeNull();
    expect(circleIn([a, b, file(false, 'c', 'b')])).toEqual(['b', 'c', 'b']);
    expect(circleIn([a, b, file(true, 'c', 'b')])).toEqual(['b', 'c', 'b']);
  });
});
