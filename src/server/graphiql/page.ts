// GraphiQL as one self-contained page: nothing is loaded from elsewhere, so it works without a network.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { withCorrections } from './corrections.ts';

const examplesFolder = new URL('./', import.meta.url);

/** An example operation of the explorer: a file of this folder, in the order of the names. */
export interface ExampleOperation {
  readonly file: string;
  readonly query: string;
}

export function exampleOperations(): readonly ExampleOperation[] {
  return readdirSync(examplesFolder)
    .filter((file) => file.endsWith('.graphql'))
    .toSorted()
    .map((file) => ({ file, query: readFileSync(new URL(file, examplesFolder), 'utf8') }));
}

/** A page that is built once and then served unchanged. */
export interface Page {
  readonly html: Buffer;
  readonly gzipped: Buffer;
  /** Entity tag of the page, compressed or not, as the header `etag` writes it. */
  readonly etag: string;
}

export interface GraphiqlOptions {
  /** Values for the variables of the examples, by name. */
  readonly variables: Readonly<Record<string, string>>;
  /** Whether callers must show a key or token: the Headers editor is open then, otherwise the Variables editor. */
  readonly needsToken: boolean;
}

/** The page, with the examples as its first tabs, built when first asked for: 9 MB, compressed 2.5 MB. */
export function createGraphiqlPage(options: GraphiqlOptions): () => Promise<Page> {
  let page: Promise<Page> | undefined;
  return () => {
    page ??= buildPage(options);
    return page;
  };
}

async function buildPage(options: GraphiqlOptions): Promise<Page> {
  // Imported here: parsing the package takes half a second, which an instance without visitors saves.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = Buffer.from(withCorrections(renderGraphiQL(graphiqlOptions(options))));
  const hash = createHash('sha256').update(html).digest('base64url');
  return { html, gzipped: await promisify(gzip)(html, { level: 4 }), etag: `W/"${hash}"` };
}

function graphiqlOptions({ variables, needsToken }: GraphiqlOptions) {
  const headers = needsToken ? HEADERS_HINT : '';
  return {
    title: 'hms-gateway',
    endpoint: '/graphql',
    subscriptionsProtocol: 'WS',
    defaultTabs: exampleOperations().map(({ query }) => ({
      query,
      variables: variablesOf(query, variables),
      headers,
    })),
    headers,
    defaultEditorToolsVisibility: needsToken ? 'headers' : 'variables',
    inputValueDeprecation: true,
    schemaDescription: true,
    shouldPersistHeaders: false,
  } as const;
}

/** An example gets those variables that it declares. */
function variablesOf(query: string, variables: GraphiqlOptions['variables']): string | null {
  const used = Object.entries(variables).filter(([name]) => query.includes(`$${name}:`));
  return used.length === 0 ? null : JSON.stringify(Object.fromEntries(used), null, 2);
}

/**
 * Shows where a token goes. GraphiQL allows comments here, so it sends nothing until a token is written; the page keeps
 * the token in memory only.
 */
const HEADERS_HINT = '// { "authorization": "Bearer <token>" }';
