// The reference of the graph as Markdown, one page for each kind of type, from the printed schema.
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
} from 'graphql';

/** Fields, input fields, arguments and enum values, as far as the reference shows them. */
interface Member {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly deprecationReason?: string | null | undefined;
  readonly type?: GraphQLType;
  readonly args?: readonly GraphQLArgument[];
}

/** The pages, by their path in the site: `schema/objects.md`. Types are headings, so `objects#room` is the type `Room`. */
export function schemaReference(schema: GraphQLSchema): ReadonlyMap<string, string> {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const types = Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !roots.some((root) => root === type))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const page = (title: string, sections: readonly string[]) =>
    [`schema/${title.toLowerCase()}.md`, `${[`# ${title}`, ...sections].join('\n\n')}\n`] as const;
  const typesOf = (title: string, belongs: (type: GraphQLNamedType) => boolean) =>
    page(title, types.filter(belongs).map(typeSection));
  return new Map([
    ...(['Queries', 'Mutations', 'Subscriptions'] as const).map((title, index) =>
      page(title, Object.values(roots[index]?.getFields() ?? {}).map(rootSection)),
    ),
    typesOf('Objects', isObjectType),
    typesOf('Interfaces', isInterfaceType),
    typesOf('Unions', isUnionType),
    typesOf('Inputs', isInputObjectType),
    typesOf('Enums', isEnumType),
    typesOf('Scalars', isScalarType),
  ]);
}

function rootSection(field: Member): string {
  return [
    `## ${field.name}`,
    `Answers ${typeLink(field.type)}.`,
    ...textOf(field),
    ...argumentsOf(field, ''),
  ].join('\n\n');
}

function typeSection(type: GraphQLNamedType): string {
  return [`## ${type.name}`, ...textOf(type), ...membersOf(type)].join('\n\n');
}

function membersOf(type: GraphQLNamedType): string[] {
  if (isUnionType(type)) return [`One of ${type.getTypes().map(typeLink).join(', ')}.`];
  if (isEnumType(type)) return [list(type.getValues())];
  if (isInputObjectType(type)) return [list(Object.values(type.getFields()))];
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const interfaces = type.getInterfaces();
  const implemented = interfaces.length === 0 ? [] : [`Implements ${interfaces.map(typeLink).join(', ')}.`];
  return [...implemented, list(Object.values(type.getFields()))];
}

function list(members: readonly Member[], indent = ''): string {
  return members
    .map((member) => {
      const type = member.type === undefined ? '' : `: ${typeLink(member.type)}`;
      const lines = [
        `${indent}- **\`${member.name}\`**${type}`,
        ...textOf(member),
        ...argumentsOf(member, `${indent}  `),
      ];
      return lines
        .map((line, index) => (index === 0 || line.startsWith(' ') ? line : `${indent}  ${line}`))
        .join('\n\n');
    })
    .join('\n');
}

function argumentsOf({ args = [] }: Member, indent: string): string[] {
  return args.length === 0 ? [] : [list(args, indent)];
}

function textOf({
  description,
  deprecationReason,
}: Pick<Member, 'description' | 'deprecationReason'>): string[] {
  const text = (description ?? '')
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
    .trim();
  const texts = text === '' ? [] : [escaped(text)];
  return deprecationReason == null ? texts : [...texts, `**Deprecated:** ${escaped(deprecationReason)}`];
}

/** A text for Markdown that Vue compiles: outside of code it has no tags and no interpolation. */
function escaped(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll('<', '&lt;').replaceAll('{', '&#123;')))
    .join('');
}

/** The type as in SDL, with its name as a link to its section. */
function typeLink(type: GraphQLType | undefined): string {
  if (type === undefined) return '';
  const named = getNamedType(type);
  const [before = '', after = ''] = String(type)
    .split(named.name)
    .map((part) => part.replaceAll('[', '\\['));
  if (isScalarType(named) && isSpecifiedScalarType(named)) return `${before}${named.name}${after}`;
  return `${before}[${named.name}](${pageOf(named)}#${named.name.toLowerCase()})${after}`;
}

function pageOf(type: GraphQLNamedType): string {
  if (isObjectType(type)) return 'objects.md';
  if (isInterfaceType(type)) return 'interfaces.md';
  if (isUnionType(type)) return 'unions.md';
  if (isInputObjectType(type)) return 'inputs.md';
  return isEnumType(type) ? 'enums.md' : 'scalars.md';
}
