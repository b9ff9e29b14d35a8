// Everything that a client can select, pass or receive is described, and each description names its object: no text
// such as "The items." may serve two unlike elements. Two elements share a text only if they have the same name and the
// same type and are listed in `mayShare` with the reason. A field that a type has from an interface counts as the
// interface's field.
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLType,
} from 'graphql';
import { expect, it } from 'vitest';
import { schema } from '../../schema/index.ts';

interface Element {
  /** The place of an element, such as `Room.peers` or `Room.peers(first)`. */
  readonly place: string;
  /** The type that has the field, argument, input field or value; for a type itself its own name. */
  readonly owner: string;
  /** The element's name and type, such as `first: Int`. */
  readonly signature: string;
  readonly description: string;
  /** True for a field whose text comes from an interface that its type implements. */
  readonly isInherited: boolean;
}

interface Allowance {
  readonly reason: string;
  /** The name and type of the elements that may share a text. Without it, any elements of `owners`. */
  readonly signatures?: readonly string[];
  /** The types whose elements may share a text. Without it, all types. */
  readonly owners?: readonly string[];
}

const mayShare: readonly Allowance[] = [
  {
    reason: 'paging is the same in each list',
    signatures: ['first: Int', 'after: String', 'last: Int', 'before: String', 'pageInfo: PageInfo!'],
  },
  { reason: 'a cursor means the same in each list and each feed', signatures: ['cursor: String!'] },
  {
    reason: 'the room of an action on a live room',
    signatures: ['roomId: ID!'],
    owners: [
      'EndRoomInput',
      'RemovePeerInput',
      'RemovePeersByRoleInput',
      'RemovePeersInput',
      'SendMessageInput',
      'SendMessagesInput',
      'UpdatePeerInput',
      'UpdatePeersInput',
    ],
  },
  {
    reason: 'the reason that removed peers get',
    signatures: ['reason: String'],
    owners: ['EndRoomInput', 'RemovePeerInput', 'RemovePeersByRoleInput', 'RemovePeersInput'],
  },
  { reason: 'settings of a room, new or changed', owners: ['CreateRoomInput', 'UpdateRoomInput'] },
  {
    reason: 'parts of a template, new, replaced or patched',
    owners: ['CreateTemplateInput', 'PatchTemplateInput', 'UpdateTemplateInput'],
  },
  { reason: 'a role, alone or of a template', owners: ['RoleInput', 'SetRoleInput'] },
  {
    reason: 'settings of a template, alone or of a template',
    owners: ['TemplateSettingsInput', 'UpdateTemplateSettingsInput'],
  },
  { reason: 'a message, alone or one of several', owners: ['MessageInput', 'SendMessageInput'] },
  { reason: "a peer's change, alone or one of several", owners: ['PeerUpdateInput', 'UpdatePeerInput'] },
  {
    reason: 'a snapshot that replaces changes',
    owners: ['PeersSnapshot', 'SessionsSnapshot', 'TracksSnapshot'],
  },
];

/** A field, argument, input field or enum value as GraphQL.js has it; enum values have no type. */
type Definition = Pick<GraphQLArgument, 'name' | 'description'> & { readonly type?: GraphQLType };

function elementOf(owner: string, { name, type, description }: Definition, place: string): Element {
  const signature = `${name}: ${String(type ?? owner)}`;
  return { place, owner, signature, description: description ?? '', isInherited: false };
}

function elementsOfField(
  parent: GraphQLObjectType | GraphQLInterfaceType,
  field: GraphQLField<unknown, unknown>,
): Element[] {
  const place = `${parent.name}.${field.name}`;
  const isInherited = parent
    .getInterfaces()
    .some((type) => type.getFields()[field.name]?.description === field.description);
  return [
    { ...elementOf(parent.name, field, place), isInherited },
    ...field.args.map((arg) => elementOf(parent.name, arg, `${place}(${arg.name})`)),
  ];
}

