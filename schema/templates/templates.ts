// Template: its fields, settings, plugins, list and root fields. Source: the vendor's Policy (templates) API.
import { templateNode } from '../../resolvers/templates/template-node.ts';
import {
  recordingConfigsOfTemplate,
  roleOfTemplate,
  rolesOfTemplate,
  templateById,
  templatesConnection,
} from '../../resolvers/templates/templates.ts';
import { instantOrNull, textOrNull } from '../../resolvers/values.ts';
import type {
  TemplatePlugins as PluginsResource,
  TemplateSettings as SettingsResource,
} from '../../src/openapi/types.ts';
import { reads } from '../access.ts';
import { forwardArgs } from '../args.ts';
import { builder } from '../builder.ts';
import { Region } from '../enums.ts';
import { implementConnection } from '../connections.ts';
import { batched, calls, includedListOf, pages } from '../prices.ts';
import {
  RecordingConfig,
  Role,
  StorageLocation,
  Template,
  TemplateConnection,
  TemplateDestinations,
  TemplateEdge,
} from '../refs.ts';

const RoomState = builder
  .objectRef<NonNullable<SettingsResource['roomState']>>('RoomStateSettings')
  .implement({
    description:
      'Settings of the room state messages: what the vendor sends to clients before they join a room.',
    fields: (t) => ({
      enabled: t.boolean({
        pure: true,
        description: 'Whether room state messages are sent; false if not set.',
        resolve: (state) => state.enabled ?? false,
      }),
      messageIntervalSeconds: t.int({
        nullable: true,
        pure: true,
        description:
          'Time between two room state messages, in seconds: a multiple of 5, from 5 to 3,600; null if not set.',
        resolve: (state) => state.messageInterval,
      }),
      sendPeerList: t.boolean({
        pure: true,
        description: 'Whether the messages contain the list of peers (true) or only their number (false).',
        resolve: (state) => state.sendPeerList ?? false,
      }),
      stopRoomStateOnJoin: t.boolean({
        pure: true,
        description:
          'Whether a client stops getting the messages once it has joined the room; false if not set.',
        resolve: (state) => state.stopRoomStateOnJoin ?? false,
      }),
    }),
  });

const TemplateSettings = builder.objectRef<SettingsResource>('TemplateSettings').implement({
  description: 'The settings of a template, which apply to all its rooms.',
  fields: (t) => ({
    region: t.field({
      type: Region,
      nullable: true,
      pure: true,
      description: 'The region of the media servers; null if not set.',
      resolve: (settings) => Region.of(settings.region),
    }),
    recordingStorage: t.field({
      type: StorageLocation,
      nullable: true,
      pure: true,
      description:
        "The bucket for recordings of the template's rooms; null if they are in the vendor's storage.",
      resolve: (settings) => settings.recording?.upload,
    }),
    roomState: t.field({
      type: RoomState,
      nullable: true,
      pure: true,
      description: 'The settings for the room state messages; null if not set.',
      resolve: (settings) => settings.roomState,
    }),
  }),
});

type WhiteboardPermissions = NonNullable<NonNullable<PluginsResource['whiteboard']>['permissions']>;

const Whiteboard = builder.objectRef<WhiteboardPermissions>('WhiteboardPermissions').implement({
  description: 'The roles that have access to the whiteboard. A role may be in several lists.',
  fields: (t) => ({
    admin: t.stringList({
      pure: true,
      description: 'The names of the roles that may open, close and view the whiteboard.',
      resolve: (permissions) => permissions.admin ?? [],
    }),
    writer: t.stringList({
      pure: true,
      description: 'The names of the roles that may draw on the whiteboard and view it.',
      resolve: (permissions) => permissions.writer ?? [],
    }),
    reader: t.stringList({
      pure: true,
      description: 'The names of the roles that may view the whiteboard.',
      resolve: (permissions) => permissions.reader ?? [],
    }),
  }),
});

