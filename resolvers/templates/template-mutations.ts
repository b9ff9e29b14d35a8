// Mutations of templates. The REST API replaces the part that is written, so a patch reads it, merges and writes it back.
// Source: the vendor's Policy (templates) API.
import type { RecordingConfig, TemplateDestinations, TemplateInput } from '../../src/openapi/types.ts';
import { RestNotFoundError } from '../../src/rest/errors.ts';
import { checkedBody } from '../../src/rest/shapes/inputs.ts';
import { walkPages } from '../../src/rest/shapes/pages.ts';
import {
  createTemplate,
  deleteRole,
  putRole,
  updateDestinations,
  updateRecordingConfigs,
  updateSettings,
  updateTemplate,
} from '../../src/rest/templates/template-writes.ts';
import {
  getDestinations,
  getRecordingConfigs,
  getRole,
  getSettings,
  getTemplate,
  listTemplates,
  type TemplateResource,
} from '../../src/rest/templates/templates.ts';
import type { Context } from '../context.ts';
import { hmsIdOf } from '../ids.ts';
import type { IfExists } from '../inputs.ts';
import { ConflictError, NotFoundError, outcomeOf } from '../outcomes.ts';
import {
  destinationsBody,
  merged,
  pluginsBody,
  recordingConfigBody,
  roleBody,
  rolesBody,
  sendableSettings,
  settingsBody,
  type DestinationsInput,
  type PluginsInput,
  type RecordingConfigInput,
  type RemovedDestinations,
  type RoleInput,
  type SettingsInput,
} from './template-inputs.ts';
import { given } from '../values.ts';
import { templateNode } from './template-node.ts';
import { recordingConfigsLoader } from './templates.ts';

interface TemplateParts {
  readonly name?: string | null | undefined;
  readonly roles?: readonly RoleInput[] | null | undefined;
  readonly settings?: SettingsInput | null | undefined;
  readonly destinations?: DestinationsInput | null | undefined;
  readonly plugins?: PluginsInput | null | undefined;
}

const NO_TEMPLATE = 'The template does not exist.';
const NO_ROLE = 'The template does not exist or has no role of that name.';

/** The most pages of 100 templates to search for a name. */
const MAX_NAME_PAGES = 50;

/**
 * Creates a template: 2 REST calls. The REST API would overwrite a template of the same name; with `FAIL` the list of
 * templates is searched first, at one call for every 100.
 * @throws ConflictError with `FAIL` if the name is taken; InvalidInputError.
 */
export async function createTemplateOf(
  input: TemplateParts & { readonly ifExists: IfExists },
  context: Context,
): Promise<TemplateResource> {
  const { name, ifExists } = input;
  const body = partsBody(input);
  // `createTemplate` checks the body again. It is checked here so that an invalid input costs no search for its name.
  await outcomeOf(NO_TEMPLATE, async () => checkedBody('createTemplate', body));
  if (name != null && ifExists === 'FAIL' && (await existsByName(name, context))) {
    throw new ConflictError(`A template of the name ${JSON.stringify(name)} exists.`);
  }
  const { id } = await outcomeOf(NO_TEMPLATE, () => createTemplate(context.client, body, context.call));
  forgetTemplate(id, context);
  return rereadTemplate(id, context);
}

async function existsByName(name: string, context: Context): Promise<boolean> {
  const pages = walkPages((page) => listTemplates(context.client, page, context.call), {
    maxPages: MAX_NAME_PAGES,
  });
  for await (const page of pages) {
    if (page.items.some((template) => template.name.toLowerCase() === name.toLowerCase())) return true;
  }
  return false;
}

/** Replaces a whole template: 2 REST calls. @throws NotFoundError, InvalidInputError. */
export function replaceTemplateOf(
  input: TemplateParts & { readonly id: string },
  context: Context,
): Promise<TemplateResource> {
  const body = partsBody(input);
  return changeTemplate(input.id, context, (id) => updateTemplate(context.client, id, body, context.call));
}

/** Parts of a template to change; `removeRoles` applies after `roles`. */
export interface PatchTemplateInput extends TemplateParts {
  readonly id: string;
  readonly removeRoles?: readonly string[] | null | undefined;
}

/** Merges parts into a template: 3 REST calls, not atomic. @throws NotFoundError, InvalidInputError. */
export function patchTemplateOf(input: PatchTemplateInput, context: Context): Promise<TemplateResource> {
  const patch = partsBody(input);
  return changeTemplate(input.id, context, async (id) => {
    const { name, roles, settings, destinations, plugins } = await getTemplate(
      context.client,
      id,
      context.call,
    );
    const stored = given({
      name,
      roles,
      settings: sendableSettings(settings ?? {}),
      destinations,
      plugins,
    });
    const whole = merged<TemplateInput>(stored, patch);
    const removed = new Set(input.removeRoles);
    const kept = Object.entries(whole.roles ?? {}).filter(([role]) => !removed.has(role));
    const body = { ...whole, roles: Object.fromEntries(kept) };
    return updateTemplate(context.client, id, body, context.call, { stored, patch });
  });
}

function partsBody({ name, roles, settings, destinations, plugins }: TemplateParts): TemplateInput {
  return given({
    name,
    roles: roles == null ? null : rolesBody(roles),
    settings: settings == null ? null : settingsBody(settings),
    destinations: destinations == null ? null : destinationsBody(destinations),
    plugins: plugins == null ? null : pluginsBody(plugins),
  });
}

