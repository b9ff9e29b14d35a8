// Templates over REST, the only family in camelCase. An update replaces the template as a whole; its parts also have paths of
// their own. In the answer to an update all times have the zero value, and the storage secret is under another key.
import type {
  RecordingConfig,
  Template,
  TemplateDestinations,
  TemplateInput,
  TemplateList,
  TemplateRole,
  TemplateSettings,
} from '../../openapi/types.ts';
import { compact } from '../compact.ts';
import { invalidBody, notFound } from '../http/errors.ts';
import { param, type Call, type Family } from '../family.ts';
import { inMillis, ZERO_TIME } from '../instant.ts';
import { pageOf, type PageQuery } from '../http/paging.ts';
import type { TemplateRecord } from '../records.ts';
import { completeSettings } from './template-parts.ts';
import type { World } from '../live/world.ts';

/** Templates with their roles, settings, destinations and recording configurations. */
export const templates: Family = {
  answers: {
    listTemplates,
    createTemplate: ({ world, body }: Call<TemplateInput>) => asTemplate(world, world.templates.create(body)),
    getTemplate: (call: Call) => asTemplate(call.world, templateInPath(call)),
    updateTemplate,
    getRole,
    putRole,
    deleteRole,
    getSettings: (call: Call) => templateInPath(call).settings,
    updateSettings,
    getDestinations: (call: Call) => templateInPath(call).destinations,
    updateDestinations,
    getRecordingConfigs: (call: Call) => templateInPath(call).recordings,
    updateRecordingConfigs,
  },
};

function templateInPath(call: Call): TemplateRecord {
  const template = call.world.templates.all.get(param(call, 'template_id'));
  if (template === undefined) throw notFound('Template');
  return template;
}

function listTemplates({ world, query }: Call<unknown, PageQuery>): TemplateList {
  const newestFirst = [...world.templates.all.values()].toReversed();
  return pageOf(newestFirst, query, world.options.emptyData, (one) => asTemplate(world, one));
}

function updateTemplate(call: Call<TemplateInput>): Template {
  const { world, body: input } = call;
  const { id } = templateInPath(call);
  const namesake = input.name === undefined ? undefined : world.templates.byName(input.name);
  if (namesake !== undefined && namesake.id !== id)
    throw invalidBody('name would overwrite another template');
  const template = world.templates.replace(id, input);
  return { ...asTemplate(world, template), createdAt: ZERO_TIME, updatedAt: ZERO_TIME };
}

function getRole(call: Call): TemplateRole {
  const role = templateInPath(call).roles.get(param(call, 'role_name'));
  if (role === undefined) throw notFound('Role');
  return role;
}

function putRole(call: Call<TemplateRole>): TemplateRole {
  const { id, roles } = templateInPath(call);
  const roleName = param(call, 'role_name');
  const input = call.body;
  if (input.name !== undefined && input.name !== roleName && roles.has(input.name)) {
    throw invalidBody('name would overwrite another role');
  }
  return call.world.templates.putRole(id, roleName, input);
}

function deleteRole(call: Call): undefined {
  if (!call.world.templates.deleteRole(templateInPath(call).id, param(call, 'role_name')))
    throw notFound('Role');
}

function updateSettings(call: Call<TemplateSettings>): TemplateSettings {
  const settings = completeSettings(call.body);
  return withSecretRenamed(call.world.templates.change(templateInPath(call).id, { settings }).settings);
}

function updateDestinations(call: Call<TemplateDestinations>): TemplateDestinations {
  const destinations = call.body;
  return call.world.templates.change(templateInPath(call).id, { destinations }).destinations;
}

function updateRecordingConfigs(call: Call<RecordingConfig[]>): readonly RecordingConfig[] {
  const recordings = call.body;
  return call.world.templates.change(templateInPath(call).id, { recordings }).recordings;
}

function asTemplate(world: World, template: TemplateRecord): Template {
  return compact({
    id: template.id,
    _id: template.id,
    name: template.name,
    customerId: world.customerId,
    customer: world.customerId,
    default: template.id === world.templates.default().id,
    roles: Object.fromEntries(template.roles),
    settings: template.settings,
    destinations: template.destinations,
    plugins: template.plugins,
    createdAt: inMillis(template.createdAt),
    updatedAt: inMillis(template.updatedAt),
  });
}

function withSecretRenamed(settings: TemplateSettings): TemplateSettings {
  const upload = settings.recording?.upload;
  if (upload?.credentials?.secretKey === undefined) return settings;
  const { secretKey: secret, ...credentials } = upload.credentials;
  return {
    ...settings,
    recording: { ...settings.recording, upload: { ...upload, credentials: { ...credentials, secret } } },
  };
}
