// Mutations that create and change templates, their roles and their parts. Source: the vendor's Policy (templates) API.
import { deleteRole, renameRole, setRole } from '../../resolvers/templates/role-mutations.ts';
import {
  createTemplate,
  patchTemplate,
  replaceTemplate,
  updateTemplateDestinations,
  updateRecordingConfig,
  updateTemplateSettings,
} from '../../resolvers/templates/template-mutations.ts';
import { ConflictError, InvalidInputError, NotFoundError, RefusedError } from '../../resolvers/outcomes.ts';
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

const templateId = (t: InputFields, purpose: string) =>
  t.id({ required: true, description: `The vendor id or global id of the template ${purpose}.` });

const otherParts = (t: InputFields) => ({
  destinations: t.field({
    type: TemplateDestinationsInput,
    description: 'The streams and transcriptions that rooms of the template can start.',
  }),
  plugins: t.field({
    type: TemplatePluginsInput,
    description: 'The plugins of the rooms of the template.',
  }),
});

const CreateTemplateInput = builder.inputType('CreateTemplateInput', {
  description: "The template to create. Fields that are omitted or null get the vendor's default.",
  fields: (t) => ({
    name: t.string({
      description:
        'The name of the new template: letters, digits, spaces and `. - : _`, unique; the vendor generates one by default.',
    }),
    roles: t.field({
      type: [RoleInput],
      description: "The roles of the new template. For a role with only a name, the vendor's defaults apply.",
    }),
    settings: t.field({ type: TemplateSettingsInput, description: 'The settings of the new template.' }),
    ...otherParts(t),
    ifExists: t.field({
      type: IfExists,
      required: true,
      defaultValue: 'FAIL',
      description:
        'What to do if a template with this name exists. `FAIL` reads the list of templates: one more REST call for every 100.',
    }),
  }),
});

const UpdateTemplateInput = builder.inputType('UpdateTemplateInput', {
  description:
    'A whole template. Fields that are omitted or null are removed from the template, except the name.',
  fields: (t) => ({
    id: templateId(t, 'to replace'),
    name: t.string({
      description: 'The new name of the template; if omitted or null, the name stays as it is.',
    }),
    roles: t.field({
      type: [RoleInput],
      required: true,
      description: 'All roles of the template. A role that is not in the list is removed.',
    }),
    settings: t.field({
      type: TemplateSettingsInput,
      required: true,
      description: 'All settings of the template.',
    }),
    ...otherParts(t),
  }),
});

const PatchTemplateInput = builder.inputType('PatchTemplateInput', {
  description:
    'The parts of a template to change. Fields that are omitted or null keep their values; a list inside a part replaces the old list.',
  fields: (t) => ({
    id: templateId(t, 'to patch'),
    name: t.string({ description: 'The new name of the template.' }),
    roles: t.field({
      type: [RoleInput],
      description: 'The roles to add or to change. A role with the same name is changed.',
    }),
    removeRoles: t.stringList({ description: 'The names of the roles to remove from the template.' }),
    settings: t.field({
      type: TemplateSettingsInput,
      description: 'The settings of the template to change.',
    }),
    ...otherParts(t),
  }),
});

const RenameRoleInput = builder.inputType('RenameRoleInput', {
  description: 'The role to rename, and its new name.',
  fields: (t) => ({
    templateId: templateId(t, 'that has the role to rename'),
    name: t.string({ required: true, description: 'The current name of the role.' }),
    newName: t.string({
      required: true,
      description: 'The new name of the role; no other role of the template may have it.',
    }),
  }),
});

const DeleteRoleInput = builder.inputType('DeleteRoleInput', {
  description: 'The role to delete from a template.',
  fields: (t) => ({
    templateId: templateId(t, 'that has the role to delete'),
    name: t.string({ required: true, description: 'The name of the role to delete.' }),
  }),
});

/** A warning for all mutations that change a part of a template: the REST API can only write the whole part. */
const notAtomic =
  'The gateway reads the template, merges the change and writes it back. This is not atomic: of two changes at the same time, one may be lost. The change applies to a room from its next session on.';

