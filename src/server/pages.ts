// The pages that the gateway serves to browsers: GraphiQL, and the live-rooms page.
import type { Logger } from 'pino';
import { createGraphiql, type GraphiqlFiles } from './graphiql/page.ts';
import { readLivePage, type LivePage } from './live-page/live-page.ts';

/** Which pages are on, and what they show. */
export interface PagesOptions {
  readonly graphiql: boolean;
  readonly livePage: boolean;
  /** Where the built live-rooms page is; the URL ends with a slash. */
  readonly livePageFolder: URL;
  /** The room id in GraphiQL's example variables; default: a text that asks for one. */
  readonly exampleRoomId?: string | undefined;
  /** See `GraphiqlOptions`. */
  readonly needsToken: boolean;
  /** Gets a warning if the live-rooms page is on, but not built. */
  readonly log: Logger;
}

/** The pages; null: it is off, or in the case of the live-rooms page not built. */
export interface Pages {
  readonly graphiql: (() => Promise<GraphiqlFiles>) | null;
  readonly livePage: LivePage | null;
}

/** Reads the live-rooms page at once; GraphiQL is built at the first visit. */
export function createPages(options: PagesOptions): Pages {
  const { needsToken, exampleRoomId: roomId = 'the id of a room' } = options;
  const livePage = options.livePage ? readLivePage(options.livePageFolder) : null;
  if (options.livePage && livePage === null)
    options.log.warn('/live is not served: its page is not built. `npm run prepare` builds it.');
  return {
    graphiql: options.graphiql ? createGraphiql({ variables: { roomId }, needsToken }) : null,
    livePage,
  };
}
