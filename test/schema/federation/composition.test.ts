// The gateway's subgraph, composed with others to a supergraph as a router's tools do it.
import { buildASTSchema, Kind, parse, print, printSchema, visit, type DocumentNode } from 'graphql';
import { composeServices } from '@theguild/federation-composition';
import { describe, expect, it } from 'vitest';
import { federatedSdl } from '../../../schema/federation/sdl.ts';
import { schema } from '../../../schema/index.ts';
import { readPage } from '../../support/guide-blocks.ts';
import { nodeTypes } from '../../support/select-everything.ts';

const ours = federatedSdl(schema);

const LINK = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@override"]
)`;

/** Composes the gateway's subgraph with another one. `routing`: what the supergraph says of a type, or of its field. */
function composed(other: string) {
  const { supergraphSdl = '', errors = [] } = composeServices([
    { name: 'hms', typeDefs: parse(ours), url: 'http://hms.test/graphql' },
    { name: 'other', typeDefs: parse(`${LINK} ${other}`), url: 'http://other.test/graphql' },
  ]);
  const supergraph = errors.length === 0 ? parse(supergraphSdl) : null;
  return {
    errors: errors.map(({ message }) => message),
    routing: (typeName: string, fieldName?: string) =>
      supergraph === null ? [] : routingIn(supergraph, typeName, fieldName),
  };
}

/** The directives that tell a router which subgraph has a type, or a field of it. */
function routingIn({ definitions }: DocumentNode, typeName: string, fieldName?: string): readonly string[] {
  for (const type of definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    if (type.name.value !== typeName) continue;
    const field = type.fields?.find(({ name }) => name.value === fieldName);
    return (fieldName === undefined ? type : field)?.directives?.map(print) ?? [];
  }
  return [];
}

/** The document without what only a subgraph has: `@link`, and the directives of types. */
function withoutFederation(sdl: string): DocumentNode {
  return visit(parse(sdl), {
    SchemaExtension: () => null,
    ObjectTypeDefinition: (type) => ({ ...type, directives: [] }),
  });
}

it('is the committed schema with the directives of federation added', () => {
  const committed = readPage('schema/schema.graphql');
  expect(`${printSchema(buildASTSchema(withoutFederation(ours)))}\n`).toBe(committed);
});

it('makes every Node type an entity, with the keys that docs/federation.md lists, and no other type', () => {
  const entities = [...ours.matchAll(/^type (\w+) [^\n@]*(@key[^\n]*) \{$/gm)].map(
    ([, name = '', directives = '']) =>
      [name, [...directives.matchAll(/fields: "(.*?)"/g)].map(([, fields]) => fields)] as const,
  );
  expect(entities.map(([name]) => name)).toEqual(nodeTypes().toSorted());
  const rows = [...readPage('docs/federation.md').matchAll(/^\| (`.*`) +\| (`.*`) +\|$/gm)];
  const listed = rows.flatMap(([, names = '', keys = '']) => {
    const [types, fields] = [names, keys].map((cell) =>
      [...cell.matchAll(/`(.*?)`/g)].map(([, text]) => text),
    );
    return (types ?? []).map((name) => [name, fields] as const);
  });
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(entities));
});

describe('composed with a subgraph that extends the graph', () => {
  /** The fields of the key `hmsId` by type; all types but these are known by `id` alone. */
  const hmsIds = nodeTypes()
    .filter((name) => !['Role', 'RoomCode', 'RoomLayout', 'Peer'].includes(name))
    .map((name) => ({ name, key: 'hmsId', fields: 'hmsId: ID!' }));
  const compound = { name: 'Peer', key: 'hmsId room { hmsId }', fields: 'hmsId: ID! room: Room' };

  it.each([
    { by: 'id', types: nodeTypes().map((name) => ({ name, key: 'id', fields: 'id: ID!' })) },
    { by: 'hmsId', types: [...hmsIds, compound] },
  ])('every entity has the fields of both by `$by`', ({ types }) => {
    const { errors, routing } = composed(
      types
        .map(({ name, key, fields }) => `type ${name} @key(fields: "${key}") { ${fields} notes: [String!]! }`)
        .join('\n'),
    );
    expect(errors).toEqual([]);
    for (const { name, key } of types) {
      for (const graph of ['HMS', 'OTHER']) {
        expect(routing(name)).toContain(`@join__type(graph: ${graph}, key: "${key}")`);
      }
      expect(routing(name, 'notes')).toEqual(['@join__field(graph: OTHER)']);
    }
  });

  it('of a peer needs the room beside the vendor id, by which alone no peer can be read', () => {
    const { errors } = composed(
      `type Query { notes: [Note!]! }
      type Note { about: Peer! text: String! }
      type Peer @key(fields: "hmsId") { hmsId: ID! }`,
    );
    expect(errors).toContainEqual(expect.stringContaining('Peer'));
  });
});

describe('composed with another Relay subgraph', () => {
  const relay = (node: string) => `
    interface Node { id: ID! }
    type PageInfo @shareable {
      hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String
    }
    type Query { bookings: BookingConnection! ${node} }
    type BookingConnection { edges: [BookingEdge!]! pageInfo: PageInfo! }
    type BookingEdge { cursor: String! node: Booking! }
    type Booking implements Node @key(fields: "id") { id: ID! }`;

  it('shares `PageInfo` and `Node` with it', () => {
    const { errors, routing } = composed(relay(''));
    expect(errors).toEqual([]);
    for (const type of ['PageInfo', 'Node']) {
      expect(routing(type)).toEqual(['@join__type(graph: HMS)', '@join__type(graph: OTHER)']);
    }
    expect(routing('Query', 'node')).toEqual(['@join__field(graph: HMS)']);
  });

  it('refuses a second `node`, which a router would ask for ids of the gateway', () => {
    for (const node of ['node(id: ID!): Node', 'node(id: ID!): Node @shareable']) {
      expect(composed(relay(node)).errors).toEqual([
        expect.stringContaining('Non-shareable field "Query.node" is resolved from multiple subgraphs'),
      ]);
    }
  });

  it('leaves `node` and `nodes` to a subgraph that overrides them', () => {
    const { errors, routing } = composed(
      relay(`node(id: ID!): Node @override(from: "hms")
        nodes(ids: [ID!]!): [Node]! @override(from: "hms")`),
    );
    expect(errors).toEqual([]);
    for (const field of ['node', 'nodes']) {
      expect(routing('Query', field)).toEqual(['@join__field(graph: OTHER, override: "hms")']);
    }
  });
});
