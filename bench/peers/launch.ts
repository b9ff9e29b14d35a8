// What is needed to start a target and to send requests to it.
import type { Dialect } from './dialects/dialect.ts';

/** A command that starts a target, and the dialect and headers of requests to the target. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly dialect: Dialect;
  readonly headers: Readonly<Record<string, string>>;
}

/** Prepares a target: the base URL of the REST API, a free port on loopback, a folder for its files. */
export type Prepare = (apiUrl: string, port: number, folder: string) => Launch;

/** The headers that Apollo Client sends. */
export const GRAPHQL_HEADERS = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json,application/json;q=0.9',
};
