// Valid documents over the random schema: aliases, fragments in fragments, `@skip` and `@include`, and arguments of all
// kinds, with and without variables.
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import type { Choices } from './random-source.ts';

/** A document with one operation, and values for its variables, of which some are invalid. */
export interface RandomOperation {
  readonly text: string;
  readonly variables: Record<string, unknown>;
}

/** Each variable: its definition, and values that a client might send; undefined: it sends none. */
const VARIABLES: Readonly<
  Record<string, { readonly definition: string; readonly values: readonly unknown[] }>
> = {
  yes: { definition: 'Boolean!', values: [true, false, true, false, true, false, true, null] },
  may: { definition: 'Boolean! = false', values: [undefined, true, false] },
  odds: { definition: 'Boolean = true', values: [undefined, true, false, undefined, true, null] },
  n: { definition: 'Int! = 3', values: [undefined, 5, 0] },
  maybe: { definition: 'Int', values: [undefined, 5, null] },
  colors: { definition: '[Color!]', values: [['RED'], 'GREEN', [], undefined, null, ['RED', 'BLUE']] },
  color: { definition: 'Color! = BLUE', values: [undefined, 'RED', 'GREEN', 'RED', 'GREEN', 'PINK'] },
  box: {
    definition: 'Box',
    values: [{}, { n: null, tags: 'one' }, { inner: { color: 'BLUE' } }, undefined, { nope: 1 }],
  },
  odd: { definition: 'Odd', values: ['odd', { deep: [1] }, undefined] },
};

/** Values for arguments, by the argument's name. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  upper: ['', 'true', '$odds', 'null'],
  times: ['', '3', '$maybe', '$n', 'null'],
  n: ['4', '$n', '$n'],
  box: [
    '',
    '{}',
    '$box',
    '{ color: $color, tags: ["a", "b"] }',
    '{ inner: { n: $maybe } }',
    '{ n: 1, inner: null }',
  ],
  colors: ['', '[RED]', '$colors', 'GREEN', '[RED, $color]', 'null'],
  odd: ['', '{ a: 1, b: [$n, "x"] }', '$odd', '7'],
};

const DIRECTIVES = [
  '@skip(if: $yes)',
  '@include(if: $yes)',
  '@include(if: $may)',
  '@skip(if: $odds)',
  '@include(if: true)',
  '@skip(if: true)',
  '@skip(if: $may) @include(if: $odds)',
];

const FRAGMENTS = ['F0', 'F1', 'F2', 'F3'];

/** Makes an operation of `kind`. */
export function randomOperation(
  schema: GraphQLSchema,
  kind: 'query' | 'subscription',
  choices: Choices,
): RandomOperation {
  return new Writing(schema, choices).operation(kind);
}

class Writing {
  readonly #schema: GraphQLSchema;
  readonly #choices: Choices;
  /** Arguments of each field without an alias, which must be the same wherever it is selected. */
  readonly #plain = new Map<string, string>();
  /** The fields and arguments of each alias, which must be the same for all. */
  readonly #aliases = new Map<string, string>();
  readonly #typeOf = new Map<string, GraphQLCompositeType>();
  readonly #texts = new Map<string, string>();

  constructor(schema: GraphQLSchema, choices: Choices) {
    this.#schema = schema;
    this.#choices = choices;
  }

