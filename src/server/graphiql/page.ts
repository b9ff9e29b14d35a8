// GraphiQL, from the parts of @graphql-yoga/render-graphiql: a small page and the files that it loads from the gateway. They are
// separate because GraphiQL writes the query into the URL of the page, and browsers cache a page by its URL: if everything were
// in the page, a browser would load the 9 MB again after each change of the query. The page loads nothing from other hosts.
import { readFileSync } from 'node:fs';
import { withCorrections } from './corrections.ts';
import { exampleOperations } from './examples.ts';
import { createStaticFile, type StaticFile } from '../http/static-file.ts';

export interface GraphiqlOptions {
  /** Values of the example operations' variables, by name. */
  readonly variables: Readonly<Record<string, string>>;
  /** Whether callers must show a key or token: the Headers editor is open then, otherwise the Variables editor. */
  readonly needsToken: boolean;
}

/** Where the page finds its files, and where the server answers them. */
export const graphiqlPaths = {
  script: '/graphql/graphiql.js',
  style: '/graphql/graphiql.css',
  icon: '/graphql/graphiql.ico',
} as const;

export type GraphiqlFiles = Readonly<Record<'page' | keyof typeof graphiqlPaths, StaticFile>>;

/** GraphiQL with the examples as its first tabs, built when first asked for. */
export function createGraphiql(options: GraphiqlOptions): () => Promise<GraphiqlFiles> {
  let files: Promise<GraphiqlFiles> | undefined;
  return () => {
    files ??= buildFiles(options);
    return files;
  };
}

async function buildFiles(options: GraphiqlOptions): Promise<GraphiqlFiles> {
  sharedFiles ??= buildSharedFiles();
  const page = createStaticFile('text/html; charset=utf-8', pageOf(options), PAGE_HEADERS);
  return { page, ...(await sharedFiles) };
}

/** The files that are the same for all pages of this process. */
let sharedFiles: Promise<Omit<GraphiqlFiles, 'page'>> | undefined;

async function buildSharedFiles(): Promise<Omit<GraphiqlFiles, 'page'>> {
  // Imported here: parsing the package takes half a second, which an instance without visitors saves.
  const parts = await import('@graphql-yoga/render-graphiql/graphiql');
  const [mediaType = '', icon = ''] = parts.favicon.replace('data:', '').split(';base64,');
  return {
    script: createStaticFile('text/javascript; charset=utf-8', scriptOf(parts)),
    style: createStaticFile('text/css; charset=utf-8', parts.css + readFileSync(LAYOUT, 'utf8')),
    // Browsers ask for the icon with each change of the address, thus of the query.
    icon: createStaticFile(mediaType, Buffer.from(icon, 'base64'), {
      'cache-control': 'private, max-age=86400',
    }),
  };
}

/**
 * The sources that the page may load: its own files, workers that the script makes, and the fonts within the style
 * sheet.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  'worker-src blob:',
  "connect-src 'self'",
  // The editor writes styles of its own, for each line that it draws.
  "style-src 'self' 'unsafe-inline'",
  'font-src data:',
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE_HEADERS = {
  vary: 'accept, accept-encoding',
  'content-security-policy': CONTENT_SECURITY_POLICY,
  // In a frame of another site, a person could be tricked into pressing the execute button without seeing it.
  'x-frame-options': 'DENY',
  // The address contains the query, which must not be sent to other sites.
  'referrer-policy': 'same-origin',
};

function pageOf(options: GraphiqlOptions): string {
  // A `<` within the text of a script element could end it.
  const json = JSON.stringify(settingsOf(options)).replaceAll('<', String.raw`\u003c`);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${TITLE}</title>
    <link rel="icon" href="${graphiqlPaths.icon}" />
    <link rel="stylesheet" href="${graphiqlPaths.style}" />
  </head>
  <body class="no-focus-outline">
    <noscript>GraphiQL needs JavaScript.</noscript>
    <main>
      <h1 class="unseen">${TITLE}: GraphiQL</h1>
      <div id="root"></div>
    </main>
    <script id="settings" type="application/json">${json}</script>
    <script src="${graphiqlPaths.script}"></script>
  </body>
</html>
`;
}

function settingsOf({ variables, needsToken }: GraphiqlOptions): unknown {
  return {
    title: TITLE,
    endpoint: '/graphql',
    subscriptionsProtocol: 'WS',
    defaultTabs: exampleOperations().map(({ query }) => ({
      query,
      variables: variablesOf(query, variables),
    })),
    headers: needsToken ? HEADERS_HINT : '',
    defaultEditorToolsVisibility: needsToken ? 'headers' : 'variables',
    inputValueDeprecation: true,
    schemaDescription: true,
    shouldPersistHeaders: false,
  };
}

/** An example gets those variables that it declares. */
function variablesOf(query: string, variables: GraphiqlOptions['variables']): string | null {
  const used = Object.entries(variables).filter(([name]) => query.includes(`$${name}:`));
  return used.length === 0 ? null : JSON.stringify(Object.fromEntries(used), null, 2);
}

interface Parts {
  readonly js: string;
  readonly editorWorkerService: string;
  readonly jsonWorker: string;
  readonly graphqlWorker: string;
}

/** The editor asks `MonacoEnvironment` for its workers by these names. */
function scriptOf({ js, editorWorkerService, jsonWorker, graphqlWorker }: Parts): string {
  const workers = { editorWorkerService, json: jsonWorker, graphql: graphqlWorker };
  return `{
const workers = ${JSON.stringify(workers)};
const url = (text) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
self.MonacoEnvironment = { globalAPI: false, getWorkerUrl: (_module, name) => url(workers[name]) };
}
${withCorrections(js)}
${readFileSync(START, 'utf8')}`;
}

const TITLE = 'hms-gateway';

/** Styles beside GraphiQL's own. */
const LAYOUT = new URL('./layout.css', import.meta.url);
/** What runs in the page beside GraphiQL. */
const START = new URL('./start.js', import.meta.url);

/**
 * Shows where to write a token. GraphiQL allows comments here, so it sends no header until a token is written. The page keeps the
 * token only in memory.
 */
const HEADERS_HINT = `// For all tabs; forgotten when the page is reloaded.
// { "authorization": "Bearer <token>" }`;
