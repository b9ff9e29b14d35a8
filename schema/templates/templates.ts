// Template: its fields, settings, plugins, list and root fields. Source: the vendor's Policy (templates) API.
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
import { implementConnection } from '../connections.ts';
import { batched, calls, pages } from '../prices.ts';
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
    description: 'What people learn of a room before they join it.',
    fields: (t) => ({
      enabled: t.boolean({
        description: 'Whether anything is told at all.',
        resolve: (state) => state.enabled ?? false,
      }),
      messageInterval: t.int({
        nullable: true,
        description: 'Seconds between two messages: a multiple of 5 from 5 to 3,600; null when not given.',
        resolve: (state) => state.messageInterval,
      }),
      sendPeerList: t.boolean({
        description: 'Whether the list of peers is told, or only their number.',
        resolve: (state) => state.sendPeerList ?? false,
      }),
      stopRoomStateOnJoin: t.boolean({
        description: 'Whether it ends for those who have joined.',
        resolve: (state) => state.stopRoomStateOnJoin ?? false,
      }),
    }),
  });

const TemplateSettings = builder.objectRef<SettingsResource>('TemplateSettings').implement({
  description: 'Settings that hold for all rooms of a template.',
  fields: (t) => ({
    region: t.string({
      nullable: true,
      description: 'Where the media servers are: `eu`, `in`, `us`, or `auto` for a choice by the platform.',
      resolve: (settings) => textOrNull(settings.region),
    }),
    recordingStorage: t.field({
      type: StorageLocation,
      nullable: true,
      description:
        "Where recordings are put; null: the vendor's own storage. Its credentials are never shown.",
      resolve: (settings) => settings.recording?.upload,
    }),
    roomState: t.field({
      type: RoomState,
      nullable: true,
      description: 'What people learn of a room before they join it; null when not given.',
      resolve: (settings) => settings.roomState,
    }),
  }),
});

type WhiteboardPermissions = NonNullable<NonNullable<PluginsResource['whiteboard']>['permissions']>;

const Whiteboard = builder.objectRef<WhiteboardPermissions>('WhiteboardPermissions').implement({
  description: 'Which roles may do what with the whiteboard; a role may be in several lists.',
  fields: (t) => ({
    admin: t.stringList({
      description: 'Names of the roles that may open and close it, and see it.',
      resolve: (permissions) => permissions.admin ?? [],
    }),
    writer: t.stringList({
      description: 'Names of the roles that may draw on it and see it.',
      resolve: (permissions) => permissions.writer ?? [],
    }),
    reader: t.stringList({
      description: 'Names of the roles that may see it.',
      resolve: (permissions) => permissions.reader ?? [],
    }),
  }),
});

const TemplatePlugins = builder.objectRef<PluginsResource>('TemplatePlugins').implement({
  description: 'Additions that rooms of a template have.',
  fields: (t) => ({
    whiteboard: t.field({
      type: Whiteboard,
      nullable: true,
      description: 'Who may use the whiteboard; null when there is none.',
      resolve: (plugins) => plugins.whiteboard?.permissions,
    }),
    captionAdmins: t.stringList({
      description: 'Names of the roles that may switch live captions on and off.',
      resolve: (plugins) => plugins.transcriptions?.permissions?.admin ?? [],
    }),
  }),
});

builder.node(Template, {
  description:
    'A policy from which rooms are made: the roles that people can have, and settings. A change reaches a room only in its next session. May be up to 5 s old, a few seconds more while it is read anew.',
  authScopes: reads('templates'),
  id: { resolve: (template) => template.id },
  loadWithoutCache: (id, context) => templateById(id, context),
  fields: (t) => ({
    hmsId: t.exposeID('id', { description: "The vendor's own id: 24 hexadecimal digits." }),
    name: t.exposeString('name', { description: 'Unique in the workspace.' }),
    customerId: t.string({
      nullable: true,
      description: 'Id of the account at the vendor.',
      resolve: (template) => textOrNull(template.customerId),
    }),
    appId: t.string({
      nullable: true,
      description: "Id of the workspace; null where the vendor's answer leaves it out.",
      resolve: (template) => textOrNull(template.appId),
    }),
    default: t.boolean({
      description:
        "Whether it is the workspace's default, from which rooms without a template of their own are made.",
      resolve: (template) => template.default ?? false,
    }),
    roles: t.field({
      type: [Role],
      description: 'Its roles, by name.',
      resolve: (template) => [...rolesOfTemplate(template)],
    }),
    role: t.field({
      type: Role,
      nullable: true,
      description: 'The role of one name; null when there is none.',
      args: { name: t.arg.string({ required: true, description: 'Name of the role.' }) },
      resolve: (template, { name }) => roleOfTemplate(template, name),
    }),
    settings: t.field({
      type: TemplateSettings,
      description: 'Settings that hold for all its rooms.',
      resolve: (template) => template.settings ?? {},
    }),
    destinations: t.field({
      type: TemplateDestinations,
      description: 'Where its rooms can be streamed, recorded and transcribed to.',
      resolve: (template) => template.destinations ?? {},
    }),
    plugins: t.field({
      type: TemplatePlugins,
      nullable: true,
      description: 'Additions such as the whiteboard; null when there are none.',
      resolve: (template) => template.plugins ?? template.destinations?.plugins,
    }),
    recordingConfigs: t.field({
      type: [RecordingConfig],
      nullable: true,
      ...calls(1),
      description: 'How its rooms are recorded: none or one. Costs one REST call a template.',
      resolve: (template, _args, context) => recordingConfigsOfTemplate(template, context),
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: "When it was created; null where the vendor's answer does not tell.",
      resolve: (template) => instantOrNull(template.createdAt),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: "When it last changed; null where the vendor's answer does not tell.",
      resolve: (template) => instantOrNull(template.updatedAt),
    }),
  }),
});

implementConnection(TemplateConnection, TemplateEdge, Template, 'templates');

builder.queryFields((t) => ({
  template: t.field({
    type: Template,
    nullable: true,
    authScopes: reads('templates'),
    ...batched,
    description: 'One template; null when it does not exist.',
    args: { id: t.arg.id({ required: true, description: 'Vendor id or global id of the template.' }) },
    resolve: (_root, { id }, context) => templateById(id, context),
  }),
  templates: t.field({
    type: TemplateConnection,
    nullable: true,
    authScopes: reads('templates'),
    ...pages,
    description: 'Templates of the workspace, newest first.',
    args: forwardArgs,
    resolve: (_root, args, context) => templatesConnection(args, context),
  }),
}));
