// Collects the fields that selection sets select from an object of one type: the algorithm CollectFields of the GraphQL
// specification.
import {
  getArgumentValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  Kind,
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
  type VariableValues,
} from 'graphql';

/** What selections refer to. */
export interface FieldSource {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

/** The nodes that select a field under one response key. */
type FieldNodes = [FieldNode, ...FieldNode[]];

/** The nodes of each response key, in the order of the result. */
export type NodesByKey = ReadonlyMap<string, FieldNodes>;

/**
 * The fields that `sets` select together from an object of `type`, by response key, in the order of the result. Throws for a
 * condition of `@skip` or `@include` that is not a Boolean, as graphql-js does.
 */
export function collectFields(
  source: FieldSource,
  sets: readonly SelectionSetNode[],
  type: GraphQLObjectType,
  variables: VariableValues,
): NodesByKey {
  const collector = new FieldCollector(source, type, variables);
  for (const set of sets) collector.add(set);
  return collector.fields;
}

class FieldCollector {
  readonly fields = new Map<string, FieldNodes>();
  readonly #source: FieldSource;
  readonly #type: GraphQLObjectType;
  readonly #variables: VariableValues;
  readonly #spread = new Set<string>();

  constructor(source: FieldSource, type: GraphQLObjectType, variables: VariableValues) {
    this.#source = source;
    this.#type = type;
    this.#variables = variables;
  }

  add(set: SelectionSetNode): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        if (this.#isIncluded(selection)) this.#addField(selection);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value;
        if (this.#isIncluded(selection) && this.#matches(condition)) this.add(selection.selectionSet);
      } else if (this.#isIncluded(selection)) {
        this.#addFragment(selection.name.value);
      }
    }
  }

  #addFragment(name: string): void {
    const fragment = this.#source.fragments[name];
    if (fragment === undefined || !this.#matches(fragment.typeCondition.name.value)) return;
    if (this.#spread.has(name)) return;
    this.#spread.add(name);
    this.add(fragment.selectionSet);
  }

  #addField(node: FieldNode): void {
    const key = (node.alias ?? node.name).value;
    const nodes = this.fields.get(key);
    if (nodes === undefined) this.fields.set(key, [node]);
    else nodes.push(node);
  }

  #matches(condition: string | undefined): boolean {
    if (condition === undefined || condition === this.#type.name) return true;
    const type = this.#source.schema.getType(condition);
    return isAbstractType(type) && this.#source.schema.isSubType(type, this.#type);
  }

  #isIncluded({ directives }: SelectionNode): boolean {
    if (directives === undefined || directives.length === 0) return true;
    return (
      this.#condition(GraphQLSkipDirective, directives) !== true &&
      this.#condition(GraphQLIncludeDirective, directives) !== false
    );
  }

  #condition(directive: GraphQLDirective, nodes: readonly DirectiveNode[]): unknown {
    const node = nodes.find(({ name }) => name.value === directive.name);
    return node === undefined ? undefined : getArgumentValues(directive, node, this.#variables)['if'];
  }
}
