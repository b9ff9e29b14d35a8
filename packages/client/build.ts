// The command `npm run build` of this folder: writes the package as it is published to `dist/`, or to the folder that is its
// argument. Within the repository the sources are imported as they are.
//   npm run build && npm publish ./dist
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const here = import.meta.dirname;
const out = resolve(process.argv[2] ?? join(here, 'dist'));
rmSync(out, { recursive: true, force: true });

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
const args = [tsc, '--project', join(here, 'tsconfig.build.json'), '--outDir', out];
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
if (status !== 0) process.exit(1);

// The package.json beside this file has this form.
const manifest = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')) as {
  readonly exports: Readonly<Record<string, string>>;
  readonly scripts?: unknown;
};
const { scripts: _scripts, ...published } = manifest;
const exports = Object.entries(manifest.exports).map(([path, source]) => {
  const built = source.replace('./src/', './').replace(/\.ts$/, '');
  return [path, { types: `${built}.d.ts`, default: `${built}.js` }] as const;
});
const text = JSON.stringify({ ...published, exports: Object.fromEntries(exports) }, null, 2);
writeFileSync(join(out, 'package.json'), `${text}\n`);
copyFileSync(join(here, 'README.md'), join(out, 'README.md'));
copyFileSync(join(here, '../../LICENSE'), join(out, 'LICENSE'));
