// The command `npm run docs`: builds the documentation as a static site in site/dist, with search and a reference of the schema.
// VitePress is installed in site/ at the first run, so it is not part of the gateway's own installation.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { docsPages } from './docs-pages.ts';

const site = fileURLToPath(new URL('../site/', import.meta.url));
const pages = `${site}pages/`;

function run(...args: readonly string[]): void {
  const { status } = spawnSync('npm', args, { cwd: site, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

rmSync(pages, { recursive: true, force: true });
for (const [path, text] of docsPages()) {
  mkdirSync(dirname(`${pages}${path}`), { recursive: true });
  writeFileSync(`${pages}${path}`, text);
}
cpSync(fileURLToPath(new URL('../docs/pictures/', import.meta.url)), `${pages}docs/pictures/`, {
  recursive: true,
});

if (!existsSync(`${site}node_modules/vitepress`)) run('ci', '--no-audit', '--no-fund');
run('run', 'build');
console.log(`The site is in ${site}dist; \`npm run preview --prefix site\` serves it.`);
