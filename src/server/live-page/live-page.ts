// The live-rooms page: the files that `npm ci` has built from examples/dashboard, served below `/live`. The page is a client like
// any other: it has no special rights, and if callers must authenticate it asks its visitor for a key or token.
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { createStaticFile, type StaticFile } from '../http/static-file.ts';

/** The path of the page; its other files are below it. */
export const LIVE_PATH = '/live';

/** The files of the page by their paths, `/live` among them. */
export type LivePage = ReadonlyMap<string, StaticFile>;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Scripts, styles, the font, the icon and the GraphQL endpoint of the gateway alone; nothing inline, nothing from elsewhere. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  // In a frame of another site, a person could be tricked into removing a peer without seeing it.
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
};

/** The name of such a file has a hash of its content, so it never changes. */
const ASSET_HEADERS = { 'cache-control': 'public, max-age=31536000, immutable' };

/** Reads the built page from `folder`, which ends with a slash. Null: it has not been built. */
export function readLivePage(folder: URL): LivePage | null {
  try {
    const page = fileOf(new URL('index.html', folder), PAGE_HEADERS);
    const assets = readdirSync(new URL('assets/', folder)).map((name) => {
      const file = fileOf(new URL(`assets/${name}`, folder), ASSET_HEADERS);
      return [`${LIVE_PATH}/assets/${name}`, file] as const;
    });
    return new Map([[LIVE_PATH, page], ...assets]);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function fileOf(url: URL, headers: Readonly<Record<string, string>>): StaticFile {
  const type = MEDIA_TYPES[extname(url.pathname)];
  if (type === undefined) throw new Error(`The live page has a file of an unknown type: ${url.pathname}`);
  return createStaticFile(type, readFileSync(url), headers);
}
