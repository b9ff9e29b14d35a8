// Checks which files the package contains and which it must not contain, by the list that `npm pack --json` prints.

/** Files that the package needs to work, or that its users expect. */
const needed: readonly string[] = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'package.json',
  'dist/package.json',
  'dist/examples/dashboard/dist/index.html',
  'dist/schema/schema.graphql',
  'dist/src/cli/bin.js',
  'dist/src/compile-cache.js',
  'dist/src/library.js',
  'dist/src/openapi/hms.openapi.json',
  'dist/src/server/graphiql/01-live-rooms.graphql',
];
/** Every file of the package is built, or is one that npm always includes. */
const expected = /^(dist\/.*|CHANGELOG\.md|LICENSE|README\.md|package\.json)$/;
/** Sources, tests, and files that could contain a secret. */
const unwanted = /(?<!\.d)\.tsx?$|\.(map|log|pem|key)$|(^|\/)(test|node_modules)\/|\.env|\.npmrc/;
const COMMAND = 'dist/src/cli/bin.js';

/** One sentence for each fault of the list; empty: the list has no faults. */
export function packageFaults(
  files: readonly { readonly path: string; readonly mode: number }[],
): readonly string[] {
  const paths = new Set(files.map(({ path }) => path));
  return [
    ...needed.filter((path) => !paths.has(path)).map((path) => `${path} is missing`),
    ...[...paths]
      .filter((path) => !expected.test(path) || unwanted.test(path))
      .map((path) => `${path} must not be in the package`),
    ...files
      .filter(({ path, mode }) => path === COMMAND && (mode & 0o111) === 0)
      .map(() => `${COMMAND} cannot be run`),
  ];
}
