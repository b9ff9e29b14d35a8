// Compares the schema with the table of access: every root field and every Node type requires a scope and has a row.
import { isInterfaceType, isObjectType, type GraphQLField, type GraphQLNamedType } from 'graphql';
import { expect, test } from 'vitest';
import type { Access } from '../../resolvers/access.ts';
import { schema } from '../../schema/index.ts';
import { participantFields } from '../../schema/participant-fields.ts';
import { nodeTypes } from '../support/select-everything.ts';
import { allScopes } from '../../src/auth/scopes.ts';
import { table } from './table.ts';

const scopes: ReadonlySet<string> = new Set(allScopes);

const ROOTS: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

/** Root fields without a scope of their own: the type of the Node requires it. */
const BY_TYPE: ReadonlySet<string> = new Set(['Query.node', 'Query.nodes']);

/** Left out: the object types of an interface are checked one by one. */
const INTERFACES: ReadonlySet<string> = new Set(['MediaJob']);

interface Asking {
  readonly extensions: { readonly access?: Access };
}

function asksSomething({ extensions: { access } }: Asking): boolean {
  return access !== undefined && scopes.has(access.scope);
}

function fieldsOf(type: GraphQLNamedType): readonly GraphQLField<unknown, unknown>[] {
  return isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
}

const allFields = Object.values(schema.getTypeMap())
  .filter(({ name }) => !name.startsWith('__') && !INTERFACES.has(name))
  .flatMap((type) => fieldsOf(type).map((field) => ({ type, field, name: `${type.name}.${field.name}` })));

const rootFields = allFields.filter(({ type }) => ROOTS.has(type.name));
const rowed: ReadonlySet<string> = new Set(table.map(({ field }) => field));

test('every field of a root type has `access`', () => {
  const silent = rootFields.filter(({ field, name }) => !asksSomething(field) && !BY_TYPE.has(name));
  expect(silent.map(({ name }) => name)).toEqual([]);
  expect(rootFields.length).toBeGreaterThan(75);
});

test('every Node type has `access`', () => {
  const silent = nodeTypes().filter((name) => {
    const type = schema.getType(name);
    return type === undefined || !asksSomething(type);
  });
  expect(silent).toEqual([]);
  expect(nodeTypes().length).toBeGreaterThan(10);
});

test('types that are listed by room and are no Nodes have `access`', () => {
  // They also protect against a REST API that returns more than the requested room.
  for (const name of ['AnalyticsEvent', 'StreamKey', 'WebhookDelivery']) {
    const type = schema.getType(name);
    expect(type !== undefined && asksSomething(type), name).toBe(true);
  }
});

test('every field of a root type, and every other field with `access`, has a row', () => {
  const asking = allFields.filter(({ type, field }) => ROOTS.has(type.name) || asksSomething(field));
  expect(asking.map(({ name }) => name).filter((name) => !rowed.has(name))).toEqual([]);
});

test('every Node type has a row of `node` and of `nodes`', () => {
  for (const field of BY_TYPE) {
    const about = table.filter((row) => row.field === field).map((row) => row.about);
    expect(about.toSorted()).toEqual(nodeTypes().toSorted());
  }
});

test('every row names an existing field', () => {
  const names = new Set(allFields.map(({ name }) => name));
  expect([...rowed].filter((name) => !names.has(name))).toEqual([]);
});

test('every field that is open to participants exists', () => {
  const missing = Object.entries(participantFields).flatMap(([typeName, open]) => {
    const type = schema.getType(typeName);
    if (type === undefined) return [typeName];
    const has = new Set(fieldsOf(type).map(({ name }) => name));
    return open === '*' ? [] : open.filter((name) => !has.has(name)).map((name) => `${typeName}.${name}`);
  });
  expect(missing).toEqual([]);
});

test('the schema opens to participants exactly the fields that the table opens to them', () => {
  const named = table.filter(({ participants }) => participants !== 'closed').map(({ field }) => field);
  const opened = [...rowed].filter((name) => {
    const [typeName = '', field = ''] = name.split('.');
    const open = participantFields[typeName];
    return open === '*' || open?.includes(field) === true;
  });
  expect([...new Set(named)].toSorted()).toEqual(opened.toSorted());
});
