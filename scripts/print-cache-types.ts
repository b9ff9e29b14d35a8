// Writes the facts about the schema that the caches of clients need into packages/client/src, from schema/schema.graphql. With
// `--check` it writes nothing and exits with 1 if a file is out of date.
import { readFile, writeFile } from 'node:fs/promises';
import { buildSchema, isAbstractType, isObjectType } from 'graphql';

const root = new URL('../', import.meta.url);
const schema = buildSchema(await readFile(new URL('schema/schema.graphql', root), 'utf8'));
const types = Object.values(schema.getTypeMap());
const quoted = (names: readonly { readonly name: string }[]) =>
  names
    .map(({ name }) => `'${name}'`)
    .sort()
    .join(', ');

const abstract = types
  .filter(isAbstractType)
  .map((type) => `  ${type.name}: [${quoted(schema.getPossibleTypes(type))}],\n`)
  .sort();
const roots = new Set(
  [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].map(String),
);
const embedded = types.filter(
  (type) =>
    isObjectType(type) && !type.name.startsWith('__') && !roots.has(type.name) && !('id' in type.getFields()),
);

const error = schema.getType('Error');
const errors = isAbstractType(error) ? schema.getPossibleTypes(error) : [];

const files = {
  'possible-types.ts': `// Generated from schema/schema.graphql by \`npm run codegen\`: the object types of each interface and union. Normalised caches
// need them to match fragments on abstract types.

/** The names of object types by the interface or union that they belong to, for the option of this name of Apollo's cache. */
export const possibleTypes = {
${abstract.join('')}};

/** The names of the types that implement \`Error\`: the failures of mutations. */
export const errorTypes = [${quoted(errors)}] as const;
`,
  'embedded-types.ts': `// Generated from schema/schema.graphql by \`npm run codegen\`: the object types that have no \`id\`.

/** The names of the types whose objects a normalised cache keeps within the object that has them. */
export const embeddedTypes = [
  ${quoted(embedded).replaceAll(/(.{80,110}?), /g, '$1,\n  ')},
] as const;
`,
};

for (const [name, printed] of Object.entries(files)) {
  const target = new URL(`packages/client/src/${name}`, root);
  if (!process.argv.includes('--check')) await writeFile(target, printed);
  else if ((await readFile(target, 'utf8').catch(() => '')) !== printed) {
    console.error(`${target.pathname} is out of date: run \`npm run codegen\`.`);
    process.exitCode = 1;
  }
}
