// Versions and texts of a release: pure functions, so that a test can see what a release would write.
import { releasedVersion, schemaStep } from '../schema-changes.ts';

/** Which part of a semantic version is counted up. */
export type Step = 'major' | 'minor' | 'patch';

/** The next version after `version`. */
export function counted(version: string, step: Step): string {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (step === 'major') return `${major + 1}.0.0`;
  return step === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

/**
 * The program's version that a release has: `wanted` is a version, or a step from `current`. Without it a version that has no tag yet
 * is released as it is, and another one is counted up by a patch.
 * @throws Error if `wanted` is neither, or not newer than a version that is released
 */
export function programVersion(current: string, wanted: string | undefined, isReleased: boolean): string {
  if (wanted === undefined) return isReleased ? counted(current, 'patch') : current;
  if (wanted === 'major' || wanted === 'minor' || wanted === 'patch') return counted(current, wanted);
  if (!/^\d+\.\d+\.\d+$/.test(wanted)) {
    throw new Error(
      `A version is major, minor, patch, or three numbers such as ${counted(current, 'minor')}; not ${wanted}`,
    );
  }
  const isNewer = wanted.localeCompare(current, 'en', { numeric: true }) > 0;
  if (!isNewer && (isReleased || wanted !== current))
    throw new Error(`${wanted} is not newer than ${current}`);
  return wanted;
}

/** The version of the schema that a release has; `version` is that of the sources, which the first release keeps. */
export function schemaVersion(version: string, released: string, current: string): string {
  const last = releasedVersion(released);
  if (last === null) return version;
  const step = schemaStep(released, current);
  return step === null ? last : counted(last, step);
}

/** The entries under "Unreleased" in a changelog; empty: there are none. */
export function unreleasedEntries(changelog: string): string {
  return /^## \[Unreleased\]\n(.*?)(?=^## |$(?![\s\S]))/ms.exec(changelog)?.[1]?.trim() ?? '';
}

/** The changelog in which what was unreleased belongs to a version, and a new empty section is above it. */
export function releasedChangelog(changelog: string, version: string, schema: string, date: string): string {
  const heading = '## [Unreleased]\n';
  return changelog.replace(
    heading,
    () => `${heading}\n## [${version}] - ${date}\n\nThe schema has the version ${schema}.\n`,
  );
}
