// Compares the graph with that of the last release, scripts/released.graphql, and exits with 1 if a change breaks clients and
// CHANGELOG.md does not say so. The release's graph is a file and not a tag, so that the check works in a shallow clone.
// `npm run release` writes that file.
import { readFile } from 'node:fs/promises';
import { buildSchema, findBreakingChanges, parse, print, visit } from 'graphql';

/**
 * The breaking changes between two printed schemas that the changelog's section "Unreleased" does not mention, each as a sentence
 * of graphql-js ("Field Room.name was removed."). The section mentions a change if it contains this sentence. The closing dot,
 * backquotes and line breaks are ignored.
 */
export function untoldBreakingChanges(released: string, current: string, changelog: string): string[] {
  const told = plain(/^## \[Unreleased\]\n(.*?)(?=^## |$(?![\s\S]))/ms.exec(changelog)?.[1] ?? '');
  return findBreakingChanges(buildSchema(released), buildSchema(current))
    .map(({ description }) => description)
    .filter((description) => !told.includes(plain(description).replace(/\.$/, '')));
}

function plain(text: string): string {
  return text.replaceAll('`', '').replaceAll(/\s+/g, ' ');
}

/**
 * The part of the schema's version that a release increases: `major` if a change breaks clients, `minor` for any other change of
 * the graph, null if only descriptions have changed.
 */
export function schemaStep(released: string, current: string): 'major' | 'minor' | null {
  if (findBreakingChanges(buildSchema(released), buildSchema(current)).length > 0) return 'major';
  return withoutDescriptions(released) === withoutDescriptions(current) ? null : 'minor';
}

/** The version of the schema in scripts/released.graphql; null: nothing has been released. */
export function releasedVersion(released: string): string | null {
  return /^# Schema (\d+\.\d+\.\d+)/.exec(released)?.[1] ?? null;
}

/** The text of scripts/released.graphql. */
export function releasedText(schema: string, version: string): string {
  return `# Schema ${version}, the graph of the last release: scripts/schema-changes.ts compares with it.\n${withoutDescriptions(schema)}`;
}

/** A printed schema without its descriptions, which are half of its text and cannot break clients. */
function withoutDescriptions(text: string): string {
  const bare = visit(parse(text), {
    enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined),
  });
  return `${print(bare)}\n`;
}

if (import.meta.main) {
  const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');
  const [released, current, changelog] = await Promise.all([
    read('released.graphql'),
    read('../schema/schema.graphql'),
    read('../CHANGELOG.md'),
  ]);
  const untold = untoldBreakingChanges(released, current, changelog);
  for (const change of untold) console.error(`Breaks clients: ${change}`);
  if (untold.length > 0) {
    console.error('If this is meant, CHANGELOG.md must have these sentences under "Unreleased".');
    process.exitCode = 1;
  }
}
