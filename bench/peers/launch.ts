// What is needed to start a target and to ask it.
import type { Dialect } from './dialects/dialect.ts';

/** A command, and the language and headers of requests to what it starts. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly dialect: Dialect;
  readonly headers: Readonly<Record<string, string>>;
}

/** Prepares a target: the base URL of the REST API, a free port on loopback, a folder for its files. */
export type Prepare = (apiUrl: string, port: number, folder: string) => Launch;

/** As Apollo Client sends them. */
export const GRAPHQL_HEADERS = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json,application/json;q=0.9',
};
