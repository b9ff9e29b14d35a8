// Installs Debian packages that tests need: the browser, and the servers of Redis and Valkey. It does this only as root, and only
// if apt-get exists.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const OPTIONS = ['-q', '-y', '--no-install-recommends', '-o', 'Acquire::Retries=1'] as const;

/** A package to install. */
export interface Wanted {
  /** The name of the package. */
  readonly name: string;
  /** A message for the user, printed if it cannot be installed. */
  readonly notice: string;
  /** Debian 12 has the package in bookworm-backports only; default: it does not. */
  readonly isBackport?: boolean;
}

/** Installs a package if possible, and prints what it does; otherwise prints the notice. */
export function installPackage({ name, notice, isBackport = false }: Wanted): void {
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    console.log(`There is no ${name}. ${notice}`);
    return;
  }
  console.log(`There is no ${name}: installing the Debian package; this may take minutes ...`);
  const folder = mkdtempSync(join(tmpdir(), 'hms-gateway-apt-'));
  try {
    const fault = install(name, isBackport && isBookworm() ? backports(join(folder, 'sources.list')) : []);
    if (fault !== null) console.log(`${name} cannot be installed: ${fault}\n${notice}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Installs a package. Returns the fault, or null. Each step has a time limit, because apt-get can hang without a network. */
function install(name: string, options: readonly string[]): string | null {
  const steps = [
    { seconds: 60, args: ['update'] },
    { seconds: 300, args: ['install', '--download-only', name] },
    { seconds: 300, args: ['install', '--no-download', name] },
  ];
  for (const { seconds, args } of steps) {
    const { status, error, stderr } = spawnSync('apt-get', [...OPTIONS, ...options, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: seconds * 1000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    // If the package lists cannot be updated, the old ones may still be good enough.
    if (status === 0 || args[0] === 'update') continue;
    return error?.message ?? stderr.trim();
  }
  return null;
}

function isBookworm(): boolean {
  return /^VERSION_CODENAME=bookworm$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** The options that add bookworm-backports for this call alone; the machine's own sources stay as they are. */
function backports(file: string): readonly string[] {
  const own = existsSync('/etc/apt/sources.list') ? readFileSync('/etc/apt/sources.list', 'utf8') : '';
  const keys = '/usr/share/keyrings/debian-archive-keyring.gpg';
  writeFileSync(
    file,
    `${own}\ndeb [signed-by=${keys}] http://deb.debian.org/debian bookworm-backports main\n`,
  );
  return ['-o', `Dir::Etc::SourceList=${file}`, '-t', 'bookworm-backports'];
}
