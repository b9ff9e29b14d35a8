// The command `npm test`: installs Chromium, Redis and Valkey for the tests if it can (Debian packages, as root), runs vitest,
// searches the whole output for secrets, and prints the counts of tests at the end. Arguments are passed to vitest.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { takeLeaks, watchLog } from '../test/support/canary.ts';
import { childEnvironment, compileCache } from '../test/support/child-environment.ts';
import { findChromium } from '../test/support/chromium.ts';
import { findRedis } from '../test/support/redis-server.ts';
import { installPackage } from './debian-packages.ts';

/** The part of vitest's JSON report that this script reads. */
interface Report {
  readonly testResults: readonly FileReport[];
}

interface FileReport {
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string }[];
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Installs what is missing, if it can. Tests that lack something are skipped, with the reason in their names. */
function installMissing(): void {
  if (findChromium() === undefined) {
    installPackage({
      name: 'chromium',
      notice: 'The browser tests are skipped. Install Chromium, or set CHROMIUM_PATH to its executable.',
    });
  }
  for (const engine of ['redis', 'valkey'] as const) {
    if (findRedis(engine) !== undefined) continue;
    const variable = `${engine.toUpperCase()}_SERVER_PATH`;
    installPackage({
      name: `${engine}-server`,
      notice: `The tests that need it are skipped. Install it, or set ${variable} to its executable.`,
      isBackport: engine === 'valkey',
    });
  }
}

/**
 * Fills the compile cache for the processes that the tests start, unless the cache exists. With an empty cache, each of the first
 * processes compiles the whole program, and writes the cache when it ends. Several processes that do this at the same time take
 * 7 to 11 s each.
 */
function fillCompileCache(): void {
  if (existsSync(compileCache)) return;
  const urlOf = (path: string) => JSON.stringify(new URL(`../src/${path}`, import.meta.url).href);
  // With the same options of V8 as the command has, because they are a part of the cache's key.
  const load = `(await import(${urlOf('young-generation.ts')})).holdYoungGeneration(); await import(${urlOf('start.ts')});`;
  const options = ['--max-semi-space-size=16', '--input-type=module', '--eval', load];
  spawnSync(process.execPath, options, { env: childEnvironment(), stdio: 'inherit' });
}

/** Runs vitest. A secret in the output, or an error outside the tests, counts as one failure. */
async function runTests(reportFile: string): Promise<Counts> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const status = await runVitest(['run', ...reporters, ...process.argv.slice(2)]);
  const leaks = takeLeaks();
  for (const leak of leaks) console.log(`In the output of the tests: ${leak}`);
  const { passed, failed, skipped } = existsSync(reportFile)
    ? count(JSON.parse(readFileSync(reportFile, 'utf8')) as Report)
    : { passed: 0, failed: 0, skipped: 0 };
  const isGood = status === 0 && leaks.length === 0;
  return { passed, failed: isGood ? failed : Math.max(failed, 1), skipped };
}

/**
 * Prints vitest's output and searches each line for secrets. Resolves to the exit code; null if a signal ended vitest.
 */
async function runVitest(args: readonly string[]): Promise<number | null> {
  const { isTTY } = process.stdout;
  const child = spawn('vitest', args, {
    stdio: ['inherit', 'pipe', 'pipe'],
    // With the compile cache, vitest's workers do not compile the same packages in each run.
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env, ...(isTTY ? { FORCE_COLOR: '1' } : {}) },
  });
  child.stdout.pipe(process.stdout);
  child.stderr.pipe(process.stderr);
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', watchLog);
  // `close` is emitted with the exit code as its first argument.
  const [status] = (await once(child, 'close')) as [number | null];
  return status;
}

function count({ testResults }: Report): Counts {
  let [passed, failed, skipped] = [0, 0, 0];
  for (const { status, assertionResults } of testResults) {
    const failedTests = assertionResults.filter((test) => test.status === 'failed').length;
    const passedTests = assertionResults.filter((test) => test.status === 'passed').length;
    passed += passedTests;
    skipped += assertionResults.length - passedTests - failedTests;
    // A file that cannot be loaded, or fails outside its tests, has no failed test.
    failed += status === 'failed' ? Math.max(failedTests, 1) : failedTests;
  }
  return { passed, failed, skipped };
}

installMissing();
fillCompileCache();

const folder = mkdtempSync(join(tmpdir(), 'hms-gateway-test-'));
try {
  const { passed, failed, skipped } = await runTests(join(folder, 'report.json'));
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
