// The table of access: the rows of all files in rows/, for every field of the root types, every Node type, and every link
// that asks more than its object. A field without a row, and a row without a field, fail in schema.test.ts.
import { readdirSync } from 'node:fs';
import { addedSoFar, type Row } from './row.ts';

const folder = new URL('rows/', import.meta.url);
for (const file of readdirSync(folder).toSorted()) await import(new URL(file, folder).href);

const { rows, nodes: nodeRows } = addedSoFar();
const isOf = (type: string) => (row: Row) => row.field.startsWith(`${type}.`);
const mutations = rows.filter(isOf('Mutation'));

/** The Node types. */
export const nodes = nodeRows;

/** Subscriptions: each answers a first event, or is refused before one. */
export const subscriptionRows: readonly Row[] = rows.filter(isOf('Subscription'));

/** Queries and links, then mutations, so that one caller can run all in this order. */
export const operationRows: readonly Row[] = [
  ...rows.filter((row) => !isOf('Mutation')(row) && !isOf('Subscription')(row)),
  ...mutations.filter(({ isLast }) => isLast !== true),
  ...mutations.filter(({ isLast }) => isLast === true),
];

export const table: readonly Row[] = [...operationRows, ...subscriptionRows];
