// The versions and texts of a release. These are pure functions, so that a test can check what a release would write.
import { releasedVersion, schemaStep } from '../schema-changes.ts';

/** The part of a semantic version that a release increases. */
export type Step = 'major' | 'minor' | 'patch';

/** The next version after `version`. */
export function counted(version: string, step: Step): string {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (step === 'major') return `${major + 1}.0.0`;
  return step === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

/**
 * The version of the program in a release. `wanted` is a version, or the part of `current` to increase. Without `wanted`, the
 * release has the version `current` if that is not released yet, else the next patch version.
 * @throws Error if `wanted` is neither, or is not newer than `current`, which may stay only if it is not released yet
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

/** The version of the schema in a release. `version` is the one in the sources: the first release keeps it. */
export function schemaVersion(version: string, released: string, current: string): string {
  const last = releasedVersion(released);
  if (last === null) return version;
  const step = schemaStep(released, current);
  return step === null ? last : counted(last, step);
}

/** The text of a changelog's section "Unreleased"; empty if the section has no entries. */
export function unreleasedEntries(changelog: string): string {
  return /^## \[Unreleased\]\n(.*?)(?=^## |$(?![\s\S]))/ms.exec(changelog)?.[1]?.trim() ?? '';
}

/** The changelog after a release: the entries of "Unreleased" are in a section for `version`, and "Unreleased" is empty. */
export function releasedChangelog(changelog: string, version: string, schema: string, date: string): string {
  const heading = '## [Unreleased]\n';
  return changelog.replace(
    heading,
    () => `${heading}\n## [${version}] - ${date}\n\nThe schema has the version ${schema}.\n`,
  );
}
