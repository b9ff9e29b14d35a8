// The command `npm run release`: makes a release in a clone of the last commit. The steps: the versions of the program and of the
// schema, the changelog, checks, the package and its content, commit and tags. Without `--publish` it stops there and prints the
// remaining steps, so nothing outside the clone has changed. With `--publish` it pushes the commit and the tags, and publishes
// the package with its provenance, which needs a CI that can sign (GitHub Actions or GitLab) and the `repository` in
// package.json.
//   npm run release -- [major | minor | patch | X.Y.Z] [--publish] [--keep]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { releasedText, untoldBreakingChanges } from '../schema-changes.ts';
import { packageFaults } from './package-files.ts';
import { programVersion, releasedChangelog, schemaVersion, unreleasedEntries } from './versions.ts';

const PUBLINT = 'publint@0.3.25';
/** Fetched by npx. It is not a dependency, because it has 118 MB with its compiler. */
const ARE_THE_TYPES_WRONG = '@arethetypeswrong/cli@0.18.5';

const root = join(import.meta.dirname, '../..');
const { values, positionals } = parseArgs({
  options: { publish: { type: 'boolean', default: false }, keep: { type: 'boolean', default: false } },
  allowPositionals: true,
});

/** A reason why the release cannot continue. Only its message is printed, without a stack. */
class ReleaseFault extends Error {}

/** A clone in which the release is made. */
const clone = mkdtempSync(join(tmpdir(), 'hms-gateway-release-'));
const inClone = (path: string) => join(clone, path);
const read = (path: string) => readFileSync(inClone(path), 'utf8');

/** Runs a command in the clone; throws with its output if it fails. */
function run(command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: clone,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  if (status === 0) return stdout.trim();
  throw new ReleaseFault(`${command} ${args.join(' ')} failed\n${stdout}${stderr}`);
}

let steps = 0;

