// The command `npm run build`: writes the package's JavaScript and types to `dist/`, or to the folder that is its argument. Node
// strips types from the sources of the repository, but not from files below `node_modules`, so the package contains the built
// files. Only modules that the command or the library imports are built. `npm pack` and `npm publish` run this first (`prepack`).
//   node scripts/build.ts [FOLDER] [--no-types]
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..');
const livePage = 'examples/dashboard/dist';
/** Files that modules read at run time from their own folder. The compiler does not copy them. */
const assets = ['src/**/*.{js,json,graphql,css}', 'schema/schema.graphql', `${livePage}/**/*.*`];

const { values, positionals } = parseArgs({
  options: { 'no-types': { type: 'boolean', default: false } },
  allowPositionals: true,
});
const out = resolve(positionals[0] ?? join(root, 'dist'));

if (!existsSync(join(root, livePage))) {
  console.error('The live-rooms page is not built: run `npm run prepare` first.');
  process.exit(1);
}
rmSync(out, { recursive: true, force: true });
compile(values['no-types']);
for (const asset of globSync(assets, { cwd: root })) {
  mkdirSync(dirname(join(out, asset)), { recursive: true });
  cpSync(join(root, asset), join(out, asset));
}
chmodSync(join(out, 'src/cli/bin.js'), 0o755);
writeManifest();
if (!values['no-types']) keepDeclarationsOf('src/library.d.ts');

/** Runs the TypeScript compiler. `withoutTypes`: writes no declarations and checks nothing, in a third of the time; for tests. */
function compile(withoutTypes: boolean): void {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const project = ['--project', join(root, 'tsconfig.build.json'), '--outDir', out];
  const args = [tsc, ...project, ...(withoutTypes ? ['--noCheck', '--declaration', 'false'] : [])];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

/** Writes the package.json that modules in `dist` import: the keys that they read, and that they are ES modules. */
function writeManifest(): void {
  // package.json has this form.
  const { name, version, type } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Readonly<
    Record<string, unknown>
  >;
  writeFileSync(join(out, 'package.json'), `${JSON.stringify({ name, version, type }, null, 2)}\n`);
}

/** Removes all declarations that `entry` does not need. In the others, imports get the extension `.js`. */
function keepDeclarationsOf(entry: string): void {
  const kept = new Set<string>();
  const keep = (file: string) => {
    if (kept.has(file)) return;
    kept.add(file);
    const text = readFileSync(file, 'utf8');
    const imports = /(\bfrom |\bimport |\bimport\()(['"])(\.[^'"]+)\.ts\2/g;
    writeFileSync(file, text.replaceAll(imports, '$1$2$3.js$2'));
    for (const [, , , path] of text.matchAll(imports)) keep(resolve(dirname(file), `${path}.d.ts`));
  };
  keep(join(out, entry));
  for (const file of globSync('**/*.d.ts', { cwd: out })) {
    if (!kept.has(join(out, file))) rmSync(join(out, file));
  }
  console.log(`${relative(process.cwd(), out) || out}: types of ${kept.size} modules`);
}
