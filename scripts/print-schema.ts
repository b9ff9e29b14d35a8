// Writes schema/schema.graphql, the printed schema of the graph. With `--check` it writes nothing and exits with 1 if
// the file is out of date.
import { readFile, writeFile } from 'node:fs/promises';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from '../schema/index.ts';

const target = new URL('../schema/schema.graphql', import.meta.url);
const printed = `${printSchema(lexicographicSortSchema(schema))}\n`;

if (process.argv.includes('--check')) {
  const committed = await readFile(target, 'utf8').catch(() => '');
  if (committed !== printed) {
    console.error(
      'schema/schema.graphql is out of date: run `npm run codegen`, review the diff and commit it.',
    );
    process.exitCode = 1;
  }
} else {
  await writeFile(target, printed);
}