const TemplatePlugins = builder.objectRef<PluginsResource>('TemplatePlugins').implement({
  description: 'The plugins of the rooms of a template: the whiteboard and live captions.',
  fields: (t) => ({
    whiteboard: t.field({
      type: Whiteboard,
      nullable: true,
      pure: true,
      description: 'The access of roles to the whiteboard; null if the template has no whiteboard.',
      resolve: (plugins) => plugins.whiteboard?.permissions,
    }),
    captionAdmins: t.stringList({
      pure: true,
      description: 'The names of the roles that may switch live captions on and off.',
      resolve: (plugins) => plugins.transcriptions?.permissions?.admin ?? [],
    }),
  }),
});

builder.node(Template, {
  description:
    'The settings from which rooms are created, and the roles that peers can have in them. The vendor also calls it a policy. A change applies to a room from its next session on. The gateway keeps templates in memory for up to 30 s. A template older than 5 s is returned from memory and then read again in the background. A change made through the gateway shows at once.',
  access: reads('templates'),
  isKept: true,
  id: { resolve: (template) => template.id },
  loadWithoutCache: (id, context) => templateNode.loader(context).load(id),
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's id of the template: 24 hexadecimal digits." }),
    name: t.exposeString('name', { description: 'The name of the template, unique in the workspace.' }),
    customerId: t.id({
      nullable: true,
      pure: true,
      description: 'The id of the account at the vendor that owns the template; null if the vendor omits it.',
      resolve: (template) => textOrNull(template.customerId),
    }),
    appId: t.id({
      nullable: true,
      pure: true,
      description: 'The id of the workspace that the template belongs to; null if the vendor omits it.',
      resolve: (template) => textOrNull(template.appId),
    }),
    default: t.boolean({
      pure: true,
      description:
        "Whether the template is the workspace's default, which `createRoom` uses if no template is given.",
      resolve: (template) => template.default ?? false,
    }),
    roles: t.field({
      type: [Role],
      ...includedListOf(10),
      pure: true,
      description: 'The roles of the template, sorted by name.',
      resolve: (template) => [...rolesOfTemplate(template)],
    }),
    role: t.field({
      type: Role,
      nullable: true,
      description: 'The role with the given name; null if the template has no such role.',
      args: {
        name: t.arg.string({
          required: true,
          description: 'The name of the role to look up in the template.',
        }),
      },
      resolve: (template, { name }) => roleOfTemplate(template, name),
    }),
    settings: t.field({
      type: TemplateSettings,
      pure: true,
      description: 'The settings that apply to all rooms of the template.',
      resolve: (template) => template.settings ?? {},
    }),
    destinations: t.field({
      type: TemplateDestinations,
      pure: true,
      description: 'The streams, recordings and transcriptions that rooms of the template can start.',
      resolve: (template) => template.destinations ?? {},
    }),
    plugins: t.field({
      type: TemplatePlugins,
      nullable: true,
      pure: true,
      description: 'The plugins that rooms of the template have; null if the template has none.',
      resolve: (template) => template.plugins ?? template.destinations?.plugins,
    }),
    recordingConfigs: t.field({
      type: [RecordingConfig],
      nullable: true,
      ...calls(1),
      description:
        'The recording configuration of the template: a list of at most one. Costs one REST call for each template.',
      resolve: (template, _args, context) => recordingConfigsOfTemplate(template, context),
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      pure: true,
      description: 'The time at which the template was created; null if the vendor omits it.',
      resolve: (template) => instantOrNull(template.createdAt),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      nullable: true,
      pure: true,
      description: 'The time at which the template last changed; null if the vendor omits it.',
      resolve: (template) => instantOrNull(template.updatedAt),
    }),
  }),
});

implementConnection(TemplateConnection, TemplateEdge, Template, 'templates');

builder.queryFields((t) => ({
  template: t.field({
    type: Template,
    nullable: true,
    access: reads('templates'),
    ...batched,
    description:
      'Looks up one template; null if it does not exist. Costs one REST call, unless the template is in memory; look-ups in the same operation share calls.',
    args: {
      id: t.arg.id({ required: true, description: 'The vendor id or global id of the template to look up.' }),
    },
    resolve: (_root, { id }, context) => templateById(id, context),
  }),
  templates: t.field({
    type: TemplateConnection,
    nullable: true,
    access: reads('templates'),
    ...pages,
    description: 'The templates of the workspace, newest first. Costs one REST call for every 100 elements.',
    args: forwardArgs,
    resolve: (_root, args, context) => templatesConnection(args, context),
  }),
}));
