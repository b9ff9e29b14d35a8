// One walk over a document before its operation is compiled. It finds features that the compiled executor does not support, the
// scopes that the operation can need, and the variables that decide which fields are selected. Each fragment is visited once, so
// the time is linear in the size of the document.
import {
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  OperationTypeNode,
  TypeNameMetaFieldDef,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** The points of each object of a field; see `CompileOptions.weightOf`. */
export type WeightOf = (field: GraphQLField<unknown, unknown>) => number;

/** What is known of an operation before it runs. */
export interface Survey {
  readonly rootType: GraphQLObjectType;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** See `CompiledOperation.scopes`. */
  readonly scopes: ReadonlySet<string>;
  /** The variables in `@skip(if:)` and `@include(if:)`. */
  readonly conditions: readonly string[];
  /** The number of selections in the operation and its fragments. */
  readonly selections: number;
  /**
   * Whether one response key names fields of different weights. An object's weight may then depend on its type, which the
   * result does not show, and the points have to be counted in the result.
   */
  readonly hasMixedWeights: boolean;
}

/** Directives that change how an operation runs, and that plans do not support. */
const UNSUPPORTED_DIRECTIVES = new Set(['defer', 'stream', 'experimental_disableErrorPropagation']);

/** Surveys an operation; null if it has a feature that only graphql-js supports, or is not valid. */
export function surveyOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  weightOf: WeightOf,
): Survey | null {
  const rootType = schema.getRootType(operation.operation);
  if (rootType == null || operation.operation === OperationTypeNode.MUTATION) return null;
  const fragments = fragmentsOf(document);
  const walk = new Walk(schema, fragments, weightOf);
  walk.directives(operation.directives);
  walk.selections(operation.selectionSet, rootType);
  if (walk.isUnsupported) return null;
  const { scopes, conditions, count, hasMixedWeights } = walk;
  return { rootType, fragments, scopes, conditions: [...conditions], selections: count, hasMixedWeights };
}

function fragmentsOf(document: DocumentNode): Record<string, FragmentDefinitionNode> {
  // Without a prototype, as the names are the client's.
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  return fragments;
}

/** Visits selections and collects what `Survey` reports. */
class Walk {
  isUnsupported = false;
  count = 0;
  hasMixedWeights = false;
  readonly scopes = new Set<string>();
  readonly conditions = new Set<string>();
  readonly #schema: GraphQLSchema;
  readonly #fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly #weightOf: WeightOf;
  readonly #weights = new Map<string, number>();
  readonly #visited = new Set<string>();

  constructor(
    schema: GraphQLSchema,
    fragments: Readonly<Record<string, FragmentDefinitionNode>>,
    weightOf: WeightOf,
  ) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#weightOf = weightOf;
  }

  selections(set: SelectionSetNode, type: GraphQLCompositeType): void {
    for (const selection of set.selections) {
      if (this.isUnsupported) return;
      this.count += 1;
      this.directives(selection.directives);
      this.#selection(selection, type);
    }
  }

  directives(nodes: readonly DirectiveNode[] | undefined): void {
    for (const node of nodes ?? []) {
      const name = node.name.value;
      if (UNSUPPORTED_DIRECTIVES.has(name)) this.isUnsupported = true;
      if (name !== GraphQLSkipDirective.name && name !== GraphQLIncludeDirective.name) continue;
      for (const { value } of node.arguments ?? []) {
        if (value.kind === Kind.VARIABLE) this.conditions.add(value.name.value);
      }
    }
  }

  #selection(selection: SelectionNode, type: GraphQLCompositeType): void {
    if (selection.kind === Kind.FIELD) {
      const name = selection.name.value;
      if (name === TypeNameMetaFieldDef.name) return;
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
      if (field === undefined) this.isUnsupported = true;
      else this.#field(field, type, (selection.alias ?? selection.name).value, selection.selectionSet);
      return;
    }
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const named = selection.typeCondition?.name.value;
      this.#fragment(selection.selectionSet, named === undefined ? type : this.#schema.getType(named));
      return;
    }
    const name = selection.name.value;
    if (this.#visited.has(name)) return;
    this.#visited.add(name);
    const fragment = this.#fragments[name];
    if (fragment === undefined || fragment.variableDefinitions !== undefined) {
      this.isUnsupported = true;
      return;
    }
    this.directives(fragment.directives);
    this.#fragment(fragment.selectionSet, this.#schema.getType(fragment.typeCondition.name.value));
  }

  #fragment(set: SelectionSetNode, type: ReturnType<GraphQLSchema['getType']>): void {
    if (isCompositeType(type)) this.selections(set, type);
    else this.isUnsupported = true;
  }

  #field(
    field: GraphQLField<unknown, unknown>,
    parent: GraphQLCompositeType,
    key: string,
    set: SelectionSetNode | undefined,
  ): void {
    for (const scope of scopesOf(this.#schema, field, parent)) this.scopes.add(scope);
    const type = getNamedType(field.type);
    if (set === undefined || !isCompositeType(type)) return;
    const weight = this.#weightOf(field);
    if ((this.#weights.get(key) ?? weight) !== weight) this.hasMixedWeights = true;
    this.#weights.set(key, weight);
    this.selections(set, type);
  }
}

const knownScopes = new WeakMap<GraphQLSchema, Map<GraphQLField<unknown, unknown>, ReadonlySet<string>>>();

/** The scopes of a field on all types that `parent` can be, and of all types that the field can return. */
function scopesOf(
  schema: GraphQLSchema,
  field: GraphQLField<unknown, unknown>,
  parent: GraphQLCompositeType,
): ReadonlySet<string> {
  const ofSchema = knownScopes.get(schema) ?? new Map<GraphQLField<unknown, unknown>, ReadonlySet<string>>();
  knownScopes.set(schema, ofSchema);
  const known = ofSchema.get(field);
  if (known !== undefined) return known;
  const fields = objectTypesOf(schema, parent).map((type) => type.getFields()[field.name]);
  const type = getNamedType(field.type);
  const returned = isCompositeType(type) ? objectTypesOf(schema, type) : [];
  const scopes = new Set<string>();
  for (const one of [field, ...fields, ...returned]) {
    const scope = scopeOf(one);
    if (scope !== undefined) scopes.add(scope);
  }
  ofSchema.set(field, scopes);
  return scopes;
}

function objectTypesOf(schema: GraphQLSchema, type: GraphQLCompositeType): readonly GraphQLObjectType[] {
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
}

/** The scope that `extensions.access` of a field or type names. */
function scopeOf(
  declared: { readonly extensions: Readonly<Record<string, unknown>> } | undefined,
): string | undefined {
  const access = declared?.extensions['access'];
  if (typeof access !== 'object' || access === null || !('scope' in access)) return undefined;
  return typeof access.scope === 'string' ? access.scope : undefined;
}
