// The layouts of the Prebuilt app over REST: a participant's token gets the layouts of the room's roles, that of its
// own role first.
import type { UiLayoutList } from '../../openapi/types.ts';
import type { Call, Family } from '../family.ts';
import { notFound } from '../http/errors.ts';
import { layoutsOf } from './layouts.ts';

export const layouts: Family = { answers: { listUiLayouts } };

function listUiLayouts({ world, participant }: Call): UiLayoutList {
  const room = world.rooms.all.get(participant?.roomId ?? '');
  if (room === undefined) throw notFound('Room');
  const roles = [...world.templates.get(room.templateId).roles.keys()];
  const own = roles.filter((role) => role === participant?.role);
  const others = roles.filter((role) => role !== participant?.role);
  const data = [...own, ...others].map((role) => layoutsOf(world).of(room.templateId, role));
  return { limit: data.length, data, last: data.at(-1)?.id ?? '' };
}