builder.mutationFields((t) => ({
  createTemplate: t.field({
    type: Template,
    errors: { types: [InvalidInputError, ConflictError, RefusedError] },
    access: { ...writes('templates'), ...ofWorkspace },
    ...calls(3),
    description: 'Creates a template. Costs 2 REST calls, and more with `ifExists: FAIL`.',
    args: {
      input: t.arg({
        type: CreateTemplateInput,
        required: true,
        description: 'The template to create, and what to do if its name is taken.',
      }),
    },
    resolve: (_root, { input }, context) => createTemplate(input, context),
  }),
  updateTemplate: t.field({
    type: Template,
    errors: { types: [NotFoundError, InvalidInputError, RefusedError] },
    access: { ...writes('templates'), ...ofWorkspace },
    ...calls(2),
    description:
      'Replaces a template as a whole, including storage credentials and RTMP URLs; `patchTemplate` changes a part. The change applies to a room from its next session on. Costs 2 REST calls.',
    args: {
      input: t.arg({ type: UpdateTemplateInput, required: true, description: 'The template as a whole.' }),
    },
    resolve: (_root, { input }, context) => replaceTemplate(input, context),
  }),
  patchTemplate: t.field({
    type: Template,
    errors: { types: [NotFoundError, InvalidInputError, RefusedError] },
    access: { ...writes('templates'), ...ofWorkspace },
    ...calls(2),
    description: `Changes parts of a template. ${notAtomic} Costs 2 REST calls.`,
    args: {
      input: t.arg({
        type: PatchTemplateInput,
        required: true,
        description: 'The template and the parts to change.',
      }),
    },
    resolve: (_root, { input }, context) => patchTemplate(input, context),
  }),
  setRole: t.field({
    type: Template,
    errors: { types: [NotFoundError, InvalidInputError, RefusedError] },
    access: { ...writes('templates'), ...ofWorkspace },
    ...calls(3),
    description: `Creates a role of a template, or changes it if it exists. ${notAtomic} Costs 3 REST calls, or 2 if the template is in memory.`,
    args: {
      input: t.arg({
        type: SetRoleInput,
        required: true,
        description: 'The template and the role to create or change.',
      }),
    },
    resolve: (_root, { input }, context) => setRole(input, context),
  }),
  renameRole: t.field({
    type: Template,
    errors: { types: [NotFoundError, ConflictError, InvalidInputError, RefusedError] },
    access: { ...writes('templates'), ...ofWorkspace },
    ...calls(3),
    description: `Renames a role. Other roles that subscribe to it by its old name are not changed. ${notAtomic} Costs 3 REST calls, or 2 if the template is in memory.`,
    args: {
      input: t.arg({
        type: RenameRoleInput,
        required: true,
        description: 'The template, the role and its new name.',
      }),
    },
    resolve: (_root, { input }, context) => renameRole(input, context),
  }),
  deleteRole: t.field({
    type: Template,
    errors: { types: [NotFoundError, RefusedError] },
    access: { ...writes('templates'), ...ofWorkspace },
    ...calls(2),
    description:
      'Deletes a role of a template. The change applies to a room from its next session on. Costs 2 REST calls, or 1 if the template is in memory.',
    args: {
      input: t.arg({
        type: DeleteRoleInput,
        required: true,
        description: 'The template and the role to delete.',
      }),
    },
    resolve: (_root, { input }, context) => deleteRole(input, context),
  }),
  updateTemplateSettings: t.field({
    type: Template,
    errors: { types: [NotFoundError, InvalidInputError, RefusedError] },
    access: { ...writes('templates'), ...ofWorkspace },
    ...calls(3),
    description: `Changes settings of a template. ${notAtomic} Costs 3 REST calls, or 2 if the template is in memory.`,
    args: {
      input: t.arg({
        type: UpdateTemplateSettingsInput,
        required: true,
        description: 'The template and its new settings.',
      }),
    },
    resolve: (_root, { input }, context) => updateTemplateSettings(input, context),
  }),
  updateTemplateDestinations: t.field({
    type: Template,
    errors: { types: [NotFoundError, InvalidInputError, RefusedError] },
    access: { ...writes('templates'), ...ofWorkspace },
    ...calls(3),
    description: `Adds, changes and removes destinations of a template. ${notAtomic} Costs 3 REST calls, or 2 if the template is in memory.`,
    args: {
      input: t.arg({
        type: UpdateTemplateDestinationsInput,
        required: true,
        description: 'The template and the changes to its destinations.',
      }),
    },
    resolve: (_root, { input }, context) => updateTemplateDestinations(input, context),
  }),
  updateRecordingConfig: t.field({
    type: Template,
    errors: { types: [NotFoundError, InvalidInputError, RefusedError] },
    access: { ...writes('templates'), ...ofWorkspace },
    ...calls(3),
    description: `Changes the recording configuration of a template, or creates it. ${notAtomic} Costs 3 REST calls, or 2 if the template is in memory.`,
    args: {
      input: t.arg({
        type: RecordingConfigInput,
        required: true,
        description: 'The template and its new recording settings.',
      }),
    },
    resolve: (_root, { input }, context) => updateRecordingConfig(input, context),
  }),
}));
