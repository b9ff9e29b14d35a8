// The Node `RoomLayout`. Its local id is a pair, room id and role name: the vendor returns layouts only to a token for a role of
// a room, which the gateway makes for this one call.
import { listLayouts } from '../../src/rest/templates/layouts.ts';
import { compoundLoader, orNull, type LoaderContext } from '../loaders.ts';
import type { NodeDeclaration } from '../node.ts';
import { roleNode } from './role-node.ts';

/** Names a layout: a role of a room. */
export interface LayoutKey {
  readonly roomId: string;
  readonly role: string;
}

/** How long the token for the call is valid. */
const TOKEN_SECONDS = 60;

export const layoutNode = { localId: roleNode.localId } satisfies NodeDeclaration;

/** The layout of a role of a room; null when the role has none. */
export const layoutLoader = compoundLoader(loadLayout, ({ roomId, role }) => `${roomId}:${role}`);

async function loadLayout({ roomId, role }: LayoutKey, { client, authTokens, call }: LoaderContext) {
  const claims = { roomId, role, userId: 'hms-gateway', validForSeconds: TOKEN_SECONDS };
  const { token } = await authTokens.mint(claims);
  const layouts = await orNull(listLayouts(client, token, call));
  return layouts?.find((layout) => layout.role === role) ?? null;
}
