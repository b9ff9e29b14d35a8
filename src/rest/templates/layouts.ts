// The look of the vendor's Prebuilt app for the roles of a room. Source: the request of the vendor's open-source web SDK
// and its package @100mslive/types-prebuilt; the REST reference does not have it.
import type { UiLayout, UiTheme } from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import type { ListAnswer } from '../shapes/pages.ts';
import { answersWith } from '../shapes/shapes.ts';

/** A layout as received. Essential keys: `id`, `role`. */
export type LayoutResource = UiLayout;
/** The colours of a layout. Any key may be missing. */
export type LayoutThemeResource = UiTheme;

const answerOf = answersWith({ UiLayout: ['id', 'role'] });
const listShape = answerOf<ListAnswer<LayoutResource>>('listUiLayouts');

/**
 * Lists the layouts of a room, that of the token's role first. Roles without a layout are missing.
 * @param authToken a participant's auth token for that room; it replaces the management token in this request
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