function elementsIn(type: GraphQLNamedType): Element[] {
  const own = elementOf(type.name, type, type.name);
  if (isObjectType(type) || isInterfaceType(type)) {
    return [own, ...Object.values(type.getFields()).flatMap((field) => elementsOfField(type, field))];
  }
  const parts = isInputObjectType(type)
    ? Object.values(type.getFields())
    : isEnumType(type)
      ? type.getValues()
      : [];
  return [own, ...parts.map((part) => elementOf(type.name, part, `${type.name}.${part.name}`))];
}

const elements = Object.values(schema.getTypeMap())
  .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
  .flatMap(elementsIn);

/** The elements that have each text. The fields of an interface count once. */
function byText(all: readonly Element[]): Map<string, Element[]> {
  return Map.groupBy(
    all.filter(({ isInherited }) => !isInherited),
    ({ description }) => description,
  );
}

/** The texts of `all` that different elements share, with the elements' places. */
function wronglyShared(all: readonly Element[]): string[] {
  return [...byText(all)]
    .filter(([, sharing]) => sharing.length > 1 && !mayShare.some((allowed) => isCovered(sharing, allowed)))
    .map(([text, sharing]) => `${text} :: ${sharing.map(({ place }) => place).join(', ')}`);
}

function isCovered(sharing: readonly Element[], { signatures, owners }: Allowance): boolean {
  return (
    new Set(sharing.map(({ signature }) => signature)).size === 1 &&
    sharing.every(
      ({ signature, owner }) =>
        (signatures?.includes(signature) ?? true) && (owners?.includes(owner) ?? true),
    )
  );
}

it('every type, field, argument, input field and enum value has a description', () => {
  expect(elements.length).toBeGreaterThan(300);
  expect(elements.filter(({ description }) => description.trim() === '').map(({ place }) => place)).toEqual(
    [],
  );
});

it('every description begins with a capital, a number, a name or a unit, and ends with a full stop', () => {
  const wrong = elements.filter(({ description }) => !/^([A-Z0-9`]|kbit\/s).*\.$/s.test(description.trim()));
  expect(wrong.map(({ place, description }) => `${place}: ${description}`)).toEqual([]);
});

it('the description of a time says so in one form: "The time ..."', () => {
  const times = elements.filter(
    ({ signature, owner, place }) =>
      /: DateTime!?$/.test(signature) && place.includes('.') && !/(Input|Filter)$/.test(owner),
  );
  expect(times.length).toBeGreaterThan(80);
  expect(
    times.filter(({ description }) => !description.startsWith('The time')).map(({ place }) => place),
  ).toEqual([]);
});

it('the schema itself has a description, and every field, argument and type that it names exists', () => {
  const namesInTour = [...(schema.description ?? '').matchAll(/`([A-Za-z.]+)(\(\w+\))?`/g)].map(
    ([, name]) => name,
  );
  // `Room.peers` and `pageInfo.endCursor` end in a field's name; `first` and `roomId` are arguments.
  const known = new Set(elements.flatMap(({ place }) => place.split(/[.()]/)));
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

it('no two elements of the schema have the same description, unless `mayShare` lists them', () => {
  expect(wronglyShared(elements)).toEqual([]);
});

it('a text of two fields with different names, different types or unlisted types is reported', () => {
  const text = { description: 'What it reports.', isInherited: false };
  const ofRoom = { ...text, place: 'CreateRoomInput.size', owner: 'CreateRoomInput', signature: 'size: Int' };
  const changed = { ...ofRoom, place: 'UpdateRoomInput.size', owner: 'UpdateRoomInput' };

  expect(wronglyShared([ofRoom, changed])).toEqual([]);
  expect(wronglyShared([ofRoom, { ...changed, signature: 'limit: Int' }])).toHaveLength(1);
  expect(wronglyShared([ofRoom, { ...changed, signature: 'size: Int!' }])).toHaveLength(1);
  expect(wronglyShared([ofRoom, { ...changed, owner: 'Poll' }])).toHaveLength(1);
});

it('each entry of `mayShare` is needed', () => {
  const unused = mayShare.filter((allowed) => {
    const groups = [...byText(elements).values()];
    return !groups.some((sharing) => sharing.length > 1 && isCovered(sharing, allowed));
  });
  expect(unused).toEqual([]);
});
