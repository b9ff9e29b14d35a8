// The look of the vendor's Prebuilt app for the roles of a room. Source: the request of the vendor's open-source web SDK
// and its package @100mslive/types-prebuilt; the REST reference does not have it.
import type { UiLayout, UiTheme } from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import type { ListAnswer } from '../shapes/pages.ts';
import { answersWith } from '../shapes/shapes.ts';

/** A layout as received: of its keys only `id` and `role` are checked to be there. */
export type LayoutResource = UiLayout;
export type LayoutThemeResource = UiTheme;

const answerOf = answersWith({ UiLayout: ['id', 'role'] });
const listShape = answerOf<ListAnswer<LayoutResource>>('listUiLayouts');

/**
 * The layouts of the room that a participant's token was made for, that of the token's role first. Roles without a layout
 * are missing. The token is sent for this call only.
 * @throws RestUnauthorizedError for an invalid token; RestNotFoundError for a room that does not exist
 */
export async function listLayouts(
  client: RestClient,
  authToken: string,
  options?: CallOptions,
): Promise<readonly LayoutResource[]> {
  const answer = await client.get({ route: '/layouts/ui', shape: listShape, bearer: authToken }, options);
  return answer.data ?? [];
}
