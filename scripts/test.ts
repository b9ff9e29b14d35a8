// The command `npm test`: installs what the tests need beyond npm where it can (a Chromium from Debian), runs them,
// searches all that they print for secrets, and closes with the true counts. Arguments go on to vitest.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { takeLeaks, watchLog } from '../test/support/canary.ts';
import { findChromium } from '../test/support/chromium.ts';

/** The part of vitest's JSON report that is read here. */
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

const SKIP_NOTICE =
  'The browser tests are skipped. Install Chromium, or set CHROMIUM_PATH to its executable.';

/** The steps of the installation, each with its time limit: without a network it must not hang. */
const INSTALLATION = [
  { seconds: 60, args: ['update'] },
  { seconds: 300, args: ['install', '--download-only', 'chromium'] },
  { seconds: 300, args: ['install', '--no-download', 'chromium'] },
] as const;
const APT_OPTIONS = ['-q', '-y', '--no-install-recommends', '-o', 'Acquire::Retries=1'] as const;

function installChromium(): void {
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    console.log(`No Chromium found. ${SKIP_NOTICE}`);
    return;
  }
  console.log('No Chromium found: installing the Debian package `chromium`; this may take minutes ...');
  for (const { seconds, args } of INSTALLATION) {
    const { status, error, stderr } = spawnSync('apt-get', [...APT_OPTIONS, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: seconds * 1000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    // Without fresh lists the old ones may still do.
    if (status === 0 || args[0] === 'update') continue;
    console.log(`It cannot be installed here: ${error?.message ?? stderr.trim()}\n${SKIP_NOTICE}`);
    return;
  }
}

/** Runs vitest; whatever goes wrong beside the tests themselves counts as a failure. */
async function runTests(reportFile: string): Promise<Counts> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const status = await runVitest(['run', ...reporters, ...process.argv.slice(2)]);
  const leaks = takeLeaks();
  for (const leak of leaks) console.log(`In what the tests print: ${leak}`);
  const { passed, failed, skipped } = existsSync(reportFile)
    ? count(JSON.parse(readFileSync(reportFile, 'utf8')) as Report)
    : { passed: 0, failed: 0, skipped: 0 };
  const isGood = status === 0 && leaks.length === 0;
  return { passed, failed: isGood ? failed : Math.max(failed, 1), skipped };
}

/** Shows what vitest prints, and searches each line of it. Resolves to the exit code. */
async function runVitest(args: readonly string[]): Promise<number | null> {
  const { isTTY } = process.stdout;
  const child = spawn('vitest', args, {
    stdio: ['inherit', 'pipe', 'pipe'],
    env: { ...process.env, ...(isTTY ? { FORCE_COLOR: '1' } : {}) },
  });
  child.stdout.pipe(process.stdout);
  child.stderr.pipe(process.stderr);
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', watchLog);
  // The event carries the exit code first; null where a signal ended the process.
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
    // A file that does not load, or fails outside its tests, has no failed test of its own.
    failed += status === 'failed' ? Math.max(failedTests, 1) : failedTests;
  }
  return { passed, failed, skipped };
}

if (findChromium() === undefined) installChromium();

const folder = mkdtempSync(join(tmpdir(), 'hms-gateway-test-'));
try {
  const { passed, failed, skipped } = await runTests(join(folder, 'report.json'));
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
