// The key of a group: it is equal for two subscriptions if and only if every event has the same result for both. A result depends
// on the event, the document, the operation that `operationName` selects, its variables and its caller's rights. The event itself
// is shared only by subscriptions with equal filters, see src/live/log/view.ts.
import { Kind, visit, type OperationDefinitionNode } from 'graphql';
import { mapKey } from '../../map-key.ts';
import type { OperationPlan, RawVariables } from '../plans/operation-plan.ts';

/** The argument of subscription fields that says where to begin. The events are the same wherever a subscription began. */
const POSITION = 'after';

/** Null: the subscription has no group, because the text of its document is not known. */
export function groupKeyOf(
  { document, operation }: Pick<OperationPlan, 'document' | 'operation'>,
  variables: RawVariables | null | undefined,
  rights: string,
): string | null {
  const text = document.loc?.source.body;
  if (text === undefined) return null;
  const position = positionVariableOf(operation);
  const shared = Object.entries(variables ?? {}).filter(([name]) => name !== position);
  const key = mapKey(
    JSON.stringify([rights, operation.name?.value ?? null, Object.fromEntries(shared), text]),
  );
  return oneForAll(key);
}

/** The text as V8 keeps the names of properties: equal ones are one string in memory, which is compared by its address. */
function oneForAll(text: string): string {
  const names: Record<string, true> = Object.create(null);
  names[text] = true;
  return Object.keys(names)[0] ?? text;
}

/** The variable that is the position and nothing else; null: none is. */
function positionVariableOf(operation: OperationDefinitionNode): string | null {
  const [field] = operation.selectionSet.selections;
  if (field?.kind !== Kind.FIELD) return null;
  const given = field.arguments?.find(({ name }) => name.value === POSITION)?.value;
  if (given?.kind !== Kind.VARIABLE) return null;
  const position = given.name.value;
  let uses = 0;
  visit(operation, {
    // A definition names its variable, too.
    VariableDefinition: () => false,
    Variable: ({ name }) => {
      if (name.value === position) uses += 1;
    },
  });
  return uses === 1 ? position : null;
}
