// GraphiQL as one self-contained page: nothing is loaded from elsewhere, so it works without a network.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const examplesFolder = new URL('./graphiql/', import.meta.url);

/** An example operation of the explorer: a file in `graphiql/`, in the order of the names. */
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

/** A page that is made once and then served as it is. */
export interface Page {
  readonly html: Buffer;
  readonly gzipped: Buffer;
}

/** Values for the variables of the examples, by name. */
export type ExampleVariables = Readonly<Record<string, string>>;

/**
 * The explorer, with the examples as its first tabs, made when it is first asked for. About 9 MB, a third of it
 * compressed.
 */
export function createGraphiqlPage(variables: ExampleVariables): () => Promise<Page> {
  let page: Promise<Page> | undefined;
  return () => {
    page ??= renderPage(variables);
    return page;
  };
}

/** An example gets those variables that it declares. */
function variablesOf(query: string, variables: ExampleVariables): string | null {
  const used = Object.entries(variables).filter(([name]) => query.includes(`$${name}:`));
  return used.length === 0 ? null : JSON.stringify(Object.fromEntries(used), null, 2);
}

async function renderPage(variables: ExampleVariables): Promise<Page> {
  // Half a second of parsing that neither the start nor a production instance shall pay.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = Buffer.from(
    withHeadersForSockets(
      renderGraphiQL({
        title: 'hms-gateway',
        endpoint: '/graphql',
        subscriptionsProtocol: 'WS',
        defaultTabs: exampleOperations().map(({ query }) => ({
          query,
          variables: variablesOf(query, variables),
          headers: headersHint,
        })),
        headers: headersHint,
        defaultEditorToolsVisibility: 'headers',
        inputValueDeprecation: true,
        schemaDescription: true,
        shouldPersistHeaders: false,
      }),
    ),
  );
  return { html, gzipped: gzipSync(html, { level: 1 }) };
}

/** Where GraphiQL hands over what its Headers editor holds, in the minified page. */
const HEADERS_HANDED_OVER = /extensions:\{headers:(\w+)\?\.headers\}/;

/**
 * GraphiQL sends headers with requests alone. A WebSocket has none, so a subscription's become what its connection
 * begins with (`connection_init`).
 */
function withHeadersForSockets(html: string): string {
  const changed = html.replace(
    HEADERS_HANDED_OVER,
    (_all, options: string) =>
      `extensions:{headers:${options}?.headers,connectionParams:${options}?.headers}`,
  );
  if (changed === html) throw new Error('This GraphiQL is not the one whose headers we know how to use.');
  return changed;
}

/**
 * Where a token goes, once the gateway asks for one. A comment, as GraphiQL allows it here, so nothing is sent until
 * somebody writes it; what is written is kept in the page's memory alone.
 */
const headersHint = '// { "authorization": "Bearer <token>" }';
