// The pages of the documentation site: README, docs/, and the reference of the schema.
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { buildSchema } from 'graphql';
import { schemaReference } from './schema-reference.ts';

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** All pages by their path in the site, which is that in the project; README.md is index.md. */
export function docsPages(): ReadonlyMap<string, string> {
  const paths = [
    'README.md',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'packages/client/README.md',
    ...readdirSync(new URL('docs/', root), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md'))
      .map((path) => `docs/${path}`),
  ];
  const sources = new Map([
    ...paths.map((path) => [path, read(path)] as const),
    ...schemaReference(buildSchema(read('schema/schema.graphql'))),
  ]);
  return new Map(
    [...sources].map(([path, text]) => [
      path === 'README.md' ? 'index.md' : path,
      withoutLinksElsewhere(path, text, sources),
    ]),
  );
}

/** Links to files that are not on the site become plain text. Links to the README lead to the first page. */
function withoutLinksElsewhere(path: string, text: string, pages: ReadonlyMap<string, unknown>): string {
  const linked = text.replaceAll(/\[([^\]]+)\]\(([^)\s]+)\)/g, (link, label: string, target: string) => {
    if (/^(https?:|#)/.test(target)) return link;
    const [file = '', anchor] = target.split('#');
    const place = posix.join(posix.dirname(path), file);
    if (place === 'README.md') return `[${label}](/${anchor === undefined ? '' : `#${anchor}`})`;
    if (place === 'schema/schema.graphql') return `[${label}](/schema/queries)`;
    return pages.has(place) ? link : label;
  });
  return linked.replaceAll(/(src|srcset)="docs\//g, '$1="./docs/');
}
