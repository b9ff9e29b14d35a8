// The import graph of the project, read from the sources.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** One import of a file. */
export interface Import {
  /** Path of the importing file from the root, such as `schema/rooms/rooms.ts`. */
  readonly from: string;
  /** The same of the imported file; for a package its name. */
  readonly to: string;
  readonly isPackage: boolean;
  /** True for imports of types, which are removed when the file is run. */
  readonly isType: boolean;
}

export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

const STATEMENT =
  /^(?:import|export)\s(?<clause>[^;'"]*?)\bfrom\s+'(?<from>[^']+)'|^import\s+'(?<effect>[^']+)'/gm;
const DYNAMIC = /\bimport\('(?<from>[^']+)'\)/g;

/** All TypeScript files below the folders, without generated ones. */
export function sourceFiles(...folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name))
      .filter((path) => !path.includes('/generated/') && path !== 'src/openapi/types.ts')
      .map(readSource),
  );
}

/** The files and folders directly in a folder, generated and other files included. */
export function entriesOf(folder: string): readonly { readonly name: string; readonly isFolder: boolean }[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).map((entry) => ({
    name: entry.name,
    isFolder: entry.isDirectory(),
  }));
}

/** One file by its path from the root. */
export function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  return { path, text, imports: importsOf(path, text) };
}

function importsOf(path: string, text: string): Import[] {
  const statements = [...text.matchAll(STATEMENT)].map(({ groups }) => ({
    target: groups?.['from'] ?? groups?.['effect'] ?? '',
    isType: isTypeClause(groups?.['clause'] ?? ''),
  }));
  const dynamic = [...text.matchAll(DYNAMIC)].map(({ groups }) => ({
    target: groups?.['from'] ?? '',
    isType: false,
  }));
  return [...statements, ...dynamic].map(({ target, isType }) => {
    const isPackage = !target.startsWith('.');
    return { from: path, to: isPackage ? target : normalize(join(dirname(path), target)), isPackage, isType };
  });
}

/** `type { A }`, or `{ type A, type B }`. */
function isTypeClause(clause: string): boolean {
  if (clause.startsWith('type ')) return true;
  const names = /\{(?<names>[^}]*)\}\s*$/.exec(clause)?.groups?.['names'];
  if (names === undefined || !clause.trimStart().startsWith('{')) return false;
  const each = names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return each.every((name) => name.startsWith('type '));
}

/** A circle of imports, type imports included, as paths in the order of import; null if the files have no circle. */
export function circleIn(files: readonly SourceFile[]): readonly string[] | null {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const walk = (path: string, above: readonly string[]): readonly string[] | null => {
    if (above.includes(path)) return [...above.slice(above.indexOf(path)), path];
    if (done.has(path)) return null;
    for (const { to } of byPath.get(path)?.imports ?? []) {
      const circle = byPath.has(to) ? walk(to, [...above, path]) : null;
      if (circle !== null) return circle;
    }
    done.add(path);
    return null;
  };
  for (const { path } of files) {
    const circle = walk(path, []);
    if (circle !== null) return circle;
  }
  return null;
}
