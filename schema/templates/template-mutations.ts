// Creating and changing templates and their roles. Source: the vendor's Policy (templates) API.
import {
  createTemplateOf,
  deleteRoleOf,
  patchTemplateOf,
  renameRoleOf,
  replaceTemplateOf,
  setRoleOf,
  updateDestinationsOf,
  updateRecordingConfigOf,
  updateSettingsOf,
} from '../../resolvers/templates/template-mutations.ts';
import { ofWorkspace, writes } from '../access.ts';
import { builder } from '../builder.ts';
import { IfExists, type InputFields } from '../inputs.ts';
import { calls } from '../prices.ts';
import {
  RecordingConfigInput,
  RoleInput,
  SetRoleInput,
  Template,
  TemplateDestinationsInput,
  TemplatePluginsInput,
  TemplateSettingsInput,
  UpdateTemplateDestinationsInput,
  UpdateTemplateSettingsInput,
} from '../refs.ts';

const templateId = (t: InputFields) =>
  t.id({ required: true, description: 'Vendor id or global id of the template.' });

const otherParts = (t: InputFields) => ({
  destinations: t.field({
    type: TemplateDestinationsInput,
    description: 'Where its rooms can be streamed to.',
  }),
  plugins: t.field({ type: TemplatePluginsInput, description: 'Additions such as the whiteboard.' }),
});

const CreateTemplateInput = builder.inputType('CreateTemplateInput', {
  description: 'The template to create. What is left out or null gets its default.',
  fields: (t) => ({
    name: t.string({
      description: 'Letters, digits, spaces and `. - : _`, unique; generated where none is given.',
    }),
    roles: t.field({ type: [RoleInput], description: 'Its roles; one that has a name alone gets defaults.' }),
    settings: t.field({ type: TemplateSettingsInput, description: 'Settings that hold for all its rooms.' }),
    ...otherParts(t),
    ifExists: t.field({
      type: IfExists,
      required: true,
      defaultValue: 'FAIL',
      description:
        'What to do when a template of that name exists. `FAIL` looks through all: one REST call a 100.',
    }),
  }),
});

const UpdateTemplateInput = builder.inputType('UpdateTemplateInput', {
  description: 'All of a template: what is left out or null is gone afterwards, except its name.',
  fields: (t) => ({
    id: templateId(t),
    name: t.string({ description: 'Its new name; left out or null: as it is.' }),
    roles: t.field({ type: [RoleInput], required: true, description: 'All its roles.' }),
    settings: t.field({ type: TemplateSettingsInput, required: true, description: 'All its settings.' }),
    ...otherParts(t),
  }),
});

const PatchTemplateInput = builder.inputType('PatchTemplateInput', {
  description:
    'What to change of a template. What is left out or null stays as it is; a list replaces a list.',
  fields: (t) => ({
    id: templateId(t),
    name: t.string({ description: 'Its new name.' }),
    roles: t.field({ type: [RoleInput], description: 'Roles to add, or to change by their names.' }),
    removeRoles: t.stringList({ description: 'Names of the roles to delete.' }),
    settings: t.field({ type: TemplateSettingsInput, description: 'Settings to change.' }),
    ...otherParts(t),
  }),
});

const RenameRoleInput = builder.inputType('RenameRoleInput', {
  description: 'The role to rename.',
  fields: (t) => ({
    templateId: templateId(t),
    name: t.string({ required: true, description: 'Its name so far.' }),
    newName: t.string({ required: true, description: 'Its new name.' }),
  }),
});

const DeleteRoleInput = builder.inputType('DeleteRoleInput', {
  description: 'The role to delete.',
  fields: (t) => ({
    templateId: templateId(t),
    name: t.string({ required: true, description: 'Its name.' }),
  }),
});

/** Every change of a template reads, merges and writes; and reaches its rooms late. */
const notAtomic =
  'It reads the template, merges and writes it back, which is not atomic: of two changes at the same time one may be lost. Reaches a room in its next session.';

