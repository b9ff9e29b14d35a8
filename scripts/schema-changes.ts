// Compares the graph with that of the last release, scripts/released.graphql, and exits with 1 if a change breaks clients and
// CHANGELOG.md does not say so. The release's graph is a file and not a tag, so that the check works in a shallow clone.
// With `--release` it writes that file from schema/schema.graphql: a step of each release.
import { readFile, writeFile } from 'node:fs/promises';
import { buildSchema, findBreakingChanges, parse, print, visit } from 'graphql';

/**
 * The breaking changes from one printed schema to another that the changelog's section "Unreleased" does not have, each as a
 * sentence of graphql-js ("Field Room.name was removed."). The section has a change if it has its sentence: the closing dot,
 * backquotes and line breaks do not count.
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

/** A printed schema without its descriptions, which break nothing and are half of its text. */
function withoutDescriptions(text: string): string {
  const bare = visit(parse(text), {
    enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined),
  });
  return `# The graph of the last release: scripts/schema-changes.ts compares with it.\n${print(bare)}\n`;
}

if (import.meta.main) {
  const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');
  const released = new URL('released.graphql', import.meta.url);
  const current = await read('../schema/schema.graphql');
  if (process.argv.includes('--release')) {
    await writeFile(released, withoutDescriptions(current));
  } else {
    const untold = untoldBreakingChanges(
      await readFile(released, 'utf8'),
      current,
      await read('../CHANGELOG.md'),
    );
    for (const change of untold) console.error(`Breaks clients: ${change}`);
    if (untold.length > 0) {
      console.error('If this is meant, CHANGELOG.md must have these sentences under "Unreleased".');
      process.exitCode = 1;
    }
  }
}
