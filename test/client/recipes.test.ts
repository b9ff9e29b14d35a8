// Each block of TypeScript in docs/clients.md and in the README of packages/client is a part of the file that the last `from [...](...)` before it links to, apart from white space; the
// compiler and the other tests check that file. Within a block, `// ...` stands for what is left out.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const documents = ['docs/clients.md', 'packages/client/README.md'];
/** The text as no formatter changes it. */
const compact = (text: string) => text.replaceAll(/\s+/g, '').replaceAll(/,(?=[)\]}])/g, '');

const blocks = documents.flatMap((document) => {
  const text = readFileSync(new URL(document, root), 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```/gms)].map(({ 1: block = '', index }) => {
    const links = [...text.slice(0, index).matchAll(/[Ff]rom \[[^\]]+\]\(([^)]+\.ts)\)/g)];
    return { document, url: new URL(links.at(-1)?.[1] ?? '', new URL(document, root)), block };
  });
});

it('are found in both documents', () => {
  expect(new Set(blocks.map(({ document }) => document))).toEqual(new Set(documents));
  expect(new Set(blocks.map(({ url }) => url.pathname)).size).toBeGreaterThan(5);
});

it.each(blocks.map(({ document, url, block }, at) => [at + 1, document, url, block] as const))(
  'block %i (%s) is a part of its file',
  (_number, _document, url, block) => {
    const source = compact(readFileSync(url, 'utf8'));
    for (const part of block.split('// ...')) expect(source).toContain(compact(part));
  },
);