builder.mutationFields((t) => ({
  createTemplate: t.field({
    type: Template,
    errors: {},
    authScopes: { ...writes('templates'), ...ofWorkspace },
    ...calls(2),
    description: 'Creates a template. 2 REST calls, and those of `ifExists`.',
    args: { input: t.arg({ type: CreateTemplateInput, required: true, description: 'The template.' }) },
    resolve: (_root, { input }, context) => createTemplateOf(input, context),
  }),
  updateTemplate: t.field({
    type: Template,
    errors: {},
    authScopes: { ...writes('templates'), ...ofWorkspace },
    ...calls(2),
    description:
      'Replaces a template altogether, storage credentials and RTMP URLs included; see `patchTemplate` to change a part. Reaches a room in its next session. 2 REST calls.',
    args: { input: t.arg({ type: UpdateTemplateInput, required: true, description: 'The whole template.' }) },
    resolve: (_root, { input }, context) => replaceTemplateOf(input, context),
  }),
  patchTemplate: t.field({
    type: Template,
    errors: {},
    authScopes: { ...writes('templates'), ...ofWorkspace },
    ...calls(3),
    description: `Changes parts of a template. ${notAtomic} 3 REST calls.`,
    args: { input: t.arg({ type: PatchTemplateInput, required: true, description: 'What to change.' }) },
    resolve: (_root, { input }, context) => patchTemplateOf(input, context),
  }),
  setRole: t.field({
    type: Template,
    errors: {},
    authScopes: { ...writes('templates'), ...ofWorkspace },
    ...calls(3),
    description: `Creates a role, or changes one that exists. ${notAtomic} 3 REST calls.`,
    args: { input: t.arg({ type: SetRoleInput, required: true, description: 'The role.' }) },
    resolve: (_root, { input }, context) => setRoleOf(input, context),
  }),
  renameRole: t.field({
    type: Template,
    errors: {},
    authScopes: { ...writes('templates'), ...ofWorkspace },
    ...calls(4),
    description: `Gives a role another name; other roles that name it are not changed. ${notAtomic} 4 REST calls.`,
    args: { input: t.arg({ type: RenameRoleInput, required: true, description: 'The role.' }) },
    resolve: (_root, { input }, context) => renameRoleOf(input, context),
  }),
  deleteRole: t.field({
    type: Template,
    errors: {},
    authScopes: { ...writes('templates'), ...ofWorkspace },
    ...calls(3),
    description: 'Deletes a role. Reaches a room in its next session. 2 REST calls.',
    args: { input: t.arg({ type: DeleteRoleInput, required: true, description: 'The role.' }) },
    resolve: (_root, { input }, context) => deleteRoleOf(input, context),
  }),
  updateTemplateSettings: t.field({
    type: Template,
    errors: {},
    authScopes: { ...writes('templates'), ...ofWorkspace },
    ...calls(3),
    description: `Changes settings of a template. ${notAtomic} 3 REST calls.`,
    args: {
      input: t.arg({ type: UpdateTemplateSettingsInput, required: true, description: 'What to change.' }),
    },
    resolve: (_root, { input }, context) => updateSettingsOf(input, context),
  }),
  updateTemplateDestinations: t.field({
    type: Template,
    errors: {},
    authScopes: { ...writes('templates'), ...ofWorkspace },
    ...calls(3),
    description: `Adds, changes and removes destinations of a template. ${notAtomic} 3 REST calls.`,
    args: {
      input: t.arg({ type: UpdateTemplateDestinationsInput, required: true, description: 'What to change.' }),
    },
    resolve: (_root, { input }, context) => updateDestinationsOf(input, context),
  }),
  updateRecordingConfig: t.field({
    type: Template,
    errors: {},
    authScopes: { ...writes('templates'), ...ofWorkspace },
    ...calls(3),
    description: `Changes how the rooms of a template are recorded. ${notAtomic} 3 REST calls.`,
    args: { input: t.arg({ type: RecordingConfigInput, required: true, description: 'What to change.' }) },
    resolve: (_root, { input }, context) => updateRecordingConfigOf(input, context),
  }),
}));
