// The table of access: the rows of all files in rows/, for every field of the root types, every Node type, and every
// link that requires more than its object. schema.test.ts fails for a field without a row, and for a row without a
// field.
import { readdirSync } from 'node:fs';
import { addedSoFar, type Row } from './row.ts';

const folder = new URL('rows/', import.meta.url);
for (const file of readdirSync(folder).toSorted()) await import(new URL(file, folder).href);

const { rows, nodes: nodeRows } = addedSoFar();
const isOf = (type: string) => (row: Row) => row.field.startsWith(`${type}.`);
const mutations = rows.filter(isOf('Mutation'));

/** The Node types. */
export const nodes = nodeRows;

/** Rows of subscriptions. Each gets a first event, or is refused before it. */
export const subscriptionRows: readonly Row[] = rows.filter(isOf('Subscription'));

/** Rows of queries and links, then of mutations. One caller can run all of them in this order. */
export const operationRows: readonly Row[] = [
  ...rows.filter((row) => !isOf('Mutation')(row) && !isOf('Subscription')(row)),
  ...mutations.filter(({ isLast }) => isLast !== true),
  ...mutations.filter(({ isLast }) => isLast === true),
];

export const table: readonly Row[] = [...operationRows, ...subscriptionRows];