/** Runs one step. Prints its result and how long it took. */
function step(what: string, action: () => string): void {
  steps += 1;
  const startedAt = performance.now();
  process.stdout.write(`${String(steps).padStart(2)}. ${what} ... `);
  const told = action();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${styleText('green', 'ok')} (${seconds} s)${told === '' ? '' : `: ${told}`}`);
}

function cloneSources(): string {
  const { stdout } = spawnSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
  if (values.publish && stdout !== '')
    throw new ReleaseFault(`There are changes that are not committed:\n${stdout}`);
  run('git', 'clone', '--quiet', root, '.');
  symlinkSync(join(root, 'node_modules'), inClone('node_modules'));
  // Pushes to the remote of the sources, not to the sources themselves.
  const { stdout: origin } = spawnSync('git', ['remote', 'get-url', 'origin'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (origin.trim() !== '') run('git', 'remote', 'set-url', 'origin', origin.trim());
  return (
    run('git', 'log', '-1', '--format=%h %s') +
    (stdout === '' ? '' : ' (changes that are not committed are left out)')
  );
}

/** The versions that this release has. */
interface Versions {
  readonly program: string;
  readonly schema: string;
}

function decideVersions(): Versions {
  // package.json has this form.
  const { version } = JSON.parse(read('package.json')) as { readonly version: string };
  const isReleased = run('git', 'tag', '--list', `v${version}`) !== '';
  const [, current = ''] = /SCHEMA_VERSION = '(\S+)'/.exec(read('schema/tour.ts')) ?? [];
  const program = programVersion(version, positionals[0], isReleased);
  if (run('git', 'tag', '--list', `v${program}`) !== '')
    throw new ReleaseFault(`The tag v${program} exists already.`);
  return {
    program,
    schema: schemaVersion(current, read('scripts/released.graphql'), read('schema/schema.graphql')),
  };
}

function writeVersions({ program, schema }: Versions): string {
  const changelog = read('CHANGELOG.md');
  if (unreleasedEntries(changelog) === '')
    throw new ReleaseFault('CHANGELOG.md has nothing under "Unreleased".');
  const untold = untoldBreakingChanges(
    read('scripts/released.graphql'),
    read('schema/schema.graphql'),
    changelog,
  );
  if (untold.length > 0)
    throw new ReleaseFault(`CHANGELOG.md does not tell what breaks clients:\n${untold.join('\n')}`);
  const { version } = JSON.parse(read('package.json')) as { readonly version: string };
  if (version !== program) run('npm', 'version', program, '--no-git-tag-version');
  const versionFile = read('schema/tour.ts').replace(
    /SCHEMA_VERSION = '\S+'/,
    `SCHEMA_VERSION = '${schema}'`,
  );
  writeFileSync(inClone('schema/tour.ts'), versionFile);
  run(process.execPath, 'scripts/print-schema.ts');
  writeFileSync(inClone('scripts/released.graphql'), releasedText(read('schema/schema.graphql'), schema));
  const today = new Date().toISOString().slice(0, 10);
  writeFileSync(inClone('CHANGELOG.md'), releasedChangelog(changelog, program, schema, today));
  run('npm', 'run', 'format');
  return run('git', 'diff', '--shortstat');
}

/** Packs the package and checks what is in it. */
function pack(): PackedPackage {
  // npm prints a list of packages, or since npm 11 an object by their names, after the output of `prepack`.
  const output = run('npm', 'pack', '--json');
  const [packed] = Object.values(
    JSON.parse(/^[[{]\n[^]*/m.exec(output)?.[0] ?? '[]') as Readonly<Record<string, PackedPackage>>,
  );
  if (packed === undefined) throw new ReleaseFault(`npm pack printed no package:\n${output}`);
  const faults = packageFaults(packed.files);
  if (faults.length > 0) throw new ReleaseFault(`The package is wrong:\n${faults.join('\n')}`);
  return packed;
}

/** The part of npm's report that is read here. */
interface PackedPackage {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

function commitAndTag({ program, schema }: Versions): string {
  run('git', 'commit', '--quiet', '--all', '--message', `chore(release): ${program}, schema ${schema}`);
  run('git', 'tag', '--annotate', `v${program}`, '--message', `hms-gateway ${program}, schema ${schema}`);
  const tags = [`v${program}`];
  if (run('git', 'tag', '--list', `schema-v${schema}`) === '') {
    run('git', 'tag', '--annotate', `schema-v${schema}`, '--message', `The graph of hms-gateway ${program}`);
    tags.push(`schema-v${schema}`);
  }
  return tags.join(', ');
}

/** Why npm cannot prove where the package was built; null: it can. */
function provenanceFault(): string | null {
  const { repository } = JSON.parse(read('package.json')) as { readonly repository?: unknown };
  if (repository === undefined) return 'package.json has no `repository`, which the provenance must name';
  const { ACTIONS_ID_TOKEN_REQUEST_URL: github, SIGSTORE_ID_TOKEN: gitlab } = process.env;
  const canSign = github !== undefined || gitlab !== undefined;
  return canSign
    ? null
    : 'no CI that signs: GitHub Actions with `id-token: write`, or GitLab with SIGSTORE_ID_TOKEN';
}

function publish(tarball: string): void {
  const fault = provenanceFault();
  if (!values.publish) {
    step('npm publish, as a dry run', () => {
      run('npm', 'publish', tarball, '--dry-run', '--access', 'public');
      return '';
    });
    console.log(`Provenance: ${fault ?? 'can be made here'}`);
    console.log('This was a dry run. With --publish these commands would follow:');
    console.log(
      `  git push --atomic origin HEAD:main --follow-tags\n  npm publish ${tarball} --provenance --access public`,
    );
    return;
  }
  if (fault !== null) throw new ReleaseFault(`No package without provenance: ${fault}`);
  step('push the commit and its tags', () =>
    run('git', 'push', '--atomic', 'origin', 'HEAD:main', '--follow-tags'),
  );
  step('publish', () => run('npm', 'publish', tarball, '--provenance', '--access', 'public'));
}

function release(): void {
  step('clone the last commit', cloneSources);
  const versions = decideVersions();
  console.log(
    `    hms-gateway ${styleText('bold', versions.program)}, schema ${styleText('bold', versions.schema)}`,
  );
  step('write versions, schema and changelog', () => writeVersions(versions));
  step('npm run check', () => {
    run('npm', 'run', 'check');
    return '';
  });
  let tarball = '';
  step('npm pack, and what is in it', () => {
    const { filename, files, size, unpackedSize } = pack();
    tarball = filename;
    const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
    return `${filename}, ${files.length} files, ${megabytes(size)}, unpacked ${megabytes(unpackedSize)}`;
  });
  step('publint', () => run('npx', '--yes', PUBLINT, tarball, '--strict').split('\n').at(-1) ?? '');
  step('are the types wrong?', () => {
    const options = ['--profile', 'esm-only', '--exclude-entrypoints', 'schema.graphql'];
    run('npx', '--yes', ARE_THE_TYPES_WRONG, tarball, ...options);
    return '';
  });
  step('install it in an empty folder and use it', () => {
    run(process.execPath, 'scripts/release/use-package.ts', tarball);
    return '';
  });
  step('commit and tag', () => commitAndTag(versions));
  publish(tarball);
}

try {
  release();
} catch (error) {
  console.log(styleText('red', 'failed'));
  console.error(error instanceof ReleaseFault ? error.message : error);
  process.exitCode = 1;
} finally {
  if (values.keep) console.log(`The clone: ${clone}`);
  else rmSync(clone, { recursive: true, force: true });
}
