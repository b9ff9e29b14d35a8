// The subcommand `print-schema`: the graph in the schema definition language, as codegen and editors read it.
import { readFile } from 'node:fs/promises';

/**
 * Prints schema/schema.graphql, in which types, fields and arguments are sorted by name; with `federation` the same graph as a
 * subgraph, from which a router's tools compose a supergraph.
 */
export async function printSchema({
  federation = false,
}: {
  readonly federation?: boolean;
}): Promise<number> {
  process.stdout.write(await (federation ? subgraph() : readFile(SCHEMA, 'utf8')));
  return 0;
}

const SCHEMA = new URL('../../schema/schema.graphql', import.meta.url);

async function subgraph(): Promise<string> {
  const [{ federatedSdl }, { schema }] = await Promise.all([
    import('../../schema/federation/sdl.ts'),
    import('../../schema/index.ts'),
  ]);
  return federatedSdl(schema);
}
