// The command `npm test`: installs what the tests need beyond npm where it can (a Chromium from Debian), runs them,
// and closes with the true counts. Arguments go on to vitest.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../test/support/chromium.ts';

/** The part of vitest's JSON report that is read here. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numFailedTestSuites: number;
}

function installChromium(): void {
  const canInstall = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (!canInstall) {
    console.log(
      'No Chromium found: its tests are skipped. Install one, or set CHROMIUM_PATH to its executable.',
    );
    return;
  }
  console.log('No Chromium found: installing the Debian package `chromium` for the browser tests ...');
  const quiet = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  spawnSync('apt-get', ['update'], quiet);
  const { status } = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], quiet);
  if (status !== 0) console.log('It cannot be installed here: the browser tests are skipped.');
}

if (findChromium() === undefined) installChromium();

const folder = mkdtempSync(join(tmpdir(), 'hms-gateway-test-'));
try {
  const reportFile = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const { status } = spawnSync('vitest', ['run', ...reporters, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
  // A file that does not even load has no failed test of its own.
  const failed = Math.max(report.numFailedTests, report.numFailedTestSuites > 0 || status !== 0 ? 1 : 0);
  console.log(`${report.numPassedTests} passed, ${failed} failed, ${report.numPendingTests} skipped`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
