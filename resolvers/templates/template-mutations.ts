// How templates are created and changed. The REST API replaces what is written; patches read, merge and write.
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
  overlaid,
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

/** How many pages of templates are looked through for a name: 5,000 templates. */
const MAX_NAME_PAGES = 50;

export async function createTemplateOf(
  input: TemplateParts & { readonly ifExists: IfExists },
  context: Context,
): Promise<TemplateResource> {
  const { name, ifExists } = input;
  const body = partsBody(input);
  // Checked again when it is sent: an input that cannot be used shall not cost the walk for its name.
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

export function replaceTemplateOf(
  input: TemplateParts & { readonly id: string },
  context: Context,
): Promise<TemplateResource> {
  const body = partsBody(input);
  return changeTemplate(input.id, context, (id) => updateTemplate(context.client, id, body, context.call));
}

export interface PatchTemplateInput extends TemplateParts {
  readonly id: string;
  readonly removeRoles?: readonly string[] | null | undefined;
}

export function patchTemplateOf(input: PatchTemplateInput, context: Context): Promise<TemplateResource> {
  const patch = partsBody(input);
  return changeTemplate(input.id, context, async (id) => {
    const { name, roles, settings, destinations, plugins } = await getTemplate(
      context.client,
      id,
      context.call,
    );
    const merged = overlaid<TemplateInput>(
      given({ name, roles, settings: sendableSettings(settings ?? {}), destinations, plugins }),
      patch,
    );
    const removed = new Set(input.removeRoles);
    const kept = Object.entries(merged.roles ?? {}).filter(([role]) => !removed.has(role));
    return updateTemplate(context.client, id, { ...merged, roles: Object.fromEntries(kept) }, context.call);
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

/** Creates a role, or lays what is given over one that exists. */
export function setRoleOf(
  { templateId, ...role }: RoleInput & { readonly templateId: string },
  context: Context,
): Promise<TemplateResource> {
  const patch = roleBody(role, 'input');
  return changeTemplate(templateId, context, async (id) => {
    const there = await roleOrNull(id, role.name, context);
    return putRole(context.client, id, role.name, overlaid(there, patch), context.call);
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

export interface RenameRoleInput {
  readonly templateId: string;
  readonly name: string;
  readonly newName: string;
}

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
      return putRole(context.client, id, name, { ...role, name: newName }, context.call);
    },
    NO_ROLE,
  );
}

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

export function updateSettingsOf(
  input: SettingsInput & { readonly templateId: string },
  context: Context,
): Promise<TemplateResource> {
  const { templateId, ...settings } = input;
  const patch = settingsBody(settings);
  return changeTemplate(templateId, context, async (id) => {
    const there = await getSettings(context.client, id, context.call);
    return updateSettings(context.client, id, overlaid(sendableSettings(there), patch), context.call);
  });
}

export function updateDestinationsOf(
  input: DestinationsInput & RemovedDestinations & { readonly templateId: string },
  context: Context,
): Promise<TemplateResource> {
  const patch = destinationsBody(input);
  return changeTemplate(input.templateId, context, async (id) => {
    const there = await getDestinations(context.client, id, context.call);
    const merged = overlaid(there, patch);
    const body: TemplateDestinations = {
      ...merged,
      ...without('rtmpDestinations', merged.rtmpDestinations, input.removeRtmp),
      ...without('hlsDestinations', merged.hlsDestinations, input.removeHls),
      ...without('transcriptions', merged.transcriptions, input.removeTranscriptions),
    };
    return updateDestinations(context.client, id, body, context.call);
  });
}

/** A map under its key, less some names; nothing where there is no such map. */
function without<Key extends string, T>(
  key: Key,
  map: Readonly<Record<string, T>> | undefined,
  names: readonly string[] | null | undefined,
): { [K in Key]?: Record<string, T> } {
  if (map === undefined) return {};
  const removed = new Set(names);
  const kept = Object.fromEntries(Object.entries(map).filter(([name]) => !removed.has(name)));
  // An object literal with a computed key is typed by `string`, not by the key.
  return { [key]: kept } as { [K in Key]?: Record<string, T> };
}

/** The REST API has a list of at most one configuration. */
export function updateRecordingConfigOf(
  input: RecordingConfigInput & { readonly templateId: string },
  context: Context,
): Promise<TemplateResource> {
  const { templateId, ...config } = input;
  const patch = recordingConfigBody(config);
  return changeTemplate(templateId, context, async (id) => {
    const [there] = await getRecordingConfigs(context.client, id, context.call);
    const body: RecordingConfig = overlaid(there, patch);
    return updateRecordingConfigs(context.client, id, [body], context.call);
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

/** Answers to writes carry zero dates or one part alone; what is answered is the template as it is read afterwards. */
async function rereadTemplate(id: string, context: Context): Promise<TemplateResource> {
  const template = await templateNode.loader(context).load(id);
  if (template === null) throw new NotFoundError(NO_TEMPLATE);
  return template;
}
