// How deep and wide the operations of a document are, measured before it is validated. A fragment is measured once,
// however often and however deeply it is spread, so the work is linear in the size of the document.
import {
  Kind,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** What an operation asks for, its fragments put in their places. */
export interface OperationShape {
  /** Fields inside fields; introspection does not count. */
  readonly depth: number;
  /** Fields that are given another name. */
  readonly aliases: number;
  readonly directives: number;
}

const NOTHING: OperationShape = { depth: 0, aliases: 0, directives: 0 };

/** The fragments of a document by name. */
export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
}

/**
 * The largest of each figure among the operations of a document. It needs no schema, and copes with circles of
 * fragments and with fragments that do not exist.
 */
export function shapeOf(document: DocumentNode): OperationShape {
  const ofFragment = memoized(fragmentsOf(document));
  let largest = NOTHING;
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const { depth, aliases, directives } = ofSet(definition.selectionSet, ofFragment);
    largest = {
      depth: Math.max(largest.depth, depth),
      aliases: Math.max(largest.aliases, aliases),
      directives: Math.max(largest.directives, directives + countOf(definition.directives)),
    };
  }
  return largest;
}

type MeasureFragment = (name: string) => OperationShape;

function memoized(fragments: ReadonlyMap<string, FragmentDefinitionNode>): MeasureFragment {
  const known = new Map<string, OperationShape>();
  const measure: MeasureFragment = (name) => {
    const measured = known.get(name);
    if (measured !== undefined) return measured;
    // A fragment that spreads itself is refused by validation; here it shall only not run for ever.
    known.set(name, NOTHING);
    const fragment = fragments.get(name);
    const shape = ofSet(fragment?.selectionSet, measure);
    const own = { ...shape, directives: shape.directives + countOf(fragment?.directives) };
    known.set(name, own);
    return own;
  };
  return measure;
}

function ofSet(set: SelectionSetNode | undefined, ofFragment: MeasureFragment): OperationShape {
  let [depth, aliases, directives] = [0, 0, 0];
  for (const selection of set?.selections ?? []) {
    const shape = ofSelection(selection, ofFragment);
    depth = Math.max(depth, shape.depth);
    aliases += shape.aliases;
    directives += shape.directives + countOf(selection.directives);
  }
  return { depth, aliases, directives };
}

function ofSelection(selection: SelectionNode, ofFragment: MeasureFragment): OperationShape {
  if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value);
  const inner = ofSet(selection.selectionSet, ofFragment);
  if (selection.kind === Kind.INLINE_FRAGMENT) return inner;
  // GraphQL reserves these names for introspection, whose depth is bounded by a rule of its own.
  const isIntrospection = selection.name.value.startsWith('__');
  return {
    depth: isIntrospection ? 0 : inner.depth + 1,
    aliases: inner.aliases + (selection.alias === undefined ? 0 : 1),
    directives: inner.directives,
  };
}

function countOf(directives: readonly DirectiveNode[] | undefined): number {
  return directives?.length ?? 0;
}
