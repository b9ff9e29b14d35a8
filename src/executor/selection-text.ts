// Describes the selections from an object as text. Plans of several operations can share the texts of an object if their
// selections from it have the same description (kept-texts.ts).
import {
  getNamedType,
  isLeafType,
  isObjectType,
  print,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type VariableValues,
} from 'graphql';
import { collectFields, type FieldSource, type NodesByKey } from './collect-fields.ts';

/** Limits the work for one description: a short document can select many fields through its fragments. */
const MOST_CHARACTERS = 1000;

/**
 * The response keys, fields and arguments that are selected from an object of `type`, down to the leaves. Null if the description
 * is too long, and if there are objects of an abstract type or invalid conditions below, because no such text is kept.
 */
export function selectionTextOf(
  source: FieldSource,
  type: GraphQLObjectType,
  nodesByKey: NodesByKey,
  variables: VariableValues,
): string | null {
  const description = new Description(source, variables);
  try {
    return description.add(type, nodesByKey) ? description.text : null;
  } catch {
    // A condition is not a Boolean. The execution reports this if an object appears at its place.
    return null;
  }
}

class Description {
  text = '';
  readonly #source: FieldSource;
  readonly #variables: VariableValues;

  constructor(source: FieldSource, variables: VariableValues) {
    this.#source = source;
    this.#variables = variables;
  }

  /** Adds the fields of an object. Returns whether they can be described. */
  add(type: GraphQLObjectType, nodesByKey: NodesByKey): boolean {
    this.text += '{';
    for (const [key, nodes] of nodesByKey) {
      const [{ name, arguments: args = [] }] = nodes;
      const field = this.#source.schema.getField(type, name.value);
      if (field === undefined) continue;
      this.text += `${key}:${name.value}(${args.map(print).join()})`;
      if (this.text.length > MOST_CHARACTERS || !this.#addBelow(field.type, nodes)) return false;
    }
    this.text += '}';
    return true;
  }

  #addBelow(fieldType: GraphQLOutputType, nodes: readonly FieldNode[]): boolean {
    const type = getNamedType(fieldType);
    if (!isObjectType(type)) return isLeafType(type);
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    return this.add(type, collectFields(this.#source, sets, type, this.#variables));
  }
}