/** Creates a role, or merges the input into it if it exists: 3 REST calls, not atomic. @throws NotFoundError. */
export function setRoleOf(
  { templateId, ...role }: RoleInput & { readonly templateId: string },
  context: Context,
): Promise<TemplateResource> {
  const patch = roleBody(role, 'input');
  return changeTemplate(templateId, context, async (id) => {
    const current = await roleOrNull(id, role.name, context);
    const body = merged(current, patch);
    return putRole(context.client, id, role.name, body, context.call, { stored: current, patch });
  });
}

async function roleOrNull(templateId: string, name: string, context: Context) {
  try {
    return await getRole(context.client, templateId, name, context.call);
  } catch (error) {
    if (error instanceof RestNotFoundError) return null;
    throw error;
  }
}

/** A role of a template by its present name, and its new name. */
export interface RenameRoleInput {
  readonly templateId: string;
  readonly name: string;
  readonly newName: string;
}

/** Renames a role: 4 REST calls, not atomic. @throws NotFoundError; ConflictError if a role has the new name. */
export function renameRoleOf(
  { templateId, name, newName }: RenameRoleInput,
  context: Context,
): Promise<TemplateResource> {
  return changeTemplate(
    templateId,
    context,
    async (id) => {
      const role = await getRole(context.client, id, name, context.call);
      if ((await roleOrNull(id, newName, context)) !== null) {
        throw new ConflictError(`The template has a role of the name ${JSON.stringify(newName)}.`);
      }
      const patch = { name: newName };
      const body = { ...role, ...patch };
      return putRole(context.client, id, name, body, context.call, { stored: role, patch });
    },
    NO_ROLE,
  );
}

/** Deletes a role: 2 REST calls. @throws NotFoundError for an unknown template or role. */
export function deleteRoleOf(
  { templateId, name }: { readonly templateId: string; readonly name: string },
  context: Context,
): Promise<TemplateResource> {
  return changeTemplate(
    templateId,
    context,
    (id) => deleteRole(context.client, id, name, context.call),
    NO_ROLE,
  );
}

/** Merges settings into a template's: 3 REST calls, not atomic. @throws NotFoundError, InvalidInputError. */
export function updateSettingsOf(
  input: SettingsInput & { readonly templateId: string },
  context: Context,
): Promise<TemplateResource> {
  const { templateId, ...settings } = input;
  const patch = settingsBody(settings);
  return changeTemplate(templateId, context, async (id) => {
    const stored = sendableSettings(await getSettings(context.client, id, context.call));
    const body = merged(stored, patch);
    return updateSettings(context.client, id, body, context.call, { stored, patch });
  });
}

/** Adds, changes and removes destinations by name: 3 REST calls, not atomic. @throws NotFoundError, InvalidInputError. */
export function updateDestinationsOf(
  input: DestinationsInput & RemovedDestinations & { readonly templateId: string },
  context: Context,
): Promise<TemplateResource> {
  const patch = destinationsBody(input);
  return changeTemplate(input.templateId, context, async (id) => {
    const current = await getDestinations(context.client, id, context.call);
    const whole = merged(current, patch);
    const body: TemplateDestinations = {
      ...whole,
      ...without('rtmpDestinations', whole.rtmpDestinations, input.removeRtmp),
      ...without('hlsDestinations', whole.hlsDestinations, input.removeHls),
      ...without('transcriptions', whole.transcriptions, input.removeTranscriptions),
    };
    return updateDestinations(context.client, id, body, context.call, { stored: current, patch });
  });
}

/** `{ [key]: map without names }`; an empty object for a missing or null map, so that spreading it adds no key. */
function without<Key extends string, T>(
  key: Key,
  map: Readonly<Record<string, T>> | null | undefined,
  names: readonly string[] | null | undefined,
): { [K in Key]?: Record<string, T> } {
  if (map == null) return {};
  const removed = new Set(names);
  const kept = Object.fromEntries(Object.entries(map).filter(([name]) => !removed.has(name)));
  // An object literal with a computed key is typed by `string`, not by the key.
  return { [key]: kept } as { [K in Key]?: Record<string, T> };
}

/** Merges into the recording configuration: 3 REST calls, not atomic. The REST API has a list of at most one. */
export function updateRecordingConfigOf(
  input: RecordingConfigInput & { readonly templateId: string },
  context: Context,
): Promise<TemplateResource> {
  const { templateId, ...config } = input;
  const patch = recordingConfigBody(config);
  return changeTemplate(templateId, context, async (id) => {
    const [current] = await getRecordingConfigs(context.client, id, context.call);
    const body: RecordingConfig = merged(current, patch);
    const parts = { stored: current === undefined ? null : [current], patch: [patch] };
    return updateRecordingConfigs(context.client, id, [body], context.call, parts);
  });
}

async function changeTemplate(
  templateId: string,
  context: Context,
  write: (id: string) => Promise<unknown>,
  missing = NO_TEMPLATE,
): Promise<TemplateResource> {
  const id = hmsIdOf('Template', 'templateId', templateId);
  await outcomeOf(
    missing,
    () => write(id),
    () => forgetTemplate(id, context),
  );
  return rereadTemplate(id, context);
}

function forgetTemplate(id: string, context: Context): void {
  context.catalog.forgetTemplate(id);
  templateNode.loader(context).clear(id);
  recordingConfigsLoader(context).clear(id);
}

/** Reads the template after a write, because answers to writes have zero dates or only the written part. */
async function rereadTemplate(id: string, context: Context): Promise<TemplateResource> {
  const template = await templateNode.loader(context).load(id);
  if (template === null) throw new NotFoundError(NO_TEMPLATE);
  return template;
}
