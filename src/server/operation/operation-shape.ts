// Measures the depth and width of the operations of a document, before validation. Each fragment is measured once, however often
// it is spread, so the time is linear in the size of the document.
import {
  Kind,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** Figures of an operation, counted as if each fragment's selections stood where it is spread. */
export interface OperationShape {
  /** Levels of nested fields; introspection fields are not counted. */
  readonly depth: number;
  /** Aliased fields. */
  readonly aliases: number;
  /** Directives, those of the operation and of fragments included. */
  readonly directives: number;
}

const NOTHING: OperationShape = { depth: 0, aliases: 0, directives: 0 };

/** The fragment definitions of a document by name. */
export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
}

/**
 * The largest value of each figure among the operations of a document. It needs no schema. The document need not be valid: a
 * fragment that spreads itself or does not exist counts as empty there.
 */
export function measureShape(document: DocumentNode): OperationShape {
  const measureFragment = memoized(fragmentsOf(document));
  let largest = NOTHING;
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const { depth, aliases, directives } = measureSet(definition.selectionSet, measureFragment);
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
    // Validation refuses a fragment that spreads itself; here this entry ends the recursion.
    known.set(name, NOTHING);
    const fragment = fragments.get(name);
    const shape = measureSet(fragment?.selectionSet, measure);
    const own = { ...shape, directives: shape.directives + countOf(fragment?.directives) };
    known.set(name, own);
    return own;
  };
  return measure;
}

function measureSet(set: SelectionSetNode | undefined, measureFragment: MeasureFragment): OperationShape {
  let [depth, aliases, directives] = [0, 0, 0];
  for (const selection of set?.selections ?? []) {
    const shape = measureSelection(selection, measureFragment);
    depth = Math.max(depth, shape.depth);
    aliases += shape.aliases;
    directives += shape.directives + countOf(selection.directives);
  }
  return { depth, aliases, directives };
}

function measureSelection(selection: SelectionNode, measureFragment: MeasureFragment): OperationShape {
  if (selection.kind === Kind.FRAGMENT_SPREAD) return measureFragment(selection.name.value);
  const inner = measureSet(selection.selectionSet, measureFragment);
  if (selection.kind === Kind.INLINE_FRAGMENT) return inner;
  // GraphQL reserves these names for introspection; graphql's validation limits its depth by itself.
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
