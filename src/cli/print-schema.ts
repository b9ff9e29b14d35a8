// The subcommand `print-schema`: the graph in the schema definition language, as codegen and editors read it.
import { readFile } from 'node:fs/promises';

/** Prints schema/schema.graphql, in which types, fields and arguments are sorted by name. */
export async function printSchema(): Promise<number> {
  process.stdout.write(await readFile(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));
  return 0;
}
