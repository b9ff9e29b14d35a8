// The table of outcomes: the rows of all files in rows/. A mutation without a row, a member of a union without a cause, and
// a cause without a member fail in outcomes.test.ts.
import { readdirSync } from 'node:fs';
import { addedSoFar, type Outcomes } from './row.ts';

const folder = new URL('rows/', import.meta.url);
for (const file of readdirSync(folder).toSorted()) await import(new URL(file, folder).href);

/** By mutation. */
export const table: ReadonlyMap<string, Outcomes> = addedSoFar();
