// RoomLayout: its fields, and the link from its room. Source: the vendor's web SDK and its package
// @100mslive/types-prebuilt.
import { roomWithId } from '../../resolvers/rooms/rooms.ts';
import {
  appearanceOf,
  layoutByNodeId,
  layoutOfRoom,
  type RoomLayout as RoomLayoutValue,
} from '../../resolvers/templates/layouts.ts';
import { shallowOrNull, textOrNull } from '../../resolvers/values.ts';
import type { LayoutThemeResource } from '../../src/rest/templates/layouts.ts';
import { reads } from '../access.ts';
import { builder } from '../builder.ts';
import { batched, calls } from '../prices.ts';
import { Room } from '../refs.ts';

const LayoutAppearance = builder.enumType('LayoutAppearance', {
  description: 'Whether a theme is dark or light.',
  values: {
    DARK: { description: 'Light text on a dark background.' },
    LIGHT: { description: 'Dark text on a light background.' },
    OTHER: {
      description: 'Not specified, or a value that this version of the gateway does not know.',
    },
  } as const,
});

const LayoutTheme = builder.objectRef<LayoutThemeResource>('LayoutTheme').implement({
  description: 'A set of colours of a layout.',
  fields: (t) => ({
    name: t.string({
      nullable: true,
      pure: true,
      description: 'Name of the theme in the dashboard; null if it has none.',
      resolve: (theme) => textOrNull(theme.name),
    }),
    isDefault: t.boolean({
      pure: true,
      description: 'Whether the app uses this theme.',
      resolve: (theme) => theme.default ?? false,
    }),
    appearance: t.field({
      type: LayoutAppearance,
      pure: true,
      description: 'Whether the background of the theme is dark or light.',
      resolve: (theme) => appearanceOf(theme),
    }),
    palette: t.field({
      type: 'JSON',
      nullable: true,
      pure: true,
      description:
        "CSS colours, keyed by the vendor's names for their use, such as `primary_default`; null if the theme sets no colours.",
      resolve: (theme) => shallowOrNull(theme.palette ?? null),
    }),
  }),
});

const RoomLayout = builder.objectRef<RoomLayoutValue>('RoomLayout');

builder.node(RoomLayout, {
  description:
    "How the vendor's Prebuilt app looks for one role of a room, as set in the vendor's dashboard. Each operation reads it again.",
  access: { ...reads('templates'), room: ({ roomId }) => roomId },
  id: { resolve: ({ roomId, role }) => `${roomId}:${role}` },
  loadWithoutCache: (id, context) => layoutByNodeId(id, context),
  fields: (t) => ({
    hmsId: t.id({
      pure: true,
      description: "The vendor's id of the layout; all rooms of a template have the same.",
      resolve: ({ resource }) => resource.id,
    }),
    role: t.exposeString('role', { description: 'Name of the role.' }),
    room: t.field({
      type: Room,
      nullable: true,
      access: reads('rooms'),
      ...batched,
      description: 'The room.',
      resolve: ({ roomId }, _args, context) => roomWithId(roomId, context),
    }),
    logoUrl: t.string({
      nullable: true,
      pure: true,
      description: 'URL of the logo; null if the layout has none.',
      resolve: ({ resource }) => textOrNull(resource.logo?.url),
    }),
    fontFamily: t.string({
      nullable: true,
      pure: true,
      description: 'CSS font family of all text; null if the layout chooses none.',
      resolve: ({ resource }) => textOrNull(resource.typography?.font_family),
    }),
    themes: t.field({
      type: [LayoutTheme],
      pure: true,
      description: "The themes of the layout (sets of colours), in the vendor's order.",
      resolve: ({ resource }) => resource.themes ?? [],
    }),
    screens: t.field({
      type: 'JSON',
      nullable: true,
      pure: true,
      description:
        "Settings of the screens `preview`, `conferencing` and `leave`, keyed by the vendor's names; the vendor may add more. Null if the layout sets none.",
      resolve: ({ resource }) => shallowOrNull(resource.screens ?? null),
    }),
  }),
});

builder.objectField(Room, 'layout', (t) =>
  t.field({
    type: RoomLayout,
    nullable: true,
    access: reads('templates'),
    ...calls(3),
    description:
      "How the vendor's Prebuilt app looks for a role of the room; null if the room's template lacks the role or the role has no layout of its own. Costs one REST call for each room and role, which the gateway makes with a token of its own for that role.",
    args: { role: t.arg.string({ required: true, description: "Name of a role of the room's template." }) },
    resolve: (room, { role }, context) => layoutOfRoom(room, role, context),
  }),
);
