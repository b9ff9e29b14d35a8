// The Node `Role`. Its local id is a pair, template id and role name: the vendor has no ids for roles.
import { pairId } from '../local-ids.ts';
import type { NodeDeclaration } from '../node.ts';

const MAX_NAME_LENGTH = 100;

/** How `node(id)` checks a role's local id. The role itself is found in its template, by `roleByNodeId`. */
export const roleNode = {
  localId: pairId((name) => name.length > 0 && name.length <= MAX_NAME_LENGTH),
} satisfies NodeDeclaration;
