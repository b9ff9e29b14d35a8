// The schema as a router composes it: the printed schema with the directives of Apollo Federation. graphql-js prints a schema
// without applied directives, so they are added to the printed document.
import {
  Kind,
  lexicographicSortSchema,
  parse,
  print,
  printSchema,
  type ConstDirectiveNode,
  type DefinitionNode,
  type GraphQLSchema,
} from 'graphql';
import { isNodeTypeName } from '../../resolvers/ids.ts';
import { keysOf } from '../../resolvers/representations.ts';

/** The lowest version that has all that is used here: a supergraph takes the highest one of its subgraphs. */
const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key", "@shareable"])';

/** Types of the Relay specification that every subgraph with connections defines, with the same fields. */
const shared: ReadonlySet<string> = new Set(['PageInfo']);

/**
 * The SDL of the graph as a subgraph, without `_service` and `_entities`, which routers add. Every Node type is an entity with
 * its keys; `PageInfo` is shareable. `node` and `nodes` are not, as each subgraph knows only its own ids.
 */
export function federatedSdl(schema: GraphQLSchema): string {
  const { definitions, ...document } = parse(printSchema(lexicographicSortSchema(schema)), {
    noLocation: true,
  });
  return `${LINK}\n\n${print({ ...document, definitions: definitions.map(withDirectives) })}\n`;
}

function withDirectives(definition: DefinitionNode): DefinitionNode {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return definition;
  const { value: name } = definition.name;
  if (shared.has(name)) return { ...definition, directives: [directive('shareable')] };
  if (!isNodeTypeName(name)) return definition;
  return { ...definition, directives: keysOf(name).map((fields) => directive('key', { fields })) };
}

function directive(name: string, args: Readonly<Record<string, string>> = {}): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: name },
    arguments: Object.entries(args).map(([arg, value]) => ({
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: arg },
      value: { kind: Kind.STRING, value },
    })),
  };
}
