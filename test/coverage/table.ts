// The table of coverage: the rows of all files in rows/. docs/coverage.md is printed from it. A test runs every row
// against the sandbox and looks for its operation in the ledger.
import { readdirSync } from 'node:fs';
import { coveredSoFar, type Coverage } from './row.ts';

const folder = new URL('rows/', import.meta.url);
for (const file of readdirSync(folder).toSorted()) await import(new URL(file, folder).href);

/** The rows by operation id of the OpenAPI document, in an order in which they can run. */
export const coverage: Readonly<Record<string, Coverage>> = Object.fromEntries(coveredSoFar());
