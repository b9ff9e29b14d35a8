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

let page: Promise<Page> | undefined;

/** The explorer, with the examples as its first tabs. About 9 MB, a third of it compressed. */
export function graphiqlPage(): Promise<Page> {
  page ??= renderPage();
  return page;
}

async function renderPage(): Promise<Page> {
  // Half a second of parsing that neither the start nor a production instance shall pay.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = Buffer.from(
    renderGraphiQL({
      title: 'hms-gateway',
      endpoint: '/graphql',
      subscriptionsProtocol: 'WS',
      defaultTabs: exampleOperations().map(({ query }) => ({ query, headers: headersHint })),
      headers: headersHint,
      defaultEditorToolsVisibility: 'headers',
      inputValueDeprecation: true,
      schemaDescription: true,
      shouldPersistHeaders: false,
    }),
  );
  return { html, gzipped: gzipSync(html, { level: 1 }) };
}

/**
 * Where a token goes, once the gateway asks for one. A comment, as GraphiQL allows it here, so nothing is sent until
 * somebody writes it; what is written is kept in the page's memory alone.
 */
const headersHint = '// { "authorization": "Bearer <token>" }';
