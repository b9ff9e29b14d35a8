// Writes packages/client/src/possible-types.ts from schema/schema.graphql. With `--check` it writes nothing and exits with
// 1 if the file is out of date.
import { readFile, writeFile } from 'node:fs/promises';
import { buildSchema, isAbstractType } from 'graphql';

const root = new URL('../', import.meta.url);
const target = new URL('packages/client/src/possible-types.ts', root);
const schema = buildSchema(await readFile(new URL('schema/schema.graphql', root), 'utf8'));

const entries = Object.values(schema.getTypeMap())
  .filter(isAbstractType)
  .map((type) => {
    const names = schema.getPossibleTypes(type).map(({ name }) => `'${name}'`);
    return `  ${type.name}: [${names.sort().join(', ')}],\n`;
  })
  .sort();
const printed = `// Generated from schema/schema.graphql by \`npm run codegen\`: the object types of each interface and union. Normalised caches
// need them to match fragments on abstract types.

/** The names of object types by the interface or union that they belong to, for the option of this name of Apollo's cache. */
export const possibleTypes = {
${entries.join('')}} as const;
`;

if (process.argv.includes('--check')) {
  if ((await readFile(target, 'utf8').catch(() => '')) !== printed) {
    console.error(`${target.pathname} is out of date: run \`npm run codegen\`.`);
    process.exitCode = 1;
  }
} else {
  await writeFile(target, printed);
}
