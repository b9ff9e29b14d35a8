// The fields that an operation selects below a field. Some resolvers need fewer REST calls if few are selected.
import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';

/**
 * Whether the operation selects no fields below this one but those of `names`, and `__typename`. A field counts as selected also
 * if `@skip` or `@include` leaves it out.
 */
export function selectsOnly(
  { fieldNodes, fragments }: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>,
  names: readonly string[],
): boolean {
  const allowed = new Set([...names, '__typename']);
  const fits = (set: SelectionSetNode | undefined): boolean =>
    set !== undefined &&
    set.selections.every((selection) => {
      if (selection.kind === 'Field') return allowed.has(selection.name.value);
      if (selection.kind === 'InlineFragment') return fits(selection.selectionSet);
      return fits(fragments[selection.name.value]?.selectionSet);
    });
  return fieldNodes.every(({ selectionSet }) => fits(selectionSet));
}