  operation(kind: 'query' | 'subscription'): RandomOperation {
    const root = kind === 'query' ? this.#schema.getQueryType() : this.#schema.getSubscriptionType();
    if (root == null) throw new Error(`the schema has no ${kind}`);
    const types = Object.values(this.#schema.getTypeMap()).filter(isCompositeType);
    for (const name of FRAGMENTS) {
      this.#typeOf.set(name, this.#choices.of(types.filter((type) => !type.name.startsWith('_'))));
    }
    // A subscription has one root field.
    const selections =
      kind === 'query'
        ? this.#selections(root, 5, FRAGMENTS)
        : `{ ${this.#field(root.getFields()[this.#choices.of(['a', 'things', 'any', 'b', 'thingsNN'])], 4, [])} }`;
    const fragments = FRAGMENTS.flatMap((name) => this.#texts.get(name) ?? []);
    const body = [selections, ...fragments].join('\n');
    const used = Object.entries(VARIABLES).filter(([name]) => new RegExp(`\\$${name}\\b`).test(body));
    const definitions = used.map(([name, { definition }]) => `$${name}: ${definition}`).join(', ');
    const variables: Record<string, unknown> = {};
    for (const [name, { values }] of used) {
      const value = this.#choices.of(values);
      if (value !== undefined) variables[name] = value;
    }
    return { text: `${kind} Random${definitions === '' ? '' : `(${definitions})`} ${body}`, variables };
  }

  /** `later`: the fragments that may be spread here; a fragment may spread those after it only. */
  #selections(type: GraphQLCompositeType, depth: number, later: readonly string[]): string {
    const count = 1 + this.#choices.below(5);
    const selections = Array.from({ length: count }, () => this.#selection(type, depth, later));
    return `{ ${selections.join(' ')} }`;
  }

  #selection(type: GraphQLCompositeType, depth: number, later: readonly string[]): string {
    const directive = this.#choices.oneIn(6) ? ` ${this.#choices.of(DIRECTIVES)}` : '';
    if (depth > 0 && this.#choices.oneIn(6)) {
      const possible = this.#overlapping(type);
      const condition = this.#choices.oneIn(4) ? '' : ` on ${this.#choices.of(possible).name}`;
      const inner = condition === '' ? type : possible.find(({ name }) => condition === ` on ${name}`);
      return `...${condition}${directive} ${this.#selections(inner ?? type, depth - 1, later)}`;
    }
    if (depth > 0 && later.length > 0 && this.#choices.oneIn(5)) {
      const name = this.#choices.of(later);
      const inner = this.#typeOf.get(name);
      if (inner !== undefined && this.#overlapping(type).includes(inner)) {
        this.#writeFragment(name, inner);
        return `...${name}${directive}`;
      }
    }
    if (!isObjectType(type) && !isInterfaceType(type)) return `__typename${directive}`;
    const fields = Object.values(type.getFields());
    const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type)));
    const field = this.#choices.oneIn(12) ? undefined : this.#choices.of(depth > 0 ? fields : leaves);
    return this.#field(field, depth, later, directive);
  }

  #field(
    field: GraphQLField<unknown, unknown> | undefined,
    depth: number,
    later: readonly string[],
    directive = '',
  ): string {
    if (field === undefined) return `__typename${directive}`;
    const args = field.args.map((arg) => this.#argument(arg)).join('');
    const call = `${field.name}${args === '' ? '' : `(${args.trim()})`}`;
    const type = getNamedType(field.type);
    const inner = isCompositeType(type) ? ` ${this.#selections(type, depth - 1, later)}` : '';
    return `${this.#aliased(field.name, call)}${directive}${inner}`;
  }

  #argument({ name }: GraphQLArgument): string {
    const value = this.#choices.of(ARGUMENTS[name] ?? ['']);
    return value === '' ? '' : ` ${name}: ${value}`;
  }

  #aliased(name: string, call: string): string {
    const known = this.#plain.get(name) ?? call;
    if (known === call && !this.#choices.oneIn(4)) {
      this.#plain.set(name, call);
      return call;
    }
    const alias = this.#choices.of(['x', 'y', 'z']) + this.#aliasOf(call);
    return `${alias}: ${call}`;
  }

  #aliasOf(call: string): string {
    const known = this.#aliases.get(call) ?? String(this.#aliases.size);
    this.#aliases.set(call, known);
    return known;
  }

  #writeFragment(name: string, type: GraphQLCompositeType): void {
    if (this.#texts.has(name)) return;
    this.#texts.set(name, '');
    const later = FRAGMENTS.slice(FRAGMENTS.indexOf(name) + 1);
    this.#texts.set(name, `fragment ${name} on ${type.name} ${this.#selections(type, 2, later)}`);
  }

  /** The types of which an object of `type` may be. */
  #overlapping(type: GraphQLCompositeType): readonly GraphQLCompositeType[] {
    const objectsOf = (one: GraphQLCompositeType) =>
      isAbstractType(one) ? this.#schema.getPossibleTypes(one) : [one];
    const own = objectsOf(type);
    return Object.values(this.#schema.getTypeMap())
      .filter(isCompositeType)
      .filter((one) => objectsOf(one).some((object) => own.includes(object)));
  }
}
