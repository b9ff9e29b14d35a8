// Everything that a client can select, give or get is described.
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLField,
  type GraphQLNamedType,
} from 'graphql';
import { expect, it } from 'vitest';
import { schema } from '../../schema/index.ts';

interface Described {
  readonly place: string;
  readonly description: string | null | undefined;
}

function describedInField(parent: string, field: GraphQLField<unknown, unknown>): Described[] {
  const place = `${parent}.${field.name}`;
  const args = field.args.map((arg) => ({ place: `${place}(${arg.name})`, description: arg.description }));
  return [{ place, description: field.description }].concat(args);
}

function describedIn(type: GraphQLNamedType): Described[] {
  const own = { place: type.name, description: type.description };
  if (isObjectType(type) || isInterfaceType(type)) {
    return [own, ...Object.values(type.getFields()).flatMap((field) => describedInField(type.name, field))];
  }
  if (isInputObjectType(type)) {
    return [
      own,
      ...Object.values(type.getFields()).map(({ name, description }) => ({
        place: `${type.name}.${name}`,
        description,
      })),
    ];
  }
  if (isEnumType(type)) {
    return [
      own,
      ...type.getValues().map(({ name, description }) => ({ place: `${type.name}.${name}`, description })),
    ];
  }
  return [own];
}

const described = Object.values(schema.getTypeMap())
  .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
  .flatMap((type) => describedIn(type));

it('every type, field, argument, input field and enum value has a description', () => {
  expect(described.length).toBeGreaterThan(300);
  expect(described.filter(({ description }) => !description?.trim()).map(({ place }) => place)).toEqual([]);
});

it('every description begins with a capital, a number, a name or a unit, and ends with a full stop', () => {
  const wrong = described.filter(
    ({ description }) => !/^([A-Z0-9`]|kbit\/s).*\.$/s.test(description?.trim() ?? ''),
  );
  expect(wrong.map(({ place, description }) => `${place}: ${description}`)).toEqual([]);
});

it('the schema itself has a description, and every field, argument and type that it names exists', () => {
  const namesInTour = [...(schema.description ?? '').matchAll(/`([A-Za-z.]+)(\(\w+\))?`/g)].map(
    ([, name]) => name,
  );
  // `Room.peers` and `pageInfo.endCursor` end in a field's name, `first` and `roomId` are arguments.
  const known = new Set(described.flatMap(({ place }) => place.split(/[.()]/)));
  const partsOfResults = new Set(['errors', 'extensions.code', 'extensions.cost']);

  expect(namesInTour).toEqual(
    expect.arrayContaining(['rooms', 'Room.peers', 'peerChanges', 'sessionChanges']),
  );
  expect(
    namesInTour.filter(
      (name) =>
        name !== undefined && !partsOfResults.has(name) && !name.split('.').every((part) => known.has(part)),
    ),
  ).toEqual([]);
});
